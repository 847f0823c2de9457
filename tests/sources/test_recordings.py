"""Every source against its recordings: normal, empty, not modified, malformed, an error page with status 200, drift.

What is peculiar to one source is tested in a file of its own; here all of them keep the same contract.
"""

from datetime import UTC, datetime

import pytest
from loopback import Reply, conditional, served

from sources.autoriteit_persoonsgegevens import AutoriteitPersoonsgegevens
from sources.feeds import Feed
from sources.officielebekendmakingen import OfficieleBekendmakingen
from sources.open_overheid import OpenOverheid
from sources.pages import ListPage, Watched
from sources.rijksoverheid import Rijksoverheid
from sources.source import ChangedShape, Cursor, Outcome, Refused, SourceError, Unreachable
from sources.wodc import Wodc

NOW = datetime(2023, 2, 10, 12, tzinfo=UTC)

PLACES = {
    "ap": lambda fetcher, url: AutoriteitPersoonsgegevens(fetcher, base_url=url),
    "koop": lambda fetcher, url: OfficieleBekendmakingen(fetcher, base_url=url),
    "open_overheid": lambda fetcher, url: OpenOverheid(fetcher, base_url=url),
    "rijksoverheid": lambda fetcher, url: Rijksoverheid(fetcher, base_url=url),
    "wodc": lambda fetcher, url: Wodc(fetcher, base_url=url),
    "feed": lambda fetcher, url: Feed(fetcher, name="voorbeeld", base_url=f"{url}/feed"),
    "list": lambda fetcher, url: ListPage(fetcher, name="lijst", base_url=f"{url}/nieuws/", item=".news li"),
    "page": lambda fetcher, url: Watched(fetcher, name="pagina", base_url=f"{url}/p", ignore=(".seen",)),
}
NORMAL = {  # source -> (recording, documents in it, lines about what could not be read)
    "ap": ("ap/normal.xml", 2, 1),  # the cross-check finds no list page here, and says so
    "koop": ("koop/normal.xml", 7, 0),
    "open_overheid": ("open_overheid/normal.json", 2, 0),
    "rijksoverheid": ("rijksoverheid/normal.xml", 3, 0),
    "wodc": ("wodc/normal.json", 3, 0),
    "feed": ("feeds/normal_atom.xml", 2, 0),
    "list": ("pages/list.html", 3, 2),
    "page": ("pages/watched.html", 1, 0),
}
EMPTY = {
    "ap": "ap/empty.xml",
    "koop": "koop/empty.xml",
    "open_overheid": "open_overheid/empty.json",
    "rijksoverheid": "rijksoverheid/empty.xml",
    "wodc": "wodc/empty.json",
    "feed": "ap/empty.xml",
}
MALFORMED = {
    "ap": "ap/malformed.xml",
    "koop": "koop/malformed.xml",
    "open_overheid": "open_overheid/malformed.json",
    "rijksoverheid": "rijksoverheid/malformed.xml",
    "wodc": "wodc/malformed.json",
    "feed": "ap/malformed.xml",
}
DRIFT = {
    "ap": "ap/drift.xml",
    "koop": "koop/drift.xml",
    "open_overheid": "open_overheid/drift.json",
    "rijksoverheid": "rijksoverheid/drift.xml",
    "wodc": "wodc/drift.json",
    "feed": "feeds/drift.json",
    "list": "pages/drift.html",
    "page": "pages/drift.html",
}


def polled(source, cursor=None, now=NOW):
    return list(source.poll(cursor or Cursor(), now))


def documents(pages):
    return [document for page in pages for document in page.documents]


def at(server, fetcher, recording, name, file):
    """The source with every address answering with one recording."""
    server.other = served(recording(file), file.rpartition(".")[2])
    return PLACES[name](fetcher, server.url)


@pytest.mark.parametrize("name", PLACES)
def test_a_normal_answer(server, fetcher, recording, name):
    file, count, bad = NORMAL[name]
    source = at(server, fetcher, recording, name, file)
    pages = polled(source)
    found = documents(pages)
    assert len({one.key for one in found}) == len(found) == count
    assert sum(len(page.bad) for page in pages) == bad
    assert pages[-1].outcome is Outcome.NEW
    for one in found:
        assert one.source == source.name
        assert one.key.startswith(f"{source.name}:")
        assert one.title
        assert one.url.startswith("http")
        assert not set(one.identifiers) & set(one.references)


