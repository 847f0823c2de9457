"""The JSON API: the same as the pages, in forms that do not change."""

from datetime import date

import pytest
from monitor_examples import happened, keep, promise, record
from web_examples import QUOTE

from monitor.decisions import Choice, decide
from rules.event import EventKind


def test_commitments_have_the_promised_form(client, filled):
    answer = client.get("/api/v1/commitments", params={"status": "fulfilled"}).json()
    assert answer["total"] == 1
    (one,) = answer["items"]
    assert (one["id"], one["quote"], one["status"], one["overdue"]) == ("abc234defg", QUOTE, "fulfilled", False)
    assert one["due"]["latest"] == "2023-07-06"
    assert one["address"].endswith("/toezeggingen/abc234defg")
    assert one["documents"][0]["id"] == "letter:1"
    (step,) = one["steps"]
    assert step == {
        "step": "keeping", "needed": True, "state": "met", "round": 1, "rule": "promise", "by": "machine", "note": "",
        "reason": "de toezegging noemt geen aparte stappen", "document": "tweedekamer:plan", "on": "2023-03-02",
        "papers": [], "due": None,
    }  # fmt: skip


def test_a_step_shows_its_own_term_and_who_decided(client, filled):
    decide(filled, "undated222", Choice.STEP_ADD, step="reaction", by="Anna", reason="hoort erbij", now=filled.clock(),
           until=date(2024, 5, 1))  # fmt: skip
    shown = client.get("/api/v1/commitments/undated222").json()["steps"][-1]
    assert (shown["step"], shown["state"], shown["by"], shown["note"]) == ("reaction", "open", "Anna", "hoort erbij")
    assert shown["due"] == {"text": "", "earliest": None, "latest": "2024-05-01"}


def test_the_list_is_cut_by_limit_and_offset(client, filled):
    first = client.get("/api/v1/commitments?limit=2").json()
    second = client.get("/api/v1/commitments?limit=2&offset=2").json()
    ids = [one["id"] for one in [*first["items"], *second["items"]]]
    assert first["total"] == second["total"] == 7
    assert len(set(ids)) == 4


def test_the_filters_are_those_of_the_list(client, filled):
    found = client.get("/api/v1/commitments", params={"ministerie": "financiën", "deadline": "2023-03"}).json()
    assert [one["id"] for one in found["items"]] == ["overdue222"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/commitments?limit=0",
        "/api/v1/commitments?limit=100000",
        "/api/v1/commitments?offset=-1",
        "/api/v1/commitments?limit=x",
        "/api/v1/commitments?status=xyz",
        "/api/v1/events?before=-1",
        "/api/v1/events?after=99999999999999999999999",
        "/api/v1/events?kind=xyz",
    ],
)
def test_absurd_values_are_refused_with_one_line(client, filled, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert "\n" not in answer.json()["error"]


@pytest.mark.parametrize(
    "path", ["/api/v1/commitments/none", "/api/v1/commitments/none/events", "/api/v1/documents/none/x", "/api/v1/none"]
)
def test_what_does_not_exist_is_404_in_json(client, filled, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_one_commitment_and_its_history(client, filled):
    assert client.get("/api/v1/commitments/abc234defg").json()["status"] == "fulfilled"
    events = client.get("/api/v1/commitments/abc234defg/events").json()["items"]
    assert [event["kind"] for event in events] == ["fulfilled", "made", "made"]
    kept = events[0]
    assert (kept["by"], kept["score"], kept["document"]["title"][:4]) == ("machine", 0.93, "Plan")
    assert kept["reasons"] == [{"signal": "words", "weight": 0.6, "text": "zelfde zeldzame woorden: fietspaden"}]


def test_a_merged_commitment_redirects(client, filled):
    decide(filled, "soon222222", Choice.MERGE, by="Anna", now=filled.clock(), into="abc234defg")
    answer = client.get("/api/v1/commitments/soon222222")
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/v1/commitments/abc234defg")


def test_events_can_be_followed_without_a_gap(client, house):
    keep(house, promise())
    record(house, *[happened(EventKind.FOLLOW_UP, document=f"paper:{n}") for n in range(30)])
    seen, before = [], ""
    while before is not None:
        answer = client.get(f"/api/v1/events?limit=10&before={before}" if before else "/api/v1/events?limit=10").json()
        seen += [event["number"] for event in answer["items"]]
        before = answer["before"]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 31
    newer = client.get(f"/api/v1/events?after={seen[3]}").json()["items"]
    assert [event["number"] for event in newer] == seen[2::-1]


def test_events_by_kind_and_filter(client, filled):
    found = client.get("/api/v1/events?kind=overdue&kind=fulfilled").json()["items"]
    assert {event["kind"] for event in found} == {"overdue", "fulfilled"}
    assert client.get("/api/v1/events?kind=overdue&q=fietspaden").json()["items"] == []


@pytest.mark.parametrize("key", ["tweedekamer:plan", "2023D09999"])
def test_a_document_by_key_and_by_number(client, filled, key):
    found = client.get(f"/api/v1/documents/{key}").json()
    assert (found["id"], found["source"], found["published_on"]) == ("tweedekamer:plan", "tweedekamer", "2023-03-02")
    assert len(found["fingerprint"]) == 64


def test_sources_say_how_they_are(client, filled):
    (source,) = client.get("/api/v1/sources").json()
    assert (source["name"], source["state"], source["read_at"]) == ("tweedekamer", "new", None)


def test_the_description_names_every_address_and_every_filter(client, filled):
    schema = client.get("/api/openapi.json").json()
    listed = schema["paths"]["/api/v1/commitments"]["get"]
    assert {parameter["name"] for parameter in listed["parameters"]} == {
        "status", "ministerie", "bewindspersoon", "dossier", "q", "deadline", "toezegging", "limit", "offset",
    }  # fmt: skip
    page = client.get("/api/docs").text
    for path in schema["paths"]:
        assert path.startswith("/api/v1/")
        assert path in page


def test_every_answer_fits_the_description(client, filled):
    """FastAPI checks the form of every answer; here each address is asked once."""
    for path in ("commitments", "events", "sources", "commitments/evil222222", "documents/letter:1"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
