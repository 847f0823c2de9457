"""What visitors see, in both languages, and what they must never see."""

import re
from datetime import date, timedelta

import pytest
from monitor_examples import happened, keep, promise, record
from web_examples import EVIL, QUOTE

from monitor.decisions import Choice, decide
from monitor.store import sources
from monitor.store.sources import PollRecord
from rules.commitment import Status
from rules.deadline import Deadline
from rules.event import EventKind

PAGES = ["/", "/toezeggingen", "/toezeggingen/abc234defg", "/brieven/letter:1", "/bronnen", "/statistiek", "/api/docs"]
PUBLIC = [*PAGES, "/inloggen", "/nergens"]


def words(answer):
    """The visible text, one blank between words."""
    body = re.sub(r"(?s)<(head|script|style)>.*?</\1>", " ", answer.text)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_dutch_and_in_english(client, filled, path):
    dutch, english = client.get(path), client.get(path, params={"taal": "en"})
    assert (dutch.status_code, english.status_code) == (200, 200)
    assert '<html lang="nl">' in dutch.text
    assert '<html lang="en">' in english.text
    assert dutch.headers["content-language"] == "nl"
    assert words(dutch) != words(english)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_also_works_with_nothing_in_the_store(client, path):
    expected = 404 if path in ("/toezeggingen/abc234defg", "/brieven/letter:1") else 200
    assert client.get(path).status_code == expected


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,en;q=0.8", "en"),
        ("nl,en;q=0.8", "nl"),
        ("fr,en;q=0.1", "en"),
        ("en;q=0,nl", "nl"),
        ("fr", "nl"),
        ("", "nl"),
        (";;q=x,,", "nl"),
    ],
)
def test_the_browser_may_name_the_language(client, header, language):
    answer = client.get("/", headers={"accept-language": header})
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]


def test_a_chosen_language_stays_with_the_visitor(client, filled):
    page = client.get("/toezeggingen?taal=en").text
    assert 'href="/toezeggingen/abc234defg?taal=en"' in page
    assert 'name="taal" value="en"' in page


@pytest.mark.parametrize(
    "path", [*PUBLIC, "/feeds/rss.xml", "/healthz", "/static/style.css", "/toezeggingen?status=zz"]
)
def test_every_answer_carries_strict_headers(client, filled, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", [*PUBLIC, "/toezeggingen/evil222222", "/toezeggingen?q=%3Cscript%3E"])
def test_nothing_from_outside_becomes_markup_and_no_page_has_a_script(client, filled, path):
    page = client.get(path).text
    assert "<script" not in page
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert "\x00" not in page


def test_hostile_words_are_shown_as_words(client, filled):
    assert "&lt;script&gt;" in client.get("/toezeggingen/evil222222").text
    assert EVIL not in client.get("/toezeggingen").text


# --- the list ------------------------------------------------------------------------------------------------------


def found(client, query):
    page = client.get(f"/toezeggingen?{query}").text
    return set(re.findall(r'href="/toezeggingen/([a-z2-7]{10})"', page))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("status=nagekomen", {"abc234defg"}),
        ("status=fulfilled", {"abc234defg"}),
        ("status=fulfilled&status=proposed", {"abc234defg", "proposed22"}),
        ("status=te_beoordelen,nagekomen", {"abc234defg", "proposed22"}),
        ("ministerie=financi%C3%ABn", {"overdue222", "soon222222", "unread2222"}),
        ("bewindspersoon=bakker", {"overdue222", "soon222222", "unread2222"}),
        ("dossier=32761", {"undated222"}),
        ("dossier=32%20761", {"undated222"}),
        ("q=evaluatie+bankenwet", {"overdue222"}),
        ("q=EVALUATIE", {"overdue222"}),
        ("q=100%25", set()),
        ("deadline=voorbij", {"overdue222", "unread2222"}),
        ("deadline=binnenkort", {"soon222222"}),
        ("deadline=geen&q=bruggen", {"undated222"}),
        ("deadline=2023-03", {"overdue222"}),
        ("deadline=2023-07-08", {"unread2222"}),
        ("toezegging=soon222222,undated222", {"soon222222", "undated222"}),
        ("q=&status=&onbekend=1&ministerie=financi%C3%ABn&deadline=2023-03", {"overdue222"}),
    ],
)
def test_filters(client, filled, query, ids):
    assert found(client, query) == ids


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=xyz", "onbekende stand “xyz”"),
        ("deadline=ooit", "onbekende termijn"),
        ("deadline=2023-13", "onbekende termijn"),
        ("dossier=abc", "geen dossiernummer"),
        ("pagina=0", "geen paginanummer"),
        ("pagina=-1", "geen paginanummer"),
        ("pagina=9999999999999999999999", "geen paginanummer"),
        ("pagina=%C2%B2", "geen paginanummer"),
        ("toezegging=../../x", "geen nummer van een toezegging"),
        ("q=" + "a" * 201, "te lang"),
    ],
)
def test_absurd_filters_get_a_clear_refusal(client, filled, query, said):
    answer = client.get(f"/toezeggingen?{query}")
    assert answer.status_code == 400
    assert said in words(answer)


