"""The mail and the feeds as a browser shows them: on a phone, in the dark, with links that can be clicked."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from notification_examples import AT, BASE, HOSTILE, commitment, happening, source_happening

from notifications import feeds
from notifications.compose import Blind, Links, compose
from notifications.subscription import Subscription, Way
from notifications.words import Language
from rules.event import EventKind

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
LONG = "Ik zegge" + "n" * 400 + " toe. "
WIDE = commitment(quote=LONG + HOSTILE, action=LONG, ministry="M" * 300)
TOLD = [happening(), happening(EventKind.OVERDUE), happening(EventKind.MADE, promise=WIDE), source_happening()]
FEED = {
    "title": "Nakoming: alles",
    "self_url": f"{BASE}/feeds/rss.xml",
    "site_url": BASE,
    "language": Language.NL,
    "description": "De nieuwste gebeurtenissen.",
    "style_url": "/feed.css",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A mail, a digest and the feeds on a loopback port."""
    folder = tmp_path_factory.mktemp("shown")
    subscription = Subscription(id="s", way=Way.MAIL, address="a@example.org", note="fietsen")
    links = Links(manage=f"{BASE}/abonnementen/1", unsubscribe=f"{BASE}/abonnementen/1/einde")
    for name, told in (("mail", TOLD[:1]), ("digest", TOLD)):
        html = compose(told, subscription, key="d", now=AT, links=links, blind=[Blind(name="WODC", since=AT)]).html
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / "rss.xml").write_bytes(feeds.rss(TOLD, **FEED))
    (folder / "atom.xml").write_bytes(feeds.atom(TOLD, **FEED))
    (folder / "feed.css").write_bytes(feeds.stylesheet())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def chromium():
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip("Debian's Chromium is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def shown(chromium, place):
    """Opens a page in a window of this width and scheme."""
    opened = []

    def show(path, width=360, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.append(context)
        page = context.new_page()
        page.goto(f"{place}/{path}")
        return page

    yield show
    for context in opened:
        context.close()


@pytest.mark.parametrize("path", ["mail.html", "digest.html", "rss.xml", "atom.xml"])
@pytest.mark.parametrize("width", [320, 760])
def test_nothing_sticks_out_at_the_side(shown, path, width):
    page = shown(path, width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(243, 244, 246)"), ("dark", "rgb(20, 23, 28)")])
@pytest.mark.parametrize("path", ["mail.html", "digest.html"])
def test_the_mail_follows_the_readers_light_or_dark(shown, path, scheme, ground):
    page = shown(path, scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    card, words = (
        page.evaluate(f"getComputedStyle(document.querySelector('.card')).{name}")
        for name in ("backgroundColor", "color")
    )
    assert card != words


def test_the_mail_reads_from_top_to_bottom(shown):
    text = shown("mail.html").inner_text("body")
    parts = ["Nakoming", "Volgens ons nagekomen", "Ik stuur uw Kamer", "Waarom denken wij dat", "Bekijk de toezegging",
             "omdat u een abonnement hebt: fietsen", "Afmelden"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Volgens ons komt dit stuk de toezegging na." in text
    assert text.count("Volgens ons komt dit stuk") == 1, "the words for the list of mails are not shown twice"


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_a_feed_is_a_readable_page(shown, path):
    page = shown(path)
    text = page.evaluate("document.documentElement.innerText || document.documentElement.textContent")
    visible = page.evaluate(
        "[...document.querySelectorAll('item > description, item > guid, entry > id, entry > summary')]"
        ".filter(e => getComputedStyle(e).display !== 'none').length"
    )
    assert visible == 0, "what is for programs is hidden"
    assert "Dit is een feed." in text
    addresses = page.evaluate(
        "[...document.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'a')].map(a => a.href)"
    )
    assert f"{BASE}/toezeggingen/abc234defg" in addresses
    assert page.evaluate("getComputedStyle(document.documentElement).maxWidth") == "720px"