@pytest.mark.parametrize("name", PLACES)
def test_reading_again_gives_the_same_documents(server, fetcher, recording, name):
    source = at(server, fetcher, recording, name, NORMAL[name][0])
    first = polled(source)
    again = documents(polled(source))
    later = documents(polled(source, first[-1].cursor))
    assert [one.fingerprint for one in again] == [one.fingerprint for one in documents(first)]
    assert {one.key for one in later} <= {one.key for one in again}


@pytest.mark.parametrize("name", ["koop", "wodc"])
def test_a_cursor_from_a_clock_that_ran_ahead_hides_nothing(server, fetcher, recording, name):
    source = at(server, fetcher, recording, name, NORMAL[name][0])
    future = {"koop": "2099-01-01", "wodc": "2099-01-01T00:00:00+00:00"}[name]
    pages = polled(source, Cursor({"since": future}))
    assert documents(pages)
    assert pages[-1].cursor.get("since") < "2024"


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_answer_is_read_well_and_brings_nothing(server, fetcher, recording, name):
    pages = polled(at(server, fetcher, recording, name, EMPTY[name]))
    assert documents(pages) == []
    assert pages[-1].outcome is Outcome.NOTHING


@pytest.mark.parametrize("name", ["ap", "feed", "list", "page"])
def test_not_modified_is_told_from_nothing_new(server, fetcher, recording, name):
    file = NORMAL[name][0]
    server.other = conditional(recording(file), file.rpartition(".")[2])
    source = PLACES[name](fetcher, server.url)
    first = polled(source)
    second = polled(source, first[-1].cursor)
    assert [page.outcome for page in second] == [Outcome.NOT_MODIFIED]
    assert second[-1].cursor.get("etag") == '"een"'


@pytest.mark.parametrize("name", MALFORMED)
def test_an_answer_that_breaks_off_is_unreachable_and_keeps_no_cursor(server, fetcher, recording, name):
    with pytest.raises(Unreachable):
        polled(at(server, fetcher, recording, name, MALFORMED[name]))


@pytest.mark.parametrize("name", PLACES)
def test_an_error_page_with_status_200_is_no_answer(server, fetcher, recording, name):
    server.other = served(recording("error_page.html"), "html")
    with pytest.raises(ChangedShape):
        polled(PLACES[name](fetcher, server.url))


@pytest.mark.parametrize("name", DRIFT)
def test_another_form_is_an_error_and_not_silence(server, fetcher, recording, name):
    with pytest.raises(ChangedShape):
        polled(at(server, fetcher, recording, name, DRIFT[name]))


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_status_is_refused(server, fetcher, name, status):
    server.other = Reply(b"nee", status)
    with pytest.raises(Refused) as refused:
        polled(PLACES[name](fetcher, server.url))
    assert refused.value.status == status


@pytest.mark.parametrize("name", PLACES)
def test_a_place_that_is_down_is_unreachable(fetcher, name):
    with pytest.raises(Unreachable):
        polled(PLACES[name](fetcher, "http://127.0.0.1:1"))


@pytest.mark.parametrize("name", PLACES)
def test_a_probe_counts_items_and_knows_the_form_again(server, fetcher, recording, name):
    file, _, _ = NORMAL[name]
    source = at(server, fetcher, recording, name, file)
    probe = source.probe(NOW)
    assert probe.items >= 1
    assert probe == source.probe(NOW)
    assert len(server.paths) <= 2
    with pytest.raises(SourceError):
        at(server, fetcher, recording, name, "error_page.html").probe(NOW)


def test_a_probe_sees_another_form(server, fetcher, recording):
    before = at(server, fetcher, recording, "wodc", "wodc/normal.json").probe(NOW)
    after = at(
        server, fetcher, lambda name: recording(name).replace(b'"dc.type"', b'"dc.soort"'), "wodc", "wodc/normal.json"
    )
    assert after.probe(NOW).fingerprint != before.fingerprint


@pytest.mark.parametrize("name", [n for n in NORMAL if NORMAL[n][0].endswith(".xml")])
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY x "haha"><!ENTITY y "&x;&x;&x;&x;">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd">%x;]>',
    ],
    ids=["laughs", "file", "dtd"],
)
def test_entities_are_never_read(server, fetcher, recording, name, declared):
    body = recording(NORMAL[name][0])
    head, _, rest = body.partition(b"?>")
    server.other = served(head + b"?>" + declared + rest.replace(b"</", b"&y;</", 3))
    with pytest.raises(ChangedShape, match="entities"):
        polled(PLACES[name](fetcher, server.url))