def test_control_characters_and_sql_in_a_search_are_only_words(client, filled):
    assert found(client, "q=%00%0A%27;drop table--") == set()
    assert found(client, "q=%25") == set()


def test_the_list_is_cut_into_pages(client, house):
    keep(
        house,
        *[promise(f"page{n:02}aaaa".replace("0", "a").replace("1", "b"), quote=f"Belofte {n}") for n in range(30)],
    )
    first, second = client.get("/toezeggingen"), client.get("/toezeggingen?pagina=2")
    assert (first.text.count('class="card"'), second.text.count('class="card"')) == (25, 5)
    assert 'rel="next" href="/toezeggingen?pagina=2"' in first.text
    assert 'rel="prev" href="/toezeggingen"' in second.text
    assert client.get("/toezeggingen?pagina=3").status_code == 404


# --- one promise ---------------------------------------------------------------------------------------------------


def test_the_page_of_a_promise_has_its_sentence_its_evidence_and_its_history(client, filled):
    text = words(client.get("/toezeggingen/abc234defg"))
    for said in (
        QUOTE,
        "Volgens ons nagekomen",
        "binnen de termijn",
        "“voor het zomerreces” (uiterlijk 6 juli 2023)",
        "Plan voor veilige fietspaden langs provinciale wegen",
        "zelfde zeldzame woorden: fietspaden",
        "Nog niet door een mens bekeken",
        "Nieuwe toezegging",
        "2 maart 2023",
    ):
        assert said in text


def test_it_links_to_its_own_feeds_its_letter_and_the_source(client, filled):
    page = client.get("/toezeggingen/abc234defg").text
    for address in (
        "/feeds/rss.xml?toezegging=abc234defg",
        "/feeds/termijnen.ics?toezegging=abc234defg",
        "/brieven/letter%3A1#abc234defg",
        "https://example.org/1",
        "/abonnementen?toezegging=abc234defg",
    ):
        assert f'href="{address}"' in page


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("overdue222", "Dat betekent niet dat er niets is gebeurd"),
        ("unread2222", "nog niet alle bronnen gelezen"),
        ("soon222222", "De termijn loopt bijna af"),
        ("undated222", "Onze eigen dag om naar het vervolg te vragen: 1 februari 2024"),
        ("proposed22", "Wij weten nog niet zeker of dit een toezegging is"),
    ],
)
def test_careful_words_for_each_standing(client, filled, id_, said):
    assert said in words(client.get(f"/toezeggingen/{id_}"))


@pytest.mark.parametrize("path", ["/", "/toezeggingen", "/toezeggingen/overdue222", "/statistiek"])
def test_nothing_found_is_never_called_not_done(client, filled, path):
    text = words(client.get(path)).lower().replace("“niets gevonden” betekent niet “niet gedaan”", "")
    for accusation in ("niet gedaan", "niet nagekomen", "gebroken", "geschonden"):
        assert accusation not in text


def test_a_term_that_nobody_could_check_is_not_called_passed_without_result(client, filled):
    assert "niets gevonden" not in words(client.get("/toezeggingen?toezegging=unread2222")).replace(
        "“Niets gevonden” betekent niet “niet gedaan”", ""
    ).lower().replace("“niets gevonden”", "")


def test_a_merged_promise_keeps_its_address(client, filled):
    decide(filled, "soon222222", Choice.MERGE, by="Anna", now=filled.clock(), into="abc234defg")
    answer = client.get("/toezeggingen/soon222222")
    assert (answer.status_code, answer.headers["location"]) == (308, "/toezeggingen/abc234defg")


def test_a_decision_of_a_person_is_shown_with_the_name(client, filled):
    said = {"by": "Anna de Wit", "reason": "Zelf gelezen.", "now": filled.clock()}
    decide(filled, "undated222", Choice.FULFIL, document="tweedekamer:echo", **said)
    text = words(client.get("/toezeggingen/undated222"))
    assert "Bekeken en besloten door Anna de Wit." in text
    assert "Zelf gelezen." in text


