"""The walk of a document: what is news, what is judged, and what happens when something fails on the way."""

from datetime import date

import pytest
from monitor_examples import FakeSource, document, history, keep, keeping, make_house, promise, status, subscribe

from monitor import cycle, outbox, review
from monitor.filling import backfill
from monitor.store import commitments, deliveries, documents, evidence, sources
from sources.document import Kind
from sources.source import ChangedShape, Outcome, Refused, Unreachable


def poll(house, name="tweedekamer"):
    return cycle.poll(house, name, house.clock())


def test_a_letter_that_keeps_a_promise_is_an_event_once(house, source):
    keep(house, promise())
    source.publish(document(), keeping())
    first = poll(house)
    assert (first.outcome, first.documents, first.news) == ("new", 2, 2)
    assert history(house) == ["made", "fulfilled"]
    assert status(house) == "fulfilled"
    source.publish(document(), keeping())
    again = poll(house)
    assert (again.outcome, again.news) == ("nothing", 0)
    assert history(house) == ["made", "fulfilled"]


def test_the_same_paper_at_two_places_is_one_happening(tmp_path, clock):
    one, other = FakeSource("tweedekamer"), FakeSource("officielebekendmakingen")
    house = make_house(tmp_path, clock, {s.name: s for s in (one, other)})
    keep(house, promise())
    one.publish(keeping("tweedekamer:plan"))
    other.publish(keeping("officielebekendmakingen:kst-29398-12"))
    poll(house)
    poll(house, "officielebekendmakingen")
    assert history(house).count("fulfilled") == 1
    with house.store.read() as session:
        places = documents.publications(session, "tweedekamer:plan")
    assert [p.key for p in places] == ["tweedekamer:plan", "officielebekendmakingen:kst-29398-12"]


def test_the_cursor_is_kept_after_the_documents_and_given_to_the_next_poll(house, source):
    source.publish(document("tweedekamer:1"), cursor="7")
    poll(house)
    poll(house)
    assert [cursor.get("at") for cursor in source.cursors] == ["", "7"]


def test_a_death_in_a_long_poll_costs_reading_one_page_again(house, source, monkeypatch):
    for number in range(1, 4):
        source.publish(document(f"tweedekamer:{number}"), cursor=str(number))

    def fill(paper):
        if paper.key == "tweedekamer:3":
            raise KeyboardInterrupt
        return paper

    monkeypatch.setattr(source, "fill", fill)
    with pytest.raises(KeyboardInterrupt):
        poll(house)
    with house.store.read() as session:
        assert documents.count(session) == 2
        assert sources.get(session, "tweedekamer").cursor.get("at") == "2"


def test_a_failure_halfway_keeps_what_was_read(house, source):
    source.publish(document("tweedekamer:1"), cursor="1")
    source.fail(Unreachable("no answer from 127.0.0.1"))
    record = poll(house)
    assert (record.outcome, record.error, record.error_kind) == ("failed", "no answer from 127.0.0.1", "unreachable")
    with house.store.read() as session:
        assert documents.get(session, "tweedekamer:1") is not None
        assert sources.get(session, "tweedekamer").cursor.get("at") == "1"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Refused("502 from the server", status=502), "refused"),
        (ChangedShape("the feed is a page"), "changed shape"),
        (ZeroDivisionError("a fault of ours"), "broken"),
    ],
)
def test_a_failing_source_is_noted_since_when_and_does_not_raise(house, source, clock, error, kind):
    source.fail(error)
    poll(house)
    broke = clock()
    clock.forward(hours=1)
    source.fail(error)
    poll(house)
    with house.store.read() as session:
        state = sources.get(session, "tweedekamer")
    assert (state.error_kind, state.broken_since, state.failures, state.good_at) == (kind, broke, 2, None)
    clock.forward(hours=1)
    poll(house)
    with house.store.read() as session:
        state = sources.get(session, "tweedekamer")
    assert (state.broken_since, state.failures, state.good_at) == (None, 0, clock())


