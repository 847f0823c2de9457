"""What other machines ask of this one."""

from datetime import timedelta

from monitor_examples import record
from prometheus_client.parser import text_string_to_metric_families

from monitor.store import StoreError, sources, work
from monitor.store.sources import PollRecord


def figures(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(s.name, *sorted(s.labels.values())): s.value for family in families for s in family.samples}


def test_alive_and_ready(client, filled):
    assert client.get("/healthz").text == "ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_not_ready_while_the_store_does_not_answer(client, filled, monkeypatch):
    def refuse(_):
        raise StoreError("disk full")

    monkeypatch.setattr("monitor.web.health.events.last_id", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": "does not answer"})
    assert client.get("/healthz").status_code == 200


def test_a_page_without_a_store_says_so(client, filled, monkeypatch):
    def refuse(_):
        raise StoreError("disk full /secret/path")

    monkeypatch.setattr("monitor.web.pages.views.lines", refuse)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "De database antwoordt niet" in answer.text
    assert "/secret/path" not in answer.text


def test_figures_of_the_store(client, filled):
    found = figures(client)
    assert found["nakoming_commitments", "fulfilled"] == 1
    assert found["nakoming_commitments", "open"] == 5
    assert found["nakoming_events", "overdue"] == 1
    assert found["nakoming_documents", "tweedekamer"] == 2
    assert found["nakoming_source_state", "new", "tweedekamer"] == 1


def test_figures_of_sources_follow_the_clock(client, filled):
    with filled.store.write() as session:
        sources.note_polls(
            session, [(PollRecord(source="tweedekamer", at=filled.clock(), outcome="new", news=1), "", None)]
        )
    assert figures(client)["nakoming_source_state", "fresh", "tweedekamer"] == 1
    filled.clock.now += timedelta(hours=3)
    found = figures(client)
    assert found["nakoming_source_state", "late", "tweedekamer"] == 1
    assert found["nakoming_source_state", "fresh", "tweedekamer"] == 0


def test_figures_of_works_and_of_answers(client, filled):
    with filled.store.write() as session:
        work.started(session, "review", filled.clock())
        work.ended(session, "review", filled.clock(), None, error="it rained")
    record(filled)
    client.get("/toezeggingen/abc234defg")
    client.get("/toezeggingen/bestaatniet")
    found = figures(client)
    assert found["nakoming_work_failed", "review"] == 1
    assert found["nakoming_http_requests_total", "/toezeggingen/{id_}", "200", "GET"] == 1 or (
        found["nakoming_http_requests_total", "/toezeggingen/{id_}", "GET", "200"] == 1
    )


def test_addresses_of_visitors_do_not_become_labels(client, filled):
    for n in range(3):
        client.get(f"/nergens/{n}")
    assert not [name for name in figures(client) if any("nergens" in part for part in name)]
