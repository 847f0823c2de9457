"""The store: lost updates, migrations, papers, same promises, backup and hostile paths."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from alembic import command
from monitor_examples import START, document, happened, keep, promise, record
from sqlmodel import select

from monitor.letters import keep_promise
from monitor.store import Store, StoreError, commitments, copies, documents, events, migrate, sources
from monitor.store.commitments import Wanted
from monitor.store.rows import CommitmentRow
from monitor.store.sources import PollRecord
from rules.commitment import Actor, Place, Status
from rules.event import EventKind


def url(folder):
    return f"sqlite:///{folder}/nakoming.db"


def test_the_migrations_make_the_tables_that_the_rows_declare(tmp_path):
    store = Store(url(tmp_path))
    assert store.upgrade() == migrate.newest() == store.upgrade()
    assert migrate.differences(store._writing) == []
    store.close()


def older_store(folder, promises, happenings):
    """A database of revision 0001: the promises were kept without steps."""
    store = Store(url(folder))
    with store._writing.begin() as connection:
        command.upgrade(migrate._config(connection), "0001")
    with store.write() as session:
        for made in promises:
            commitments.insert(session, made, START)
        for event in happenings:
            events.record(session, event, event.at)
        for row in session.exec(select(CommitmentRow)):
            for name in ("body", "first_body"):
                setattr(row, name, {key: value for key, value in getattr(row, name).items() if key != "expectations"})
            session.add(row)
    return store


def test_promises_of_an_older_database_get_their_steps_as_far_as_their_history_took_them(tmp_path):
    study = {"quote": "Het WODC doet onderzoek naar fietspaden.", "deadlines": ()}
    both = "Het rapport is voor de zomer gereed en in het najaar volgt mijn reactie."
    row = {"status": Status.FULFILLED, "facts": {"status_paper": "tk:row", "status_on": "2023-02-20"}}
    store = older_store(
        tmp_path,
        [promise("aaaaaaaaaa", **study), promise("bbbbbbbbbb", quote=both), promise("cccccccccc", **row), promise()],
        [
            happened(EventKind.FULFILLED, "aaaaaaaaaa", document="tk:2", step="offering"),
            replace(happened(EventKind.FOLLOW_UP, "aaaaaaaaaa", document="tk:3", step="reaction"), score=0.9),
            happened(EventKind.PARTLY, "bbbbbbbbbb", document="tk:2", step="offering"),
            happened(EventKind.POSTPONED, subject="2024-02-01", latest="2024-02-01"),
        ],
    )
    assert store.upgrade() == "0002" == migrate.newest()
    assert migrate.differences(store._writing) == []
    with store.read() as session:
        held = {c.id: c for c in commitments.listed(session)}
        assert all(held[id_] == events.rebuilt(session, id_) for id_ in held)
        due = dict(session.exec(select(CommitmentRow.id, CommitmentRow.due_latest)).all())
    states = {id_: {one.step: (one.state.value, one.document) for one in c.steps} for id_, c in held.items()}
    assert states["aaaaaaaaaa"] == {"report": ("met", "tk:2"), "offering": ("met", "tk:2"), "reaction": ("met", "tk:3")}
    assert states["bbbbbbbbbb"] == {"report": ("met", "tk:2"), "offering": ("met", "tk:2"), "reaction": ("open", "")}
    assert states["cccccccccc"] == {"keeping": ("met", "tk:row")}
    assert states["abc234defg"] == {"keeping": ("open", "")}
    assert (held["bbbbbbbbbb"].status, due["bbbbbbbbbb"]) == (Status.PARTLY, date(2023, 12, 21))
    assert (held["abc234defg"].status, due["abc234defg"]) == (Status.OPEN, date(2024, 2, 1))
    assert store.upgrade() == "0002", "and nothing happens a second time"
    store.close()


def test_the_steps_can_be_taken_out_again(tmp_path):
    store = older_store(tmp_path, [promise()], [])
    store.upgrade()
    with store._writing.begin() as connection:
        command.downgrade(migrate._config(connection), "0001")
    with store.read() as session:
        assert "expectations" not in session.get(CommitmentRow, "abc234defg").body
    store.close()


def test_what_people_and_papers_do_to_steps_is_stored_and_equals_the_replay(house):
    keep(house, promise(quote="Ik stuur u het onderzoek naar fietspaden met mijn reactie daarop.", deadlines=()))
    record(
        house,
        happened(EventKind.PARTLY, document="tk:2", step="offering"),
        happened(EventKind.STEP, by="Anna", subject="a", step="extra", do="add", latest="2024-05-01"),
        happened(EventKind.FULFILLED, document="tk:3", steps="reaction"),
    )
    with house.store.read() as session:
        stored = commitments.get(session, "abc234defg")
        assert stored == events.rebuilt(session, "abc234defg")
        assert session.get(CommitmentRow, stored.id).due_latest == date(2024, 5, 1)
    assert [(s.step, s.state.value, s.document) for s in stored.steps][1:] == [
        ("offering", "met", "tk:2"),
        ("reaction", "met", "tk:3"),
        ("extra", "open", ""),
    ]


def test_a_database_of_a_newer_version_is_refused_untouched(tmp_path):
    store = Store(url(tmp_path))
    store.upgrade()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match="newer version"):
        store.upgrade()
    store.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "is not an address"),
        ("sqlite://", "in memory"),
        ("sqlite:////proc/nothing/nakoming.db", "cannot be written"),
        ("oracle+nothing://u:geheim@h/db", "driver"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_clear_line_without_a_secret(address, says):
    with pytest.raises(StoreError) as error:
        Store(address)
    assert says in str(error.value)
    assert "geheim" not in str(error.value)


def test_two_threads_that_read_and_then_write_lose_no_update(house):
    with house.store.write() as session:
        sources.save_cursor(session, "count", "", sources.Cursor({"n": "0"}))

    def add():
        for _ in range(25):
            with house.store.write() as session:
                held = int(sources.get(session, "count").cursor.get("n"))
                sources.save_cursor(session, "count", "", sources.Cursor({"n": str(held + 1)}))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.store.read() as session:
        assert sources.get(session, "count").cursor.get("n") == "100"


def test_readers_see_nothing_of_a_transaction_that_fails(house):
    def fails():
        with house.store.write() as session:
            commitments.insert(session, promise(), house.clock())
            raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        fails()
    with house.store.read() as session:
        assert commitments.count(session) == 0


def test_what_is_stored_equals_the_replay_of_its_history(house):
    keep(house, promise())
    record(
        house,
        happened(EventKind.PROGRESS, document="a"),
        happened(EventKind.POSTPONED, subject="2024-02-01", latest="2024-02-01", term="begin 2024"),
        happened(EventKind.FULFILLED, document="b"),
        happened(EventKind.REOPENED, by="Anna", at=house.clock() + timedelta(hours=1)),
    )
    with house.store.read() as session:
        stored = commitments.get(session, "abc234defg")
        assert stored == events.rebuilt(session, "abc234defg")
        assert (stored.status, stored.deadline.latest) == (Status.OPEN, date(2024, 2, 1))


def letters(id_, text, key):
    place = Place(document=key, url=f"https://example.org/{key}", title="Brief")
    return promise(id_, quote=text, places=(place,), own=(key,))


def test_the_same_promise_in_two_letters_is_one_with_two_places(house):
    text = "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen."
    with house.store.write() as session:
        first = keep_promise(session, letters("aaaaaaaaaa", text, "letter:1"), house.clock())
        again = keep_promise(session, letters("aaaaaaaaaa", text, "letter:1"), house.clock())
        other = keep_promise(session, letters("bbbbbbbbbb", text, "letter:2"), house.clock())
        stored = commitments.get(session, "aaaaaaaaaa")
    assert [(k.commitment, k.how) for k in (first, again, other)] == [
        ("aaaaaaaaaa", "made"),
        ("aaaaaaaaaa", "known"),
        ("aaaaaaaaaa", "restated"),
    ]
    assert [p.document for p in stored.places] == ["letter:1", "letter:2"]


def test_a_promise_is_known_again_when_its_ministry_has_another_name(house):
    text = "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen."
    renamed = replace(letters("bbbbbbbbbb", text, "letter:2"), ministry="Infrastructuur en Milieu")
    with house.store.write() as session:
        keep_promise(session, letters("aaaaaaaaaa", text, "letter:1"), house.clock())
        assert keep_promise(session, renamed, house.clock()).how == "restated"


def test_a_rejected_promise_stays_rejected_when_its_letter_is_read_again(house):
    made = letters("aaaaaaaaaa", "Ik kijk hier met belangstelling naar.", "letter:1")
    with house.store.write() as session:
        keep_promise(session, made, house.clock())
        events.record(session, happened(EventKind.REJECTED, "aaaaaaaaaa", by="Anna"), house.clock())
        assert keep_promise(session, made, house.clock()).how == "known"
        assert commitments.get(session, "aaaaaaaaaa").status is Status.REJECTED


def test_a_merged_promise_is_found_under_both_addresses(house):
    keep(house, promise("aaaaaaaaaa"), promise("bbbbbbbbbb"), promise("cccccccccc"))
    record(
        house,
        happened(EventKind.MERGED, "aaaaaaaaaa", by="Anna", into="bbbbbbbbbb"),
        happened(EventKind.MERGED, "bbbbbbbbbb", by="Anna", into="cccccccccc"),
    )
    with house.store.read() as session:
        assert commitments.merged_into(session, "aaaaaaaaaa") == "cccccccccc"
        assert commitments.merged_into(session, "cccccccccc") == "cccccccccc"
        assert commitments.merged_into(session, "unknown") == "unknown"


def test_papers_that_turn_out_to_be_one_keep_the_oldest_name(house):
    def see(key, *identifiers):
        with house.store.write() as session:
            paper = document(key, identifiers=identifiers, url=f"https://www.tweedekamer.nl/{key}")
            return documents.see(session, documents.Arrival(document=paper), house.clock()).paper

    assert see("a:1", "kst-1-1") == "a:1"
    assert see("b:1", "2023D00001") == "b:1"
    assert see("c:1", "kst-1-1", "2023D00001") == "a:1"
    with house.store.read() as session:
        assert {d.key for d in documents.publications(session, "a:1")} == {"a:1", "b:1", "c:1"}
        assert documents.by_identifier(session, "2023D00001").key == "a:1"


def test_lists_are_filtered_by_what_people_ask(house):
    other = promise(
        "bbbbbbbbbb",
        quote="Ik zend een 100% volledige lijst.",
        ministry="Financiën",
        deadlines=(),
        actor=Actor(office="staatssecretaris van Financiën", person="A. Jansen"),
        references=(),
    )
    keep(house, promise("aaaaaaaaaa"), other)
    asked = {
        "aaaaaaaaaa bbbbbbbbbb": Wanted(),
        "aaaaaaaaaa": Wanted(words="FIETSPADEN provinciale"),
        "bbbbbbbbbb": Wanted(words="100%"),
        "": Wanted(words="fietspaden lijst"),
    }
    more = [
        ("bbbbbbbbbb", Wanted(ministry="financiën")),
        ("bbbbbbbbbb", Wanted(holder="jansen")),
        ("aaaaaaaaaa", Wanted(dossier="29398")),
        ("bbbbbbbbbb", Wanted(undated=True)),
        ("aaaaaaaaaa", Wanted(due_to=date(2023, 7, 6))),
        ("", Wanted(due_from=date(2023, 7, 7))),
        ("", Wanted(statuses=(Status.FULFILLED,))),
        ("bbbbbbbbbb", Wanted(skip=1)),
    ]
    with house.store.read() as session:
        for ids, wanted in [*asked.items(), *more]:
            assert [c.id for c in commitments.listed(session, wanted)] == ids.split(), wanted
            if not wanted.skip:
                assert commitments.count(session, wanted) == len(ids.split())


def test_only_the_newest_polls_are_kept(house, monkeypatch):
    monkeypatch.setattr(sources, "KEPT_POLLS", 5)
    monkeypatch.setattr(sources, "TIDY_EVERY", 3)
    for _ in range(9):
        with house.store.write() as session:
            sources.note_polls(session, [(PollRecord(source="x", at=house.clock(), outcome="nothing"), "", None)])
    with house.store.read() as session:
        assert len(sources.polls(session, "x")) == 5
        assert sources.get(session, "x").polls == 9


def test_a_backup_comes_back_whole_and_replaces_nothing_by_itself(house, tmp_path):
    keep(house, promise())
    copy = tmp_path / "copy.db"
    copies.copy(house.store.path, copy)
    target = tmp_path / "other.db"
    copies.put_back(copy, target, force=False)
    restored = Store(f"sqlite:///{target}")
    with restored.read() as session:
        assert commitments.count(session) == 1
    restored.close()
    with pytest.raises(StoreError, match="holds a database"):
        copies.put_back(copy, target, force=False)
    copies.put_back(copy, target, force=True)
    assert (tmp_path / "other.db.before").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be read as a header" * 40])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(house, tmp_path, content):
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(StoreError):
        copies.put_back(bad, house.store.path, force=True)
    with house.store.read() as session:
        assert commitments.count(session) == 0


def test_deciding_about_one_promise_leaves_the_others_alone(house):
    keep(house, promise("aaaaaaaaaa"), replace(promise("bbbbbbbbbb"), status=Status.PROPOSED))
    record(house, happened(EventKind.CONFIRMED, "bbbbbbbbbb", by="Anna"))
    with house.store.read() as session:
        assert [c.status for c in commitments.listed(session)] == [Status.OPEN, Status.OPEN]