def test_a_bad_document_is_set_aside_and_the_rest_goes_on(house, source, monkeypatch):
    keep(house, promise())
    real = cycle.keep_and_judge

    def breaks(house, batch, *rest):
        if any(one.document.key == "tweedekamer:bad" for one in batch):
            raise ValueError("cannot be judged")
        return real(house, batch, *rest)

    monkeypatch.setattr(cycle, "keep_and_judge", breaks)
    source.publish(document("tweedekamer:bad"), keeping(), bad=("row 3 has no id",), unknown=("Ingetrokken?",))
    record = poll(house)
    assert record.set_aside == 2
    assert record.notes == (
        "row 3 has no id",
        "unknown word: Ingetrokken?",
        "set aside tweedekamer:bad: ValueError: cannot be judged",
    )
    assert status(house) == "fulfilled"
    with house.store.read() as session:
        assert documents.get(session, "tweedekamer:bad") is not None, "kept, to be judged again"


def test_a_failure_late_in_a_batch_takes_back_what_was_done_before_it_and_does_it_again(house, source, monkeypatch):
    keep(house, promise())
    real = cycle._judge

    def breaks(house, session, seen, now):
        real(house, session, seen, now)
        if seen.document.key == "tweedekamer:bad":
            raise ValueError("cannot be judged")

    monkeypatch.setattr(cycle, "_judge", breaks)
    source.publish(keeping(), document("tweedekamer:bad"), document("tweedekamer:later"))
    assert poll(house).set_aside == 1
    assert status(house) == "fulfilled"
    assert history(house).count("fulfilled") == 1
    assert house.watch.commitments[promise().id].status == "fulfilled", "what is in memory is what is in the store"
    with house.store.read() as session:
        assert documents.get(session, "tweedekamer:later") is not None


def test_a_text_that_fails_in_an_unforeseen_way_costs_only_itself(house, source):
    source.texts["tweedekamer:odd"] = ZeroDivisionError("a fault of ours")
    source.publish(document("tweedekamer:odd", text=""), document("tweedekamer:later"))
    record = poll(house)
    assert (record.news, record.set_aside) == (2, 1)
    assert record.notes == ("no text of tweedekamer:odd: ZeroDivisionError: a fault of ours",)


def test_many_documents_are_kept_in_batches(house, source, monkeypatch):
    sizes = []
    real = cycle.keep_and_judge
    monkeypatch.setattr(
        cycle, "keep_and_judge", lambda house, batch, now: sizes.append(len(batch)) or real(house, batch, now)
    )
    source.publish(*(document(f"tweedekamer:{n}") for n in range(cycle.TOGETHER + 3)))
    assert poll(house).news == cycle.TOGETHER + 3
    assert sizes == [cycle.TOGETHER, 3]


def test_not_modified_nothing_new_and_news_are_told_apart(house, source):
    source.publish(outcome=Outcome.NOT_MODIFIED)
    assert poll(house).outcome == "not modified"
    assert poll(house).outcome == "nothing"
    source.publish(document())
    assert poll(house).outcome == "new"


def test_the_text_is_fetched_once_and_an_unchanged_paper_is_no_news_the_next_time(house, source):
    bare = document("tweedekamer:1", text="")
    source.texts["tweedekamer:1"] = "De hele brief."
    source.publish(bare)
    assert poll(house).news == 1
    source.publish(bare)
    assert poll(house).news == 0
    with house.store.read() as session:
        assert documents.get(session, "tweedekamer:1").text == "De hele brief."


def test_a_text_that_cannot_be_fetched_is_tried_again_and_then_judged(house, source):
    keep(house, promise())
    whole = keeping()
    bare = document("tweedekamer:plan", title="Brief van de minister", text="", identifiers=whole.identifiers)
    source.texts[bare.key] = Unreachable("the file server does not answer")
    source.publish(bare)
    poll(house)
    assert "fulfilled" not in history(house)
    source.texts[bare.key] = whole.title + ". " + whole.text
    poll(house)
    with house.store.read() as session:
        assert documents.get(session, bare.key).text.startswith("Plan voor")
    assert set(history(house)) & {"fulfilled", "follow_up"}


def test_a_changed_paper_is_news_and_its_old_text_is_kept(house, source):
    source.publish(document(text="Eerste tekst."))
    poll(house)
    source.publish(document(text="Tweede tekst."))
    assert poll(house).news == 1
    with house.store.read() as session:
        assert [v.text for v in evidence.versions(session, "tweedekamer:1")] == ["Eerste tekst.", "Tweede tekst."]


