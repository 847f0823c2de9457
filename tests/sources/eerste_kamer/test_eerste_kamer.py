"""The Eerste Kamer's rappel pages: items in several layouts, links between pages, what leaves a list, what is wrong."""

from datetime import UTC, date, datetime

import pytest

from sources.document import Kind
from sources.eerste_kamer import EersteKamer, dossiers_in, items_of, shifts
from sources.http import Response
from sources.source import ChangedShape, Cursor, Outcome, Refused, Unreachable

BASE = "https://www.eerstekamer.nl"
NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)
START = "bzk/sep25"
FIELDS = {
    "Nummer": "T01237",
    "Status": "openstaand",
    "Datum toezegging": "7 april 2009",
    "Deadline": "1 januari 2024",
    "Voormalige Verantwoordelijke(n)": "Staatssecretaris van Buitenlandse Zaken",
    "Huidige Verantwoordelijke(n)": "Minister van Binnenlandse Zaken en Koninkrijksrelaties",
    "Commissie": "commissie voor Binnenlandse Zaken (BIZA)",
    "Soort activiteit": "Schriftelijk overleg",
    "Categorie": "overig",
    "Onderwerpen": "discriminatie<br>gelijke behandeling",
    "Kamerstukken": "Europees voorstel (31.544)<br>Nieuwe Commissievoorstellen (22.112)",
}
LAYOUTS = {
    "a table": ("<table>{}</table>", "<tr><th>{}</th><td>{}</td></tr>"),
    "a table without space": ("<table><tbody>{}</tbody></table>", "<tr><td>{}</td><td>{}</td></tr>"),
    "a list of terms": ("<dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
    "loose blocks": ("<section>{}</section>", "<div><div>{}</div><div>{}</div></div>"),
    "lines": ("{}", "<p>{} {}</p>"),
    "lines with colons": ("{}", "<p>{}: {}</p>"),
}


def item(
    number="T01237",
    title="Toezending conceptversie richtlijn (22.112 / 31.544, CK)",
    layout="a table",
    own="",
    **fields,
):
    outer, inner = LAYOUTS[layout]
    stated = {**FIELDS, "Nummer": number, **{name.replace("_", " "): value for name, value in fields.items()}}
    rows = "".join(inner.format(name, value) for name, value in stated.items() if value is not None)
    head = f"Toezegging {title} ({number})"
    head = f'<a href="{own}">{head}</a>' if own else head
    return (
        f"<h3>{head}</h3><p>De staatssecretaris zegt de Kamer toe de definitieve richtlijn te sturen.</p>"
        f"<h4>Kerngegevens</h4>{outer.format(rows)}<h4>Uit de stukken</h4>"
        f"<p>Kamerstukken I 2008/09, 22 112 / 31 544, CK, p. 2:</p><p>Status quo blijft, zei de minister.</p>"
        "<h4>Brondocumenten</h4><h4>Historie</h4><ul><li>7 april 2009 toezegging gedaan</li>"
        "<li>2 juli 2019: deadline verschoven naar 1 juli 2021</li>"
        "<li>3 juli 2021 nieuwe deadline: 1 januari 2024</li></ul>"
    )


def page(*items, links=(), ministry="Binnenlandse Zaken"):
    anchors = "".join(
        f'<a href="/rappel?ministerie={m}&amp;rappel={r}">{m}</a>' for m, r in (x.split("/") for x in links)
    )
    title = f"Rappelabele toezeggingen {ministry} (Rappel toezeggingen september 2025)"
    main = f"<h1>{title}</h1><p>Dit is het rappel tot 02-07-25.</p>{''.join(items)}"
    return f"<html><body><nav>{anchors}</nav><main>{main}</main></body></html>"


class Site:
    def __init__(self, **pages):
        self.pages = {"/rappel?ministerie=bzk&rappel=sep25": page(item()), **pages}
        self.asked = []

    def list(self, key, body):
        self.pages["/rappel?ministerie={}&rappel={}".format(*key.split("/"))] = body

    def get(self, url, *, etag="", modified="", accept="", **limits):
        self.asked.append(url)
        body = self.pages.get(url.removeprefix(BASE))
        if body is None:
            raise Refused(f"{url}: 404", status=404)
        if isinstance(body, Exception):
            raise body
        tag = f'"{hash(body)}"'
        if etag == tag:
            return Response(url=url, status=304, not_modified=True)
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": tag}
        return Response(url=url, status=200, headers=headers, content=body.encode())


def poll(site, cursor=Cursor(), pages=(START,)):
    answered = list(EersteKamer(site, pages=pages).poll(cursor, NOW))
    return {d.identifiers[0] if d.identifiers else d.key: d for p in answered for d in p.documents}, answered


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_item_is_read_whatever_the_layout(layout):
    documents, pages = poll(Site(**{"/rappel?ministerie=bzk&rappel=sep25": page(item(layout=layout))}))
    (one,) = documents.values()
    assert (one.key, one.kind, one.identifiers) == ("eerste_kamer:T01237", Kind.REGISTER, ("T01237",))
    assert one.title == "Toezegging T01237: Toezending conceptversie richtlijn (22.112 / 31.544, CK)"
    assert one.text == "De staatssecretaris zegt de Kamer toe de definitieve richtlijn te sturen."
    assert one.office == "Minister van Binnenlandse Zaken en Koninkrijksrelaties"
    assert one.published_on == date(2009, 4, 7)
    assert one.references == ("dossier:22112", "dossier:31544", "kst-22112-CK", "kst-31544-CK")
    assert one.url == f"{BASE}/rappel?ministerie=bzk&rappel=sep25"
    assert {name: one.facts[name] for name in one.facts if name != "history"} == {
        "kind": "Toezegging Eerste Kamer",
        "status": "openstaand",
        "state": "open",
        "addressee": "Eerste Kamer",
        "dossier": "22112|31544",
        "deadline": "2024-01-01",
        "earlier_deadlines": "2021-07-01",
        "ministry": "Binnenlandse Zaken",
        "former_office": "Staatssecretaris van Buitenlandse Zaken",
        "committee": "commissie voor Binnenlandse Zaken (BIZA)",
        "activity": "Schriftelijk overleg",
        "category": "overig",
        "topics": "discriminatie|gelijke behandeling",
    }
    assert not any(p.bad or p.unknown for p in pages)


def test_quotes_without_their_heading_do_not_run_into_the_facts():
    body = (
        item(Kamerleden="mr. A (SP)", Kamerstukken="Wet (33.344)")
        .replace("<h4>Uit de stukken</h4>", "")
        .replace("<h4>Kerngegevens</h4>", "")
    )
    (one,) = items_of(Response(url="x", status=200, content=page(body).encode()))
    assert one.fields["papers"] == "Wet (33.344)"
    assert one.fields["status"] == "openstaand"
    assert one.quotes.startswith("Kamerstukken I 2008/09")


@pytest.mark.parametrize(
    ("raw", "status"),
    [("openstaand", "open"), ("deels voldaan", "partly"), ("Voldaan", "fulfilled"), ("niet-relevant", None)],
)
def test_statuses_and_unknown_ones_raw(raw, status):
    documents, pages = poll(Site(**{"/rappel?ministerie=bzk&rappel=sep25": page(item(Status=raw))}))
    facts = documents["T01237"].facts
    assert (facts.get("state"), facts["status"]) == (status, raw)
    assert [w for p in pages for w in p.unknown] == ([] if status else [f"register status: {raw}"])


def test_all_items_of_all_linked_pages_each_once():
    site = Site()
    site.list(
        "bzk/sep25", page(item(), item("T02615", "Effecten (34.349)"), links=["jv/sep25", "bzk/sep25", "bzk/mrt25"])
    )
    site.list("jv/sep25", page(item("T03130"), links=["bzk/sep25"], ministry="Justitie"))
    site.list("bzk/mrt25", page())
    documents, pages = poll(site)
    assert list(documents) == ["T01237", "T02615", "T03130"]
    assert documents["T03130"].facts["ministry"] == "Justitie"
    assert [p.outcome for p in pages] == [Outcome.NEW, Outcome.NEW, Outcome.NOTHING, Outcome.NOTHING]
    assert len(site.asked) == 3


def test_a_contents_list_above_the_items_is_no_item():
    toc = "<ul><li>Toezegging Toezending (22.112 / 31.544, CK) (T01237)</li><li>Toezegging Effecten (T02615)</li></ul>"
    documents, _ = poll(Site(**{"/rappel?ministerie=bzk&rappel=sep25": page(toc, item(), item("T02615", "Effecten"))}))
    assert list(documents) == ["T01237", "T02615"]
    assert all(d.facts["state"] == "open" for d in documents.values())


def test_a_page_without_items_is_nothing_and_an_unchanged_one_is_not_modified():
    site = Site()
    site.list("bzk/sep25", page())
    documents, pages = poll(site)
    assert (documents, {p.outcome for p in pages}) == ({}, {Outcome.NOTHING})
    site.list("bzk/sep25", page(item(), links=["jv/sep25"]))
    site.list("jv/sep25", page(item("T03130")))
    first, pages = poll(site, pages[-1].cursor)
    again, unchanged = poll(site, pages[-1].cursor)
    assert (len(first), again) == (2, {})
    assert {p.outcome for p in unchanged} == {Outcome.NOT_MODIFIED}
    assert unchanged[-1].cursor == pages[-1].cursor


def test_the_cursor_moves_with_the_last_page_only():
    site = Site()
    site.list("bzk/sep25", page(item(), links=["jv/sep25"]))
    site.list("jv/sep25", page(item("T03130")))
    pages = poll(site)[1]
    assert [p.cursor.values != {} for p in pages] == [False, False, True]


def test_what_leaves_the_list_is_read_on_its_own_page_until_it_is_settled():
    site = Site()
    own = f"{BASE}/toezegging/toezending_conceptversie"
    site.list("bzk/sep25", page(item(own=own), item("T02615", "Effecten")))
    documents, pages = poll(site)
    assert documents["T01237"].url == own
    site.list("bzk/sep25", page(item("T02615", "Effecten")))
    site.pages["/toezegging/toezending_conceptversie"] = page(item(Status="openstaand", Deadline="1 juli 2026"))
    moved, pages = poll(site, pages[-1].cursor)
    assert moved["T01237"].facts["deadline"] == "2026-07-01"
    assert moved["T01237"].facts["earlier_deadlines"] == "2021-07-01|2024-01-01"
    site.pages["/toezegging/toezending_conceptversie"] = Unreachable("no answer")
    nothing, pages = poll(site, pages[-1].cursor)
    assert "T01237" not in nothing
    assert [line for p in pages for line in p.bad] == ["T01237 left the list: no answer"]
    site.pages["/toezegging/toezending_conceptversie"] = page(item(Status="voldaan"))
    settled, pages = poll(site, pages[-1].cursor)
    assert settled["T01237"].facts["state"] == "fulfilled"
    assert "T01237" not in poll(site, pages[-1].cursor)[0]


def test_what_leaves_the_list_and_the_site_is_withdrawn_and_without_a_page_it_is_said():
    site = Site()
    site.list("bzk/sep25", page(item(own="/toezegging/weg"), item("T02615", "Effecten")))
    _, pages = poll(site)
    site.list("bzk/sep25", page())
    documents, pages = poll(site, pages[-1].cursor)
    assert documents["eerste_kamer:T01237"].withdrawn
    assert [line for p in pages for line in p.bad] == ["T02615 left the list and has no page of its own"]
    assert poll(site, pages[-1].cursor)[1][-1].bad == ()


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><h1>Onderhoud</h1><p>De site is even niet bereikbaar.</p></body></html>",
        "",
        "<html><body><h1>Rappel</h1><p>Nieuwe vorm: T01237 - openstaand</p></body></html>",
        page(item(Status=None)),
        page(item()).replace("Nummer", "Kenmerk"),
    ],
    ids=["an error page with status 200", "empty", "another form", "no statuses", "another label"],
)
def test_a_page_in_another_form_is_an_error_and_never_nothing(body):
    with pytest.raises(ChangedShape):
        poll(Site(**{"/rappel?ministerie=bzk&rappel=sep25": body}))


