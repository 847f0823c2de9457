"""The pages in a real browser: without scripts, by keyboard, on a phone, in the dark."""

import os
import socket
import threading

import pytest
import uvicorn

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture
def address(app, filled):
    """The pages on a free loopback port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def page(address):
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip("Debian's Chromium is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            base_url=address, java_script_enabled=False, locale="nl-NL", viewport={"width": 390, "height": 844}
        )
        opened = context.new_page()
        opened.refused = []
        opened.on("console", lambda message: opened.refused.append(message.text))
        yield opened
        browser.close()


def test_search_find_and_read_on_a_phone_without_scripts(page):
    page.goto("/")
    page.fill("#q", "fietspaden provinciale")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toezeggingen?q=fietspaden*")
    page.get_by_role("link", name="Ik stuur uw Kamer voor het zomerreces").click()
    page.wait_for_url("**/toezeggingen/abc234defg")
    assert "Volgens ons nagekomen" in page.inner_text("main")
    page.get_by_role("link", name="Lees de brief").click()
    page.wait_for_url("**/brieven/letter%3A1#abc234defg")
    assert page.locator("mark").inner_text().startswith("Ik stuur uw Kamer")
    assert page.refused == []  # nothing was blocked by our own policy


@pytest.mark.parametrize(
    "path", ["/", "/toezeggingen", "/toezeggingen/abc234defg", "/statistiek", "/bronnen", "/api/docs"]
)
def test_no_page_is_wider_than_a_phone(page, path):
    page.goto(path)
    width = page.locator("html").bounding_box()["width"]
    assert page.locator("main").bounding_box()["width"] <= width <= 390


def test_the_first_key_press_offers_to_skip_the_menu(page):
    page.goto("/toezeggingen")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhoud")


def test_a_reviewer_decides_without_scripts(page):
    page.goto("/beoordelen")
    page.fill("#naam", "Anna de Wit")
    page.fill("#wachtwoord", "een lang wachtwoord")
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/beoordelen")
    page.get_by_role("button", name="Ja, een toezegging").click()
    page.wait_for_url("**/beoordelen?klaar=1")
    assert "Uw besluit is opgeslagen." in page.inner_text("main")


def test_a_reviewer_adds_and_marks_a_step_without_scripts(page):
    page.goto("/inloggen?naar=/toezeggingen/abc234defg")
    page.fill("#naam", "Anna de Wit")
    page.fill("#wachtwoord", "een lang wachtwoord")
    page.get_by_role("button", name="Inloggen").click()
    page.goto("/toezeggingen/abc234defg")
    page.fill("#nieuwestap", "reaction")
    page.fill("#nieuwereden", "Ook toegezegd in het debat.")
    page.get_by_role("button", name="Stap toevoegen").click()
    page.wait_for_url("**/toezeggingen/abc234defg")
    assert "Deels nagekomen" in page.inner_text("main")
    steps = page.locator("ol.steps").inner_text()
    assert "Het kabinet heeft gereageerd: nog niet gevonden" in steps
    assert "Bekeken door Anna de Wit: Ook toegezegd in het debat." in steps
    page.select_option("#stap", "reaction")
    page.select_option("#stapstuk", "tweedekamer:plan")
    page.get_by_role("button", name="Stap is gezet").click()
    page.wait_for_url("**/toezeggingen/abc234defg")
    assert "Het kabinet heeft gereageerd: gevonden" in page.locator("ol.steps").inner_text()
    width = page.locator("html").bounding_box()["width"]
    assert page.locator("main").bounding_box()["width"] <= width <= 390
    assert page.refused == []


def test_the_dark_scheme_is_dark(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    assert page.screenshot() != b""
    light = page.screenshot()
    page.emulate_media(color_scheme="light")
    assert page.screenshot() != light