def test_a_withdrawn_paper_is_news_and_keeps_what_was_read(house, source):
    source.publish(document(text="Het stuk."))
    poll(house)
    source.publish(document(title="", text="", withdrawn=True))
    assert poll(house).news == 1
    with house.store.read() as session:
        kept = documents.get(session, "tweedekamer:1")
    assert (kept.withdrawn, kept.text, kept.title) == (True, "Het stuk.", "Verzamelbrief wegen")


def test_a_paper_that_was_withdrawn_before_we_saw_it_is_not_kept(house, source):
    source.publish(document("tweedekamer:gone", title="", text="", withdrawn=True))
    assert poll(house).news == 0
    with house.store.read() as session:
        assert documents.get(session, "tweedekamer:gone") is None


def test_rows_of_a_register_are_promises_and_their_later_words_happenings(house, source):
    row = {
        "kind": Kind.REGISTER,
        "title": "Toezegging over bruggen",
        "text": "De minister stuurt een brief over bruggen.",
        "identifiers": ("TZ202303-001",),
        "office": "minister van Infrastructuur en Waterstaat",
    }
    source.publish(document("tweedekamer:tz1", facts={"status": "Openstaand", "state": "open"}, **row))
    poll(house)
    with house.store.read() as session:
        (id_,) = {c.id for c in commitments.listed(session)}
    assert (history(house, id_), status(house, id_)) == (["made"], "open")
    source.publish(document("tweedekamer:tz1", facts={"status": "Voldaan", "state": "fulfilled"}, **row))
    poll(house)
    assert history(house, id_) == ["made", "fulfilled"]


def test_promises_are_looked_for_only_in_letters_of_sources_that_the_settings_name(tmp_path, clock):
    text = "Geachte voorzitter,\n\nIk stuur uw Kamer voor 1 juli 2023 een plan voor schone havens.\n"
    for wanted, number in (((), 0), (("tweedekamer",), 1)):
        source = FakeSource("tweedekamer")
        house = make_house(tmp_path / str(number), clock, {"tweedekamer": source}, extract_from=wanted)
        source.publish(document(text=text, office="minister van Infrastructuur en Waterstaat"))
        poll(house)
        with house.store.read() as session:
            assert documents.count(session) == 1
            assert len(sources.polls(session)) == 1
            from_letter = commitments.count(session)
        assert from_letter == number


def test_a_backfill_goes_on_where_it_was_stopped_and_adds_nothing_twice(house, source):
    first, last = date(2023, 1, 1), date(2023, 1, 31)
    heard = []
    source.publish(document("tweedekamer:1"), cursor="1")
    source.fail(Unreachable("cut off"))
    with pytest.raises(Unreachable):
        backfill(house, "tweedekamer", first, last, house.clock(), heard.append)
    source.publish(document("tweedekamer:1"), document("tweedekamer:2"), cursor="2")
    done = backfill(house, "tweedekamer", first, last, house.clock(), heard.append)
    assert [cursor.get("at") for cursor in source.cursors] == ["", "1"]
    assert (done.documents, done.news) == (2, 1)
    assert backfill(house, "tweedekamer", first, last, house.clock(), heard.append).documents == 0


def test_a_register_that_is_read_for_the_first_time_floods_nobody(house, source):
    subscribe(house)
    old = register_row("tweedekamer:tz1", "TZ201903-001", published_on=date(2019, 3, 1))
    kept = register_row(
        "tweedekamer:tz2", "TZ202302-002", status="Voldaan", state="fulfilled", published_on=date(2023, 2, 20)
    )
    fresh = register_row("tweedekamer:tz3", "TZ202302-003", published_on=date(2023, 2, 20))
    source.publish(old, kept, fresh)
    poll(house)
    review.review(house, house.clock())
    with house.store.read() as session:
        assert commitments.count(session) == 3
        waiting = [row.event.split(":")[1] for row in deliveries.listed(session)]
    assert waiting == ["made"], "only the fresh one is told"
    assert outbox.sweep(house, house.clock()) == 0


def register_row(key, number, status="Openstaand", state="open", **changes):
    return document(
        key,
        kind=Kind.REGISTER,
        title=f"Toezegging {number}",
        text=f"De minister stuurt de brief van {number}.",
        identifiers=(number,),
        office="minister van Infrastructuur en Waterstaat",
        facts={"status": status, "state": state},
        url="",
        **changes,
    )
