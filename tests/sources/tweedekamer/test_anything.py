"""Whatever the Kamer sends: only errors of the sources' own tree, and documents that hold plain words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kamer import BASE, guid

from sources.http import Response
from sources.source import SourceError
from sources.tweedekamer_feed import read_page
from sources.tweedekamer_odata import ENTITY_OF, VERSIONS, parse, read_row
from sources.tweedekamer_papers import meeting, paper, question
from sources.tweedekamer_register import promise

FIELDS = (
    "soort documentnummer nummer titel onderwerp datum volgnummer vergaderjaar aanhangselnummer kenmerkafzender status "
    "tekst datumnakoming kamerbriefnakoming activiteitnummer functie achternaam naam termijn afgedaan externeidentifier"
).split()
RELATIONS = (*ENTITY_OF, "zaak", "kamerstukdossier", "documentactor", "zaakactor", "activiteit")
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "-1",
            "0",
            "0001-01-01T00:00:00Z",
            "2024D27797",
            "<b>x</b>",
            "2024-06-28T00:00:00",
            guid(3),
            "Schriftelijke vragen",
        ]
    ),
    st.integers(-5, 99999999),
    st.booleans(),
    st.none(),
)
BARE = st.dictionaries(st.sampled_from([name.capitalize() for name in FIELDS]), WORDS, max_size=8)
RECORD = st.builds(
    lambda fields, related: {"Id": guid(1), **fields, **related},
    BARE,
    st.dictionaries(
        st.sampled_from([name.capitalize() for name in RELATIONS]),
        st.one_of(WORDS, st.lists(BARE.map(lambda fields: {"Id": guid(2), **fields}), max_size=2), BARE),
        max_size=3,
    ),
)


def answer(body: bytes) -> Response:
    return Response(url=f"{BASE}/x", status=200, content=body)


@settings(max_examples=200, deadline=None)
@given(RECORD, st.sampled_from(sorted(VERSIONS)))
def test_any_record_becomes_a_document_of_plain_words(record, version):
    for entity, make in (("document", paper), ("zaak", question), ("activiteit", meeting), ("toezegging", promise)):
        row = read_row(entity, json.loads(json.dumps(record)), VERSIONS[version])
        assert row is not None
        document = make(row, "tweedekamer")
        assert document.key == f"tweedekamer:{guid(1)}"
        assert all(document.facts.values())
        shown = "".join((document.title, document.office, document.text, *document.facts.values()))
        assert not any(c in shown for c in "\x00\x07\x1b\u200b\n\r")
        assert make(row, "tweedekamer").fingerprint == document.fingerprint
        assert all(identifier and identifier == "".join(identifier.split()) for identifier in document.identifiers)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: f"<feed xmlns='a'><entry>{t}".encode())))
def test_any_bytes_are_a_page_or_an_error_of_ours(body):
    for read in (lambda: read_page(answer(body), "Document", "1"), lambda: parse(answer(body))):
        try:
            read()
        except SourceError:
            continue


@pytest.mark.parametrize("depth", [10, 300, 5000])
def test_deep_nesting_is_an_error_or_a_page_and_never_a_crash(depth):
    deep = b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<a>" * depth + b"</a>" * depth + b"</feed>"
    try:
        assert read_page(answer(deep), "Document", "1").end
    except SourceError:
        assert depth > 200