def test_a_paper_that_was_turned_down_is_shown_last_and_as_such(client, filled):
    decide(filled, "abc234defg", Choice.REJECT, by="Anna", now=filled.clock(), document="tweedekamer:plan")
    text = words(client.get("/toezeggingen/abc234defg"))
    assert "Na controle: hoort er niet bij" in text
    assert "Volgens ons nagekomen Het stuk" not in text


def test_a_study_shows_its_steps_and_which_were_found(client, filled):
    keep(filled, promise("study22222", quote="Het WODC doet onderzoek naar de naleving van de wet.", deadlines=()))
    before = words(client.get("/toezeggingen/study22222"))
    assert "Het kabinet heeft gereageerd: nog niet gevonden" in before
    assert "De toezegging noemt een onderzoek of evaluatie (“wodc”); volgt meestal, niet toegezegd." in before
    record(
        filled,
        happened(EventKind.FULFILLED, "study22222", document="tweedekamer:plan", step="offering"),
        happened(EventKind.FOLLOW_UP, "study22222", document="tweedekamer:echo", step="reaction"),
    )
    text = words(client.get("/toezeggingen/study22222"))
    assert "Het rapport is gepubliceerd: volgens ons gevonden" in text  # what is sent to parliament is public
    assert "Het rapport is aan de Kamer gestuurd: volgens ons gevonden, 1 maart 2023 ( Plan voor" in text
    assert "Het kabinet heeft gereageerd: misschien gevonden ( Nieuws" in text
    assert "Stappen" not in words(client.get("/toezeggingen/abc234defg"))


def test_each_round_of_a_recurring_promise_has_its_steps_and_its_term(client, filled):
    yearly = Deadline(text="jaarlijks voor 1 maart", latest=date(2023, 3, 1), recurring=True, rule="recurring")
    keep(filled, promise("yearly2222", quote="Ik stuur jaarlijks voor 1 maart een brief.", deadlines=(yearly,)))
    record(
        filled,
        happened(EventKind.FULFILLED, "yearly2222", document="tweedekamer:plan", published_on="2023-02-20"),
        happened(EventKind.REOPENED, "yearly2222", subject="2:2023-02-20", round="2", latest="2024-03-01"),
    )
    text = words(client.get("/toezeggingen/yearly2222"))
    assert "ronde 2 Wat is toegezegd, is gedaan: nog niet gevonden" in text
    assert "Termijn: uiterlijk 1 maart 2024" in text
    assert "ronde 1 Wat is toegezegd, is gedaan: volgens ons gevonden, 20 februari 2023" in text
    assert "Volgende ronde . Deze toezegging komt steeds terug. De vorige ronde is afgerond; ronde 2 staat open" in text
    english = words(client.get("/toezeggingen/yearly2222?taal=en"))
    assert "round 2 What was promised was done: not found yet" in english


def test_what_a_person_said_of_a_step_is_shown_with_name_and_reason_and_escaped(client, filled):
    said = {"by": "Anna <b>", "reason": "<i>nodig</i>", "now": filled.clock()}
    decide(filled, "undated222", Choice.STEP_ADD, step="<script>alert(1)</script>", **said)
    page = client.get("/toezeggingen/undated222").text
    assert "<script>" not in page
    assert "<i>nodig" not in page
    text = words(client.get("/toezeggingen/undated222"))
    assert "Toegevoegd door een mens. Bekeken door Anna" in text


def test_a_difference_with_the_register_is_shown(client, filled):
    said = {"register": "Voldaan", "register_state": "fulfilled", "fulfilled_by": "2023D09999|2023D77777"}
    record(filled, happened(EventKind.RESTATED, "undated222", document="tweedekamer:row", **said))
    answer = client.get("/toezeggingen/undated222")
    assert 'href="/brieven/2023D09999"' in answer.text
    assert "2023D77777" in answer.text
    assert 'href="/brieven/2023D77777"' not in answer.text  # a paper that we do not have
    text = words(answer)
    assert "Het register noemt deze toezegging nagekomen. Wij vonden zelf geen stuk" in text


