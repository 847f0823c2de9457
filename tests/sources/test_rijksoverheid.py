"""rijksoverheid.nl: an RSS search that gives twenty items at most and no pages, read whole all the same."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from loopback import Reply, served

from sources.document import Kind
from sources.rijksoverheid import Rijksoverheid
from sources.source import Cursor

NOW = datetime(2026, 7, 2, 12, tzinfo=UTC)
SITE = "https://www.rijksoverheid.nl"


def documents(pages):
    return [document for page in pages for document in page.documents]


def stamp(moment: datetime) -> str:
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


class Site:
    """Answers searches over a set of items as the site does: twenty at most over RSS, pages over JSON."""

    def __init__(self, moments: dict[str, datetime]) -> None:
        self.moments = moments
        self.searched = 0

    def within(self, filters) -> list[str]:
        (period,) = next(one["values"] for one in filters if one["field"] == "sort_date")
        first, last = (datetime.fromisoformat(period[end].replace("Z", "+00:00")) for end in ("from", "to"))
        return [path for path, moment in self.moments.items() if first <= moment <= last]

    def rss(self, asked):
        paths = self.within(json.loads(asked.query["query"])["filters"])[:20]
        entries = "".join(
            f"<item><title>Stuk {path}</title><link>{SITE}{path}</link>"
            f"<pubDate>{stamp(self.moments[path])}</pubDate></item>"
            for path in paths
        )
        return served(f'<rss version="2.0"><channel><title>Zoeken</title>{entries}</channel></rss>'.encode())

    def search(self, asked):
        self.searched += 1
        state = json.loads(asked.body)["requestState"]
        paths = self.within(state["filters"])[(state["current"] - 1) * state["resultsPerPage"] :][
            : state["resultsPerPage"]
        ]
        results = [
            {
                "page_title": {"raw": f"Stuk {path}"},
                "url": {"raw": path},
                "sort_date": {"raw": self.moments[path].isoformat()},
            }
            for path in paths
        ]
        return served(json.dumps({"rawResponse": {"rawResults": results}}).encode(), "json")


def put(server, site: Site) -> Site:
    server.routes |= {"/api/rss": site.rss, "/api/search": site.search}
    return site


def test_kinds_and_days_of_items(server, fetcher, recording):
    server.routes["/api/rss"] = served(recording("rijksoverheid/normal.xml"))
    found = {
        one.key.rpartition("/")[2]: one
        for one in documents(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor(), NOW))
    }
    letter, news, report = found["kamerbrief-register"], found["meer-toezicht"], found["evaluatie-uavg"]
    assert (letter.kind, news.kind, report.kind) == (Kind.LETTER, Kind.NEWS, Kind.REPORT)
    assert letter.url == f"{SITE}/documenten/2026/07/02/kamerbrief-register"
    assert letter.published_on == date(2026, 7, 2)  # stamped at Amsterdam midnight
    assert report.facts == {"kind": "rapporten"}


def test_the_question_holds_full_instants_and_the_words(server, fetcher, recording):
    server.routes["/api/rss"] = served(recording("rijksoverheid/empty.xml"))
    source = Rijksoverheid(
        fetcher, base_url=server.url, terms=("functionaris gegevensbescherming",), topics=("Privacy",)
    )
    list(source.poll(Cursor({"since": NOW.isoformat()}), NOW))
    asked = json.loads(server.asked[0].query["query"])
    assert asked["resultSearchTerm"] == "functionaris gegevensbescherming"
    period, topic = asked["filters"]
    assert period["values"][0] == {
        "name": "specificPeriod",
        "from": "2026-07-01T10:00:00.000Z",
        "to": "2026-07-01T21:59:59.999Z",
    }
    assert topic["values"] == ["Privacy"]


def test_a_cut_off_answer_is_narrowed_until_all_is_read(server, fetcher):
    moments = {f"/documenten/2026/07/02/stuk-{n}": NOW - timedelta(minutes=7 * n + 1) for n in range(150)}
    site = put(server, Site(moments))
    found = documents(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor({"since": NOW.isoformat()}), NOW))
    assert {one.url.removeprefix(SITE) for one in found} == set(moments)
    assert len(found) == 150
    assert site.searched == 0


def test_a_busy_midnight_is_read_by_the_search_with_pages(server, fetcher):
    midnight = datetime(2026, 7, 1, 22, tzinfo=UTC)
    moments = {f"/documenten/2026/07/02/stuk-{n}": midnight for n in range(130)}
    site = put(server, Site(moments))
    pages = list(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor({"since": NOW.isoformat()}), NOW))
    assert len(documents(pages)) == 130
    assert site.searched == 3
    assert sum(len(page.bad) for page in pages) == 0


def test_a_search_that_fails_costs_only_what_it_would_have_added_and_is_said(server, fetcher):
    midnight = datetime(2026, 7, 1, 22, tzinfo=UTC)
    put(server, Site({f"/documenten/2026/07/02/stuk-{n}": midnight for n in range(30)}))
    server.routes["/api/search"] = Reply(b"", 400)
    pages = list(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor({"since": NOW.isoformat()}), NOW))
    assert len(documents(pages)) == 20
    assert "could be read" in pages[0].bad[0]


def test_the_search_brings_ministry_and_kind(server, fetcher, recording):
    midnight = datetime(2026, 7, 1, 22, tzinfo=UTC)
    put(server, Site({f"/documenten/2026/07/02/stuk-{n}": midnight for n in range(20)}))
    server.routes["/api/search"] = served(recording("rijksoverheid/search.json"), "json")
    (note,) = documents(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor({"since": NOW.isoformat()}), NOW))
    assert (note.kind, note.url) == (Kind.ANNEX, f"{SITE}/documenten/2026/07/02/beslisnota")
    assert note.facts == {"kind": "Beslisnota", "ministry": "Ministerie van Justitie en Veiligheid"}


def test_two_questions_bring_a_paper_once(server, fetcher, recording):
    server.routes["/api/rss"] = served(recording("rijksoverheid/normal.xml"))
    source = Rijksoverheid(fetcher, base_url=server.url, terms=("register", "AVG"))
    assert len(documents(source.poll(Cursor(), NOW))) == 3


def test_history_goes_by_weeks_and_can_go_on(server, fetcher):
    put(server, Site({f"/actueel/nieuws/2026/06/{n:02d}/x": datetime(2026, 6, n, 9, tzinfo=UTC) for n in range(1, 29)}))
    source = Rijksoverheid(fetcher, base_url=server.url)
    pages = list(source.backfill(date(2026, 6, 1), date(2026, 6, 20), Cursor(), NOW))
    assert [len(page.documents) for page in pages] == [7, 7, 6]
    rest = list(source.backfill(date(2026, 6, 1), date(2026, 6, 20), pages[1].cursor, NOW))
    assert [one.published_on.day for one in documents(rest)] == list(range(15, 21))


def test_the_page_of_an_item_is_read_at_the_place_of_the_settings(server, fetcher, recording):
    server.routes["/api/rss"] = served(recording("rijksoverheid/normal.xml"))
    words = "Geachte voorzitter, hierbij de brief over het register, zie Kamerstuk 32 761, nr. 304."
    server.routes["/documenten/2026/07/02/kamerbrief-register"] = served(f"<main>{words}</main>".encode(), "html")
    source = Rijksoverheid(fetcher, base_url=server.url)
    letter = next(one for one in documents(source.poll(Cursor(), NOW)) if one.kind is Kind.LETTER)
    full = source.fill(letter)
    assert (full.text, full.url) == (words, letter.url)
    assert "kst-32761-304" in full.references


@pytest.mark.parametrize("path", ["/documenten/2026/07/02/Register", "/documenten/2026/07/02/register?x=1#y"])
def test_case_and_query_make_no_other_paper(server, fetcher, path):
    put(server, Site({path: NOW - timedelta(hours=1)}))
    (document,) = documents(Rijksoverheid(fetcher, base_url=server.url).poll(Cursor(), NOW))
    assert document.key == "rijksoverheid:/documenten/2026/07/02/register"
