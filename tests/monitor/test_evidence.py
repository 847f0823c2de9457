"""Evidence: texts are kept as they were seen, each once, within the limits of the settings, and can be taken along."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from monitor_examples import document, happened, keep, keeping, make_house, promise, record
from starlette.testclient import TestClient

from monitor import cycle, nightly
from monitor.dossier import evidence_of
from monitor.store import documents, events, evidence
from monitor.web import create_app
from rules.event import EventKind
from sources.source import Cursor, NoHistory, Page, Unreachable


def see(house, *papers):
    with house.store.write() as session:
        for paper in papers:
            documents.see(session, documents.Arrival(document=paper), house.clock())


def versions(house, key="tweedekamer:1"):
    with house.store.read() as session:
        return evidence.versions(session, key)


def test_a_text_is_kept_once_however_often_it_is_seen(house):
    see(
        house,
        document("tweedekamer:1"),
        document("tweedekamer:2", url="https://www.tweedekamer.nl/2"),
        document("tweedekamer:1"),
    )
    with house.store.read() as session:
        room = evidence.packed_bytes(session)
    (kept,) = versions(house)
    assert kept.text == document().text
    assert kept.sha256 == hashlib.sha256(document().text.encode()).hexdigest()
    assert room < 2 * len(kept.text)


def test_old_versions_are_forgotten_but_never_the_newest_nor_what_an_event_rests_on(house, clock):
    keep(house, promise())
    for number in range(3):
        see(
            house,
            document(text=f"Tekst {number}."),
            document("tweedekamer:proof", text=f"Bewijs {number}.", url="https://www.tweedekamer.nl/p"),
        )
        clock.forward(days=1)
    record(house, happened(EventKind.FULFILLED, document="tweedekamer:proof"))
    with house.store.write() as session:
        assert evidence.prune(session, clock(), 0) == 2
    assert [v.text for v in versions(house)] == ["Tekst 2."]
    assert [v.text for v in versions(house, "tweedekamer:proof")] == ["Bewijs 0.", "Bewijs 1.", "Bewijs 2."]


def test_the_store_is_kept_within_its_size(house, clock):
    for number in range(40):
        see(house, document(text=hashlib.sha256(str(number).encode()).hexdigest() * 20))
        clock.forward(hours=1)
    with house.store.write() as session:
        whole = evidence.packed_bytes(session)
        evidence.prune(session, None, whole // 2)
        assert evidence.packed_bytes(session) <= whole // 2
    assert versions(house)[-1].text, "the newest stays"


def test_the_night_keeps_the_limits_of_the_settings(tmp_path, clock):
    house = make_house(tmp_path, clock, keep_versions_days=30)
    see(house, document(text="Oud."))
    clock.forward(days=10)
    see(house, document(text="Nieuw."))
    assert nightly.night(house, clock()).forgotten == 0
    clock.forward(days=25)
    assert nightly.night(house, clock()).forgotten == 1
    assert [v.text for v in versions(house)] == ["Nieuw."]
    house.close()


def test_a_promise_can_be_taken_along_with_all_its_papers(house, source):
    keep(house, promise())
    source.publish(keeping())
    cycle.poll(house, "tweedekamer", house.clock())
    packed = zipfile.ZipFile(io.BytesIO(evidence_of(house, "abc234defg", house.clock())))
    manifest = json.loads(packed.read("manifest.json"))
    assert [event["kind"] for event in manifest["events"]] == ["made", "fulfilled"]
    assert manifest["commitment"]["quote"] == promise().quote
    (step,) = manifest["steps"]
    assert (step["step"], step["state"], step["document"]) == ("keeping", "met", "tweedekamer:plan")
    assert step["reason"] == "de toezegging noemt geen aparte stappen"
    (paper,) = manifest["texts"]
    text = packed.read(paper["file"])
    assert hashlib.sha256(text).hexdigest() == paper["sha256"]
    assert (paper["document"], paper["url"]) == ("tweedekamer:plan", keeping().url)
    assert manifest["events"][1]["reasons"]


def test_there_is_nothing_to_take_along_of_an_unknown_promise(house):
    assert evidence_of(house, "nothing", house.clock()) is None


def test_the_nightly_reading_finds_what_the_increments_missed(house, source, monkeypatch):
    monkeypatch.setattr(
        source, "backfill", lambda *_: iter([Page(documents=(document("tweedekamer:missed"),), cursor=Cursor())])
    )
    assert nightly.recheck(house, "tweedekamer", house.clock()).news == 1
    assert nightly.recheck(house, "tweedekamer", house.clock() + timedelta(days=1)).news == 0


@pytest.mark.parametrize("error", [NoHistory("only what is new"), Unreachable("no answer")])
def test_a_source_that_cannot_be_read_again_disturbs_nothing(house, source, monkeypatch, error):
    def fails(*_):
        raise error
        yield

    monkeypatch.setattr(source, "backfill", fails)
    assert nightly.recheck(house, "tweedekamer", house.clock()).news == 0


def test_the_page_offers_the_zip(house):
    keep(house, promise())
    with TestClient(create_app(house)) as client:
        page = client.get("/toezeggingen/abc234defg")
        assert 'href="/toezeggingen/abc234defg/bewijs.zip"' in page.text
        taken = client.get("/toezeggingen/abc234defg/bewijs.zip")
        assert taken.headers["content-type"] == "application/zip"
        assert zipfile.ZipFile(io.BytesIO(taken.content)).namelist() == ["manifest.json"]
        assert client.get("/toezeggingen/nothing/bewijs.zip").status_code == 404


def test_what_changed_in_a_paper_is_shown_on_its_page_and_told_with_the_event(house, source):
    keep(house, promise())
    first = document("tweedekamer:plan", title="Brief", text="Volgt binnenkort.", identifiers=("2023D09999",))
    source.publish(first)
    cycle.poll(house, "tweedekamer", house.clock())
    source.publish(keeping())
    cycle.poll(house, "tweedekamer", house.clock())
    with house.store.read() as session:
        told = [event.data.get("changed", "") for event in events.history(session, "abc234defg")]
    assert any("“Volgt binnenkort.” → “Zoals toegezegd" in changed for changed in told), told
    with TestClient(create_app(house)) as client:
        page = client.get("/brieven/tweedekamer:plan").text
    assert "<del>Volgt binnenkort.</del>" in page
    assert "<ins>Zoals toegezegd" in page


def test_a_source_that_answers_in_another_form_is_noticed(house, source, clock):
    assert nightly.probe(house, "tweedekamer", clock()) == ""
    clock.forward(days=1)
    assert nightly.probe(house, "tweedekamer", clock()) == ""
    source.form = "xyz"
    assert "another form since 2023-03-02" in nightly.probe(house, "tweedekamer", clock())
    assert nightly.probe(house, "tweedekamer", clock()) == ""
    source.form = Unreachable("no answer")
    assert nightly.probe(house, "tweedekamer", clock()) == "tweedekamer: no answer"
