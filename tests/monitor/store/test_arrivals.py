"""Documents that are kept together are kept exactly as they would be one by one."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from monitor_examples import START, document
from sqlalchemy import delete
from sqlmodel import select

from monitor.store import Store, documents
from monitor.store.rows import DocumentRow, IdentifierRow, TextRow, VersionRow

TABLES = (
    (DocumentRow, DocumentRow.key),
    (IdentifierRow, IdentifierRow.identifier),
    (VersionRow, VersionRow.fingerprint),
    (TextRow, TextRow.sha256),
)
COMING = st.tuples(
    st.sampled_from("abcdef"),  # key
    st.sampled_from(("", "", "kst-1-1", "kst-1-2", "2023D00001", "kst-1-1 2023D00001")),  # identifiers
    st.sampled_from(("", "een", "twee")),  # text
    st.booleans(),  # withdrawn
    st.booleans(),  # lacks its text
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('arrivals')}/nakoming.db")
    made.upgrade()
    yield made
    made.close()


def arrival(key, names, text, withdrawn, lacks_text):
    paper = document(
        f"bron:{key}",
        identifiers=tuple(names.split()),
        text="" if lacks_text else text,
        url=f"https://voorbeeld.nl/{key}",
        withdrawn=withdrawn,
    )
    return documents.Arrival(document=paper, polled=paper.fingerprint, lacks_text=lacks_text)


def kept(store, batches, see):
    """What the store says after all batches, and what each document was seen as."""
    seen = []
    for turn, batch in enumerate(batches):
        with store.write() as session:
            seen += see(session, [arrival(*one) for one in batch], START + timedelta(hours=turn))
    with store.write() as session:
        tables = [
            [row.model_dump(exclude={"id"}) for row in session.exec(select(row).order_by(order))]
            for row, order in TABLES
        ]
        for row, _ in TABLES:
            session.execute(delete(row))
    return tables, seen


def one_by_one(session, arrivals, now):
    return [documents.see(session, one, now) for one in arrivals]


@given(st.lists(st.lists(COMING, max_size=7), max_size=4))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    [
        [("a", "kst-1-1", "een", False, False), ("b", "2023D00001", "", False, True)],
        [("c", "", "een", False, False), ("d", "kst-1-1 2023D00001", "twee", False, False), ("e", "", "", True, False)],
    ]
)
def test_together_is_as_one_by_one(store, batches):
    assert kept(store, batches, documents.see_many) == kept(store, batches, one_by_one)


def test_new_ones_are_written_in_few_statements(store):
    with store.write() as session:
        ran = []
        real = session.execute
        session.execute = lambda *given: ran.append(given) or real(*given)
        arrivals = [arrival(f"veel{n}", f"kst-9-{n}", f"tekst {n}", False, False) for n in range(40)]
        assert len(documents.see_many(session, arrivals, START)) == 40
        assert len(ran) < 10
