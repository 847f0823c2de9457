"""What of WCAG 2.2 AA a machine can check: contrast in light and dark, names, labels, landmarks, headings, tables."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import monitor.web

PAGES = [
    "/", "/toezeggingen", "/toezeggingen?q=bankenwet&status=open", "/toezeggingen/abc234defg", "/brieven/letter:1",
    "/bronnen", "/statistiek", "/abonnementen", "/beoordelen", "/api/docs", "/nergens",
]  # fmt: skip
CSS = (Path(monitor.web.__file__).parent / "static/style.css").read_text(encoding="utf-8")
TEXT, LARGE = 4.5, 3.0
PAIRS = [  # (in front, behind, least)
    ("ink", "paper", TEXT), ("ink", "soft", TEXT), ("quiet", "paper", TEXT), ("quiet", "soft", TEXT),
    ("link", "paper", TEXT), ("link", "soft", TEXT), ("link", "attention-soft", TEXT), ("on-accent", "accent", TEXT),
    ("good", "good-soft", TEXT), ("attention", "attention-soft", TEXT), ("ink", "good-soft", TEXT),
    ("ink", "attention-soft", TEXT), ("ink", "mark", TEXT), ("settled", "paper", LARGE), ("running", "paper", LARGE),
    ("found", "paper", LARGE), ("good", "paper", LARGE), ("attention", "paper", LARGE), ("accent", "paper", 1.0),
]  # fmt: skip


def colours(dark):
    light_block, dark_block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light_block))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark_block)) if dark else found


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "behind", "least"), PAIRS)
def test_contrast(front, behind, least, dark):
    palette = colours(dark)
    light, shade = sorted([luminance(palette[front]), luminance(palette[behind])], reverse=True)
    assert (light + 0.05) / (shade + 0.05) >= least


def the_skeleton_of_a_page(soup):
    assert soup.html["lang"] == "nl"
    assert soup.title.text.strip()
    assert len(soup.find_all("h1")) == 1
    assert len(soup.find_all("main")) == len(soup.find_all("footer")) == 1
    skip = soup.body.find("a")
    assert skip["href"] == f"#{soup.main['id']}"
    assert all(nav.get("aria-label") for nav in soup.find_all("nav"))
    assert soup.find("meta", {"name": "viewport"})["content"] == "width=device-width, initial-scale=1"


def headings_skip_no_level(soup):
    levels = [int(heading.name[1]) for heading in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def ids_are_unique_and_references_lead_somewhere(soup):
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for element in soup.find_all(attrs={name: True}):
            assert element[name] in ids


def every_field_has_a_label(soup):
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") != "hidden":
            assert field.find_parent("label") or soup.find("label", {"for": field.get("id")}), field


def every_button_and_link_says_something(soup):
    for element in soup.find_all(["button", "a"]):
        assert element.get_text(strip=True), element


def tables_name_their_columns_and_rows_and_can_be_scrolled_by_key(soup):
    for table in soup.find_all("table"):
        assert all(head.get("scope") in ("col", "row") for head in table.find_all("th"))
        region = table.find_parent(attrs={"role": "region"})
        assert region["tabindex"] == "0"
        assert region.get("aria-label") or region.get("aria-labelledby")


def drawings_have_a_name_or_are_hidden(soup):
    for drawing in soup.find_all("svg"):
        named = drawing.get("aria-label") or drawing.get("aria-labelledby")
        assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and named)


def test_dutch_quotes_are_marked_as_dutch_on_english_pages(reviewer):
    soup = BeautifulSoup(reviewer.get("/toezeggingen/abc234defg?taal=en").content, "lxml")
    assert soup.blockquote["lang"] == "nl"
    assert soup.html["lang"] == "en"


class Balance(HTMLParser):
    """Open and close tags match: what a forgiving parser would hide."""

    VOID = frozenset("meta link input img br hr line rect".split())

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def the_markup_is_balanced(text):
    parser = Balance()
    parser.feed(text)
    assert (parser.wrong, parser.open) == ([], [])


CHECKS = [
    the_skeleton_of_a_page,
    headings_skip_no_level,
    ids_are_unique_and_references_lead_somewhere,
    every_field_has_a_label,
    every_button_and_link_says_something,
    tables_name_their_columns_and_rows_and_can_be_scrolled_by_key,
    drawings_have_a_name_or_are_hidden,
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_used_by_everybody(reviewer, path):
    page = reviewer.get(path)
    the_markup_is_balanced(page.text)
    for check in CHECKS:
        check(BeautifulSoup(page.content, "lxml"))


def test_the_login_page_can_be_used_by_everybody(client):
    page = client.get("/inloggen")
    the_markup_is_balanced(page.text)
    for check in CHECKS:
        check(BeautifulSoup(page.content, "lxml"))