@pytest.mark.parametrize("length", [600, 900, 1500])
def test_a_page_that_breaks_off_is_no_page(length):
    site = Site(**{"/rappel?ministerie=bzk&rappel=sep25": page(item(), item("T02615", "Effecten"))[:length]})
    with pytest.raises((Unreachable, ChangedShape)):
        poll(site)


def test_one_item_without_a_status_is_set_aside_in_words():
    documents, pages = poll(
        Site(**{"/rappel?ministerie=bzk&rappel=sep25": page(item(), item("T02615", "Effecten", Status=None))})
    )
    assert list(documents) == ["T01237"]
    assert sum(len(p.bad) for p in pages) == 1


def test_links_to_other_hosts_and_odd_keys_are_not_followed():
    site = Site()
    evil = '<a href="https://evil.example/rappel?ministerie=x&amp;rappel=../y">x</a>'
    evil += '<a href="/toezegging/t01237">T01237</a>'
    site.list("bzk/sep25", page(evil, item(), f'<a href="https://evil.example/toezegging/x">{"T01237"}</a>'))
    documents, _ = poll(site)
    assert documents["T01237"].url == f"{BASE}/toezegging/t01237"
    assert all(address.startswith(BASE) for address in site.asked)


@pytest.mark.parametrize("pages", [(), ("bzk",), ("bzk/../x",), ("https://x/y",)])
def test_wrong_keys_in_the_settings_are_named(pages):
    with pytest.raises(ValueError, match="pages"):
        EersteKamer(Site(), pages=pages)


def test_a_probe_knows_the_form_again():
    site = Site()
    source = EersteKamer(site, pages=(START,))
    first = source.probe(NOW)
    site.list("bzk/sep25", page(item("T02615", "Anders"), item()))
    assert (first.items, source.probe(NOW).items) == (1, 2)
    assert source.probe(NOW).fingerprint == first.fingerprint
    site.list("bzk/sep25", page(item(Deadline=None)))
    assert source.probe(NOW).fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("history", "days"),
    [
        (("1 juli 2021 nieuwe deadline: 1 januari 2022",), ["2022-01-01"]),
        (
            ("Termijn gewijzigd in 1 juli 2023", "Deadline 1 juli 2023", "deadline 01-01-2024"),
            ["2023-07-01", "2024-01-01"],
        ),
        (("7 april 2009 toezegging gedaan", "status voldaan op 1 juli 2020"), []),
        ((), []),
    ],
)
def test_shifts_of_the_deadline(history, days):
    assert [str(day) for day in shifts(history)] == days


def test_dossiers_as_this_chamber_writes_them():
    assert dossiers_in("Wet (33.344) (36.600 VII) 1.234.567 en 31.544,") == (
        "dossier:33344",
        "dossier:36600-VII",
        "dossier:31544",
    )
