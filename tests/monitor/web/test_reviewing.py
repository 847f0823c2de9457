"""The queue and the decisions that come from it."""

import pytest
from monitor_examples import happened, history, record, status
from web_examples import token_in

from monitor.store import commitments, events
from rules.event import EventKind


def decide(client, id_, besluit, **fields):
    token = token_in(client.get("/beoordelen").text)
    return client.post(f"/beoordelen/{id_}", data={"token": token, "besluit": besluit, **fields})


def test_the_queue_is_for_reviewers(client, filled):
    answer = client.get("/beoordelen?taal=en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?taal=en&naar=%2Fbeoordelen")
    assert client.post("/beoordelen/proposed22", data={"besluit": "confirm"}).status_code == 403
    assert status(filled, "proposed22") == "proposed"


def test_the_queue_shows_what_waits_with_the_source_in_view(reviewer):
    page = reviewer.get("/beoordelen").text
    for said in (
        "Wellicht kom ik hierop terug.",
        "Zekerheid: 30 %",
        "Nieuws over fietspaden",
        "zelfde zeldzame woorden: fietspaden",
        "Plan voor veilige fietspaden langs provinciale wegen",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("id_", "besluit", "fields", "after"),
    [
        ("proposed22", "confirm", {}, "open"),
        ("proposed22", "reject", {}, "rejected"),
        ("undated222", "fulfil", {"stuk": "tweedekamer:echo"}, "fulfilled"),
        ("undated222", "partly", {"stuk": "tweedekamer:echo"}, "partly"),
        ("undated222", "confirm", {"stuk": "tweedekamer:echo"}, "open"),
        ("undated222", "reject", {"stuk": "tweedekamer:echo"}, "open"),
        ("abc234defg", "reject", {"stuk": "tweedekamer:plan"}, "open"),
        ("abc234defg", "reopen", {}, "open"),
        ("soon222222", "lapse", {}, "lapsed"),
        ("soon222222", "not_measurable", {}, "not_measurable"),
        ("soon222222", "postpone", {"tot": "2023-12-01"}, "open"),
        ("soon222222", "merge", {"in": "abc234defg"}, "merged"),
        ("soon222222", "supersede", {}, "superseded"),
        ("abc234defg", "step_add", {"stap": "reaction", "tot": "2023-12-01"}, "partly"),
        ("abc234defg", "step_open", {"stap": "keeping"}, "open"),
        ("undated222", "step_met", {"stap": "keeping", "stuk": "tweedekamer:echo"}, "fulfilled"),
        ("undated222", "step_drop", {"stap": "keeping"}, "open"),
    ],
)
def test_a_decision_applies_at_once_with_name_and_reason(reviewer, filled, id_, besluit, fields, after):
    answer = decide(reviewer, id_, besluit, reden="gelezen", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/beoordelen?klaar=1")
    assert status(filled, id_) == after
    with filled.store.read() as session:
        last = events.history(session, id_)[-1]
    assert (last.by, last.note) == ("Anna de Wit", "gelezen")


@pytest.mark.parametrize(
    ("besluit", "stuk"),
    [
        ("fulfil", "tweedekamer:echo"),
        ("confirm", "tweedekamer:echo"),
        ("reject", "tweedekamer:echo"),
        ("step_met", "tweedekamer:echo"),
    ],
)
def test_what_was_judged_is_not_asked_again(reviewer, filled, besluit, stuk):
    assert 'value="tweedekamer:echo"' in reviewer.get("/beoordelen").text
    decide(reviewer, "undated222", besluit, stuk=stuk, stap="keeping")
    assert 'value="tweedekamer:echo"' not in reviewer.get("/beoordelen").text


def test_a_possible_postponement_offers_its_new_term(reviewer, filled):
    assert "uitgesteld tot" not in reviewer.get("/beoordelen").text
    paper = {"document": "tweedekamer:plan", "verdict": "postponed", "latest": "2023-12-01"}
    record(filled, happened(EventKind.FOLLOW_UP, "soon222222", **paper))
    page = reviewer.get("/beoordelen").text
    assert "Ja, uitgesteld tot 1 december 2023" in page
    assert 'name="tot" value="2023-12-01"' in page
    decide(reviewer, "soon222222", "postpone", stuk="tweedekamer:plan", tot="2023-12-01")
    assert "uitgesteld tot" not in reviewer.get("/beoordelen").text
    with filled.store.read() as session:
        assert commitments.get(session, "soon222222").deadline.latest.isoformat() == "2023-12-01"


def test_what_the_machine_called_kept_can_be_checked(reviewer, filled):
    decide(reviewer, "abc234defg", "confirm", stuk="tweedekamer:plan")
    with filled.store.read() as session:
        kept = commitments.get(session, "abc234defg")
    assert (kept.status.value, kept.decided_by) == ("fulfilled", "Anna de Wit")
    assert 'value="tweedekamer:plan"' not in reviewer.get("/beoordelen").text


def test_a_merge_brings_the_place_along(reviewer, filled):
    decide(reviewer, "soon222222", "merge", **{"in": "undated222"})
    assert history(filled, "soon222222")[-1] == "merged"
    assert history(filled, "undated222")[-1] == "restated"


def test_a_decision_can_be_taken_back(reviewer, filled):
    decide(reviewer, "soon222222", "lapse")
    page = reviewer.get("/toezeggingen/soon222222").text
    assert 'value="undo"' in page
    answer = decide(reviewer, "soon222222", "undo", terug="toezegging")
    assert answer.headers["location"] == "/toezeggingen/soon222222"
    assert status(filled, "soon222222") == "open"


@pytest.mark.parametrize(
    ("id_", "besluit", "fields", "code", "said"),
    [
        ("soon222222", "vernietig", {}, 400, "onbekend besluit"),
        ("soon222222", "postpone", {"tot": "morgen"}, 400, "is geen dag"),
        ("soon222222", "postpone", {}, 409, "De nieuwe termijn ontbreekt"),
        ("soon222222", "postpone", {"tot": "1999-01-01"}, 409, "ligt voor de dag van de toezegging"),
        ("soon222222", "merge", {"in": "soon222222"}, 409, "niet met zichzelf"),
        ("soon222222", "merge", {"in": "bestaatniet"}, 409, "kennen wij niet"),
        ("soon222222", "reopen", {}, 409, "al open"),
        ("soon222222", "undo", {}, 409, "geen besluit om terug te draaien"),
        ("soon222222", "fulfil", {"stuk": "bestaat:niet"}, 409, "kennen wij niet"),
        ("bestaatniet", "confirm", {}, 409, "kennen wij niet"),
        ("soon222222", "step_met", {"stap": "nergens"}, 409, "Deze stap kennen wij niet"),
        ("soon222222", "step_add", {"stap": " | "}, 409, "Deze stap kennen wij niet"),
        ("soon222222", "step_met", {"stap": "keeping", "stuk": "bestaat:niet"}, 409, "kennen wij niet"),
        ("soon222222", "step_add", {"stap": "extra", "tot": "1999-01-01"}, 409, "ligt voor de dag van de toezegging"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    reviewer, filled, id_, besluit, fields, code, said
):
    before = history(filled, "soon222222")
    answer = decide(reviewer, id_, besluit, **fields)
    assert answer.status_code == code
    assert said in answer.text
    assert history(filled, "soon222222") == before


def test_a_decision_without_our_token_is_refused(reviewer, filled):
    assert reviewer.post("/beoordelen/soon222222", data={"besluit": "lapse", "token": "x"}).status_code == 403
    assert status(filled, "soon222222") == "open"


def test_the_same_decision_sent_twice_is_one(reviewer, filled):
    decide(reviewer, "proposed22", "confirm")
    decide(reviewer, "proposed22", "confirm")
    assert history(filled, "proposed22").count("confirmed") == 1


def test_visitors_see_no_buttons(client, filled):
    assert 'name="besluit"' not in client.get("/toezeggingen/soon222222").text
