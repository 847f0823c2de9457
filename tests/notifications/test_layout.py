"""How it looks: valid and escaped HTML, light and dark, without anything fetched from elsewhere."""

import re
from html.parser import HTMLParser

import pytest
from notification_examples import AT, BASE, HOSTILE, commitment, happening, source_happening

from notifications.compose import Blind, Links, compose
from notifications.layout import item_html
from notifications.subscription import Subscription, Way
from notifications.telling import tell
from notifications.words import Language
from rules.event import EventKind

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Tree(HTMLParser):
    """Checks that every element is closed where it was opened; keeps elements with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen = [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def page(happenings, **changes):
    given = {"id": "s1", "way": Way.MAIL, "address": "a@example.org", "note": "omdat", **changes}
    links = Links(manage=f"{BASE}/abonnementen/1", unsubscribe=f"{BASE}/abonnementen/1/einde")
    return compose(
        happenings, Subscription(**given), key="d-1", now=AT, links=links, blind=[Blind(name="WODC", since=AT)]
    ).html


@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_well_formed_and_says_its_language(kind, language):
    tree = Tree(page([happening(kind, promise=commitment(quote=HOSTILE))], language=language))
    assert ("html", {"lang": language.value}) in tree.seen
    assert [tag for tag, _ in tree.seen].count("h1") == 1


def test_a_digest_has_one_heading_above_the_others():
    tags = [tag for tag, _ in Tree(page([happening(), source_happening()])).seen]
    assert tags.count("h1") == 1
    assert tags.count("h2") == 2
    assert tags.index("h1") < tags.index("h2")


def test_nothing_is_fetched_and_nothing_runs():
    tree = Tree(page([happening(), source_happening()]))
    assert not {tag for tag, _ in tree.seen} & {"img", "script", "link", "iframe", "object", "form"}
    assert "url(" not in page([happening()])
    assert not [name for _, attributes in tree.seen for name in attributes if name.startswith("on")]


def test_every_link_is_a_web_address_and_has_words():
    html = page([happening(), source_happening()])
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html)
    assert len(links) >= 6
    for address, words in links:
        assert address.startswith("https://")
        assert words.strip()


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("words", "ground"),
    [("#1b1f24", "#f3f4f6"), ("#1b1f24", "#ffffff"), ("#4b5563", "#f3f4f6"), ("#0b57a4", "#f3f4f6"),
     ("#ffffff", "#0b57a4"), ("#1b1f24", "#fff4e0"), ("#e8eaee", "#14171c"), ("#e8eaee", "#1e232a"),
     ("#b4bcc8", "#14171c"), ("#8ec2ff", "#1e232a"), ("#10151b", "#8ec2ff"), ("#e8eaee", "#33260f")],
)  # fmt: skip
def test_words_stand_out_in_light_and_dark(words, ground):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1; the pairs are those of the style sheet."""
    style = page([happening()]).partition("<style>")[2].partition("</style>")[0]
    assert words in style
    assert ground in style
    assert contrast(words, ground) >= 4.5


def test_dark_mode_is_asked_for_and_answered():
    html = page([happening()])
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html


def test_a_fragment_for_feeds_has_no_styles_and_is_well_formed():
    fragment = item_html(tell(happening(promise=commitment(quote=HOSTILE)), Language.NL), Language.NL)
    tree = Tree(fragment)
    assert not [tag for tag, attributes in tree.seen if tag in ("style", "script") or "style" in attributes]
    assert "&lt;script&gt;" in fragment
