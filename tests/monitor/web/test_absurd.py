"""Whatever an address holds, the answer is a page or a clear refusal, never a fault."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PATHS = [
    "/", "/toezeggingen", "/toezeggingen/", "/brieven/", "/bronnen", "/statistiek", "/inloggen", "/beoordelen",
    "/abonnementen", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/termijnen.ics",
    "/api/v1/commitments", "/api/v1/commitments/", "/api/v1/events", "/api/v1/documents/", "/api/docs",
]  # fmt: skip
NAMES = [
    "status", "ministerie", "bewindspersoon", "dossier", "q", "deadline", "toezegging", "pagina", "voor", "na", "taal",
    "naar", "limit", "offset", "before", "after", "kind", "klaar", "archief",
]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(["2023-02-30", "0000", "9999-12-31", "%", "_", "\x00", "en", "nl", "{x}", "{{7*7}}", "../..", "'"]),
)
OFTEN = settings(
    derandomize=True,
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the pages only read
)


@OFTEN
@given(path=st.sampled_from(PATHS), tail=st.text(max_size=12), query=st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_no_address_is_a_fault(client, filled, path, tail, query):
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    answer = client.get(f"{path}{quote(tail, safe='') if path.endswith('/') else ''}?{text}")
    assert answer.status_code < 500


def test_no_template_runs_what_a_visitor_wrote(client):
    page = client.get("/toezeggingen?q=" + quote("{{7*7}}{% raw %}")).text
    assert 'value="{{7*7}}{% raw %}"' in page


@settings(OFTEN, max_examples=40)
@given(header=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
@pytest.mark.parametrize("name", ["accept-language", "cookie", "if-none-match", "if-modified-since", "origin"])
def test_no_header_is_a_fault(client, name, header):
    assert client.get("/feeds/rss.xml", headers={name: header}).status_code < 500
    assert client.get("/", headers={name: header}).status_code < 500