@pytest.mark.parametrize(
    "path", ["/toezeggingen/bestaatniet", "/brieven/bestaat/niet", "/nergens", "/toezeggingen/a/b"]
)
def test_what_does_not_exist_is_said_in_words(client, filled, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Niet gevonden" in words(answer)


@pytest.mark.parametrize("path", ["/", "/toezeggingen/abc234defg", "/feeds/rss.xml", "/healthz", "/nergens"])
def test_head_answers_as_get_without_a_body(client, filled, path):
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


def test_a_wrong_method_is_refused_in_words(client):
    answer = client.post("/toezeggingen")
    assert answer.status_code == 405
    assert "Dit kan hier niet" in words(answer)


# --- letters, sources, figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["letter:1", "2023D00001"])
def test_a_letter_shows_its_promises_in_its_text(client, filled, key):
    page = client.get(f"/brieven/{key}").text
    assert '<mark id="abc234defg">' in page
    assert "Geachte voorzitter" in page
    assert "SHA-256" in page


def test_a_paper_without_promises_says_so(client, filled):
    assert "In dit stuk staan geen toezeggingen die wij volgen" in words(client.get("/brieven/tweedekamer:plan"))


NEWS = {"outcome": "new", "news": 1}
DOWN = {"outcome": "failed", "error": "no answer", "error_kind": "unreachable"}
MOVED = {"outcome": "failed", "error": "no items", "error_kind": "changed shape"}


@pytest.mark.parametrize(
    ("record_", "minutes", "said"),
    [
        (None, 0, "Wij hebben deze bron nog nooit gelezen."),
        (NEWS, 0, "Wij lezen deze bron zonder problemen."),
        (DOWN, 5, "niet lezen sinds 10 juli 2023, 09:00. De bron geeft geen antwoord."),
        (MOVED, 0, "in een vorm die wij niet kennen"),
        (NEWS, 120, "Wij lazen deze bron het laatst op 10 juli 2023, 09:00."),
    ],
)
def test_the_state_of_a_source_in_plain_words(client, filled, record_, minutes, said):
    if record_:
        with filled.store.write() as session:
            polled = PollRecord(source="tweedekamer", at=filled.clock(), **record_)
            sources.note_polls(session, [(polled, "http://127.0.0.1/tweedekamer", None)])
    filled.clock.now += timedelta(minutes=minutes)
    assert said in words(client.get("/bronnen"))


def test_the_overview_warns_while_a_source_cannot_be_read(client, filled):
    assert "Let op" not in words(client.get("/"))
    assert "Deze bronnen hebben wij nog niet gelezen: Tweede Kamer" in words(client.get("/"))
    with filled.store.write() as session:
        failed = PollRecord(source="tweedekamer", at=filled.clock(), outcome="failed", error="x", error_kind="broken")
        sources.note_polls(session, [(failed, "", None)])
    assert "Let op: wij kunnen niet alle bronnen lezen (Tweede Kamer)" in words(client.get("/"))


def test_the_overview_counts(client, filled):
    text = words(client.get("/"))
    for said in (
        "6 toezeggingen gevolgd",
        "1 volgens ons nagekomen",
        "1 termijn loopt bijna af",
        "1 wacht op een mens",
    ):
        assert said in text
    assert "<svg" in client.get("/").text


def test_a_chart_of_nothing_is_a_sentence(client, house):
    keep(house, promise(deadlines=()))
    page = client.get("/")
    assert 'class="months"' not in page.text
    assert "In deze maanden lopen geen termijnen af." in words(page)
    assert "Bij 1 lopende toezegging is geen dag genoemd." in words(page)


def test_statistics_per_ministry(client, filled):
    text = words(client.get("/statistiek"))
    assert "Infrastructuur en Waterstaat 2 1 1 1 0 100 % -126" in text
    assert "Financiën 3 0 0 2 1 0 % nog niet te zeggen" in text
    assert "C. Bakker (minister van Financiën)" in text
    page = client.get("/statistiek").text
    assert 'href="/toezeggingen?bewindspersoon=C.+Bakker"' in page
    assert 'href="/toezeggingen?ministerie=Financi%C3%ABn"' in page


def test_rejected_and_merged_promises_are_shown_only_when_asked_for(client, house):
    keep(house, promise("reject2222", status=Status.REJECTED))
    assert found(client, "") == set()
    assert found(client, "status=afgewezen") == {"reject2222"}


def test_a_store_that_fails_is_an_apology_and_not_a_traceback(client, filled, monkeypatch):
    monkeypatch.setattr("monitor.web.pages.commitments.listed", lambda *_: 1 / 0)
    answer = client.get("/toezeggingen")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in words(answer)
    assert "ZeroDivision" not in answer.text
    assert "content-security-policy" in answer.headers
