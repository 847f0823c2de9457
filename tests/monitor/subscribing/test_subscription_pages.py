"""The pages of a subscriber, as a browser and as a mail reader use them."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from monitor_examples import Receiver, happened, keep, make_house, promise, record

from monitor.settings import Smtp
from monitor.store import deliveries, subscriptions
from monitor.subscribing import adopt, links_of, new_id
from monitor.web import create_app
from monitor.web import subscriptions as pages
from monitor.web.subscription_form import BadField, blank, fields_of, subscription_of
from notifications.message import Sent
from notifications.subscription import Filter, Rhythm, Subscription, Way
from notifications.webhook import schema
from notifications.words import Language
from rules.event import EventKind

BASE = "http://testserver"
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def house(tmp_path, clock):
    made = make_house(tmp_path, clock, smtp=Smtp(host="127.0.0.1", security="none"), base_url=BASE)
    yield made
    made.close()


@pytest.fixture
def receiver(monkeypatch):
    """Takes what the pages send instead of the ways out of the settings."""
    got = Receiver()

    class Ways:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return got

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(pages, "Ways", Ways)
    return got


@pytest.fixture
def browser(house, receiver):
    with TestClient(create_app(house), follow_redirects=False, headers={"Accept-Language": "nl"}) as client:
        yield client


class Page(HTMLParser):
    """The fields of all forms, the labels and what they belong to."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.buttons, self.labels, self.ids, self.text = {}, [], set(), set(), text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids.add(given.get("id"))
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag == "button":
            self.buttons.append(given.get("value"))
        if tag == "input" and "name" in given and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[given["name"]] = given.get("value", "")
        if tag == "select":
            self.fields[given["name"]] = ""


def filled(browser, **fields):
    """Opens the form and sends it with these fields."""
    token = Page(browser.get("/abonnementen").text).fields["token"]
    return browser.post("/abonnementen", data={"token": token, "weg": "mail", "adres": "anna@example.org", **fields})


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def held(house, **changes):
    wanted = Subscription(**{"id": new_id(), "way": Way.MAIL, "address": "anna@example.org", **changes})
    return adopt(house, wanted, house.clock())


def links(house, kept):
    found = links_of(house)(kept.subscription)
    return path_of(found.manage), path_of(found.unsubscribe)


def state(house, kept):
    with house.store.read() as session:
        return subscriptions.get(session, kept.subscription.id)


# ---- sign up


def test_first_one_sees_what_one_would_get_and_then_one_signs_up(house, browser, receiver, clock):
    for day in range(14):
        keep(house, promise(f"promise{day:03}"))
        clock.forward(days=1)
    looked = filled(browser, ministeries="Infrastructuur", notitie="fietsen")
    assert looked.status_code == 200
    assert "In de laatste 90 dagen had u hiermee 14 berichten gekregen" in looked.text
    page = Page(looked.text)
    assert page.buttons[:1] == ["aanmelden"]
    assert page.fields["ministeries"] == "Infrastructuur"
    assert receiver.got == []
    done = filled(browser, ministeries="Infrastructuur", notitie="fietsen", doe="aanmelden")
    assert "Wij stuurden een bericht naar an…@example.org" in done.text
    ((_, message),) = receiver.got
    asked = browser.get(path_of(message.link))
    assert "Ja, bevestigen" in asked.text
    with house.store.read() as session:
        (kept,) = subscriptions.listed(session)
    assert kept.state == "waiting", "a program that only opens the link confirms nothing"
    assert "Uw abonnement loopt" in browser.post(path_of(message.link)).text
    assert state(house, kept).state == "active"
    assert kept.subscription.filter == Filter(ministries=("Infrastructuur",))


def test_a_list_leads_to_a_form_that_knows_what_it_showed(browser):
    page = Page(browser.get("/abonnementen?ministerie=Justitie&q=privacy&toezegging=abc234defg").text)
    assert page.fields["ministeries"] == "Justitie"
    assert page.fields["woorden"] == "privacy"
    assert page.fields["toezeggingen"] == "abc234defg"


def test_every_field_has_a_label(browser):
    page = Page(browser.get("/abonnementen").text)
    assert page.labels - {None} <= page.ids
    assert browser.get("/abonnementen", headers={"Accept-Language": "en"}).text.count("Sign up") == 0
    assert "First see what you would get" in browser.get("/abonnementen?taal=en").text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"adres": "geen adres"}, 400, "Dit adres kunnen wij niet gebruiken"),
        ({"adres": "a@example.org\r\nBcc: b@example.org"}, 400, "Dit adres kunnen wij niet gebruiken"),
        ({"weg": "duif"}, 400, "niet te lezen: weg"),
        ({"uur": "acht"}, 400, "niet te lezen: uur"),
        ({"uur": "77"}, 400, "Dit kunnen wij niet gebruiken"),
        ({"stil_van": "22"}, 400, "niet te lezen: stil_tot"),
        ({"weg": "apprise", "adres": "json://127.0.0.1/"}, 400, "Dit adres kunnen wij niet gebruiken"),
        ({"woorden": ",".join(f"w{n}" for n in range(60))}, 400, "Dit kunnen wij niet gebruiken"),
    ],
)
def test_what_cannot_be_is_said_on_the_form_itself(browser, fields, status, words):
    answer = filled(browser, **fields)
    assert answer.status_code == status
    assert words in answer.text
    assert 'role="alert"' in answer.text


def test_a_form_of_another_site_is_refused(browser):
    assert browser.post("/abonnementen", data={"adres": "anna@example.org"}).status_code == 403
    token = Page(browser.get("/abonnementen").text).fields["token"]
    foreign = {"Origin": "https://evil.example"}
    assert browser.post("/abonnementen", data={"token": token}, headers=foreign).status_code == 403


def test_a_mail_server_that_fails_is_said_and_nothing_is_kept(house, browser, receiver):
    receiver.answers.append(Sent(ok=False, detail="mail (127.0.0.1): cannot be reached"))
    answer = filled(browser, doe="aanmelden")
    assert answer.status_code == 503
    assert "Probeer het later opnieuw" in answer.text
    with house.store.read() as session:
        assert list(subscriptions.listed(session)) == []


def test_a_webhook_shows_its_secret_once(house, browser):
    done = filled(browser, weg="webhook", adres="https://hooks.example.org/x", doe="aanmelden")
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", done.text)
    with house.store.read() as session:
        (kept,) = subscriptions.listed(session)
    assert kept.subscription.secret == secret
    manage, _ = links(house, kept)
    assert "whsec_" not in browser.get(manage).text


def test_hostile_words_are_only_words(browser):
    answer = filled(browser, notitie='"><script>alert(1)</script>', woorden="<b>x</b>")
    assert "<script>" not in answer.text
    assert "<b>x" not in answer.text


# ---- one click


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_one_click_ends_and_can_be_replayed(house, browser, kind):
    """RFC 8058: a POST without cookies, in either encoding, answered without a redirect."""
    kept = held(house)
    keep(house, promise())
    _, unsubscribe = links(house, kept)
    browser.cookies.clear()
    for _ in range(3):
        answer = browser.post(unsubscribe, content=ONE_CLICK, headers={"Content-Type": kind} if kind else {})
        assert answer.status_code == 200
        assert "U bent afgemeld" in answer.text
    assert state(house, kept).state == "ended"
    with house.store.read() as session:
        assert deliveries.counts(session)["pending"] == 0


def test_a_program_that_only_opens_the_link_ends_nothing(house, browser):
    kept = held(house)
    _, unsubscribe = links(house, kept)
    assert "Ja, stoppen" in browser.get(unsubscribe).text
    assert browser.head(unsubscribe).status_code in (200, 405)
    assert state(house, kept).state == "active"


def test_a_link_that_was_changed_or_ran_out_is_refused_in_words(house, browser, receiver, clock):
    kept = held(house)
    manage, unsubscribe = links(house, kept)
    for address in (
        manage[:-3],
        unsubscribe + "x",
        manage.split("?")[0],
        manage.replace(kept.subscription.id, "a" * 20),
    ):
        for call in (browser.get, browser.post):
            answer = call(address, **({"data": {"doe": "stoppen"}} if call == browser.post else {}))
            assert answer.status_code == 403
            assert "Deze link klopt niet" in answer.text
    assert state(house, kept).state == "active"
    filled(browser, doe="aanmelden")
    clock.forward(days=8)
    late = browser.post(path_of(receiver.got[-1][1].link))
    assert late.status_code == 410
    assert "Deze link werkt niet meer" in late.text
    assert browser.get("/abonnementen/x/bevestigen?tot=morgen&s=x").status_code == 400


def test_pages_behind_a_link_are_kept_by_nobody(house, browser):
    manage, _ = links(house, held(house))
    headers = browser.get(manage).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


# ---- manage


def test_the_page_shows_what_is_wanted_and_keeps_what_is_changed(house, browser):
    kept = held(house, filter=Filter(words=("privacy*", "avg"), kinds=(EventKind.OVERDUE,)), rhythm=Rhythm.WEEKLY)
    manage, _ = links(house, kept)
    page = Page(browser.get(manage).text)
    assert page.fields["woorden"] == "privacy*, avg"
    assert page.fields["soort_overdue"] == "ja"
    assert "an…@example.org" in page.text
    assert "anna@example.org" not in page.text
    given = {name: value for name, value in page.fields.items() if name.startswith("soort_")}
    answer = browser.post(manage, data={**given, "woorden": "fiets*", "ritme": "daily", "uur": "7", "doe": "bewaren"})
    assert "Bewaard." in answer.text
    changed = state(house, kept).subscription
    assert (changed.filter.words, changed.filter.kinds) == (("fiets*",), (EventKind.OVERDUE,))
    assert (changed.rhythm, changed.hour, changed.address) == (Rhythm.DAILY, 7, "anna@example.org")
    assert "niet te lezen: uur" in browser.post(manage, data={"uur": "x", "doe": "bewaren"}).text


def test_pause_and_go_on(house, browser):
    kept = held(house)
    manage, _ = links(house, kept)
    assert "Gepauzeerd tot 1 april 2023" in browser.post(manage, data={"doe": "pauzeren", "tot": "2023-04-01"}).text
    for wrong in ("", "morgen", "2023-02-01", "2999-01-01"):
        assert "niet te lezen: tot" in browser.post(manage, data={"doe": "pauzeren", "tot": wrong}).text
    assert "Gepauzeerd" not in browser.post(manage, data={"doe": "verder"}).text
    assert state(house, kept).subscription.paused_until is None


def test_a_test_message_and_what_became_of_it(house, browser, receiver):
    manage, _ = links(house, held(house))
    assert "Het proefbericht is aangenomen" in browser.post(manage, data={"doe": "proef"}).text
    receiver.answers.append(Sent(ok=False, detail="mail (x): did not answer in time"))
    assert "did not answer in time" in browser.post(manage, data={"doe": "proef"}).text


def test_stop_on_the_page_and_then_it_is_gone(house, browser):
    kept = held(house)
    manage, _ = links(house, kept)
    assert "U bent afgemeld" in browser.post(manage, data={"doe": "stoppen"}).text
    assert browser.get(manage).status_code == 410
    assert browser.post(manage, data={"doe": "bewaren"}).status_code == 410


def test_a_bounce_shows_and_can_be_undone(house, browser):
    kept = held(house)
    with house.store.write() as session:
        subscriptions.set_state(session, kept.subscription.id, "bounced", "mail came back (5.1.1)")
    manage, _ = links(house, kept)
    page = browser.get(manage).text
    assert "onze berichten komen niet aan" in page
    assert "mail came back (5.1.1)" in page
    browser.post(manage, data={"doe": "verder"})
    assert state(house, kept).state == "active"


def test_the_secret_of_a_webhook_changes_on_the_page(house, browser):
    kept = held(house, way=Way.WEBHOOK, address="https://hooks.example.org/x")
    manage, _ = links(house, kept)
    (fresh,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", browser.post(manage, data={"doe": "geheim"}).text)
    assert state(house, kept).subscription.secret.split()[0] == fresh
    browser.post(manage, data={"doe": "intrekken"})
    assert state(house, kept).subscription.secret == fresh
    mail, _ = links(house, held(house))
    assert "Dit kunnen wij niet gebruiken" in browser.post(mail, data={"doe": "geheim"}).text
    assert browser.post(mail, data={"doe": "vliegen"}).status_code == 200


# ---- lost links


def test_lost_links_are_mailed_and_nobody_learns_who_is_subscribed(house, browser, receiver, clock):
    kept = held(house)
    token = Page(browser.get("/abonnementen").text).fields["token"]

    def ask(address):
        return browser.post("/abonnementen/links", data={"token": token, "adres": address}).text

    assert ask("anna@example.org") == ask("nobody@example.org") == ask("geen adres")
    ask("ANNA@example.org")
    assert [to for to, _ in receiver.got] == [kept.subscription.id], "once a day"
    assert path_of(receiver.got[0][1].link) == links(house, kept)[0]
    clock.forward(days=1)
    ask("anna@example.org")
    assert len(receiver.got) == 2


def test_the_schema_of_the_webhook_is_published(browser):
    answer = browser.get("/api/webhook.schema.json")
    assert answer.headers["content-type"].startswith("application/schema+json")
    assert answer.json() == schema()


# ---- the form itself


@pytest.mark.parametrize(
    "wanted",
    [
        Subscription(id="x", way=Way.MAIL, address="a@example.org"),
        Subscription(
            id="x",
            way=Way.WEBHOOK,
            address="https://example.org/?a=b",
            filter=Filter(
                commitments=("abc",), ministries=("Binnenlandse Zaken",), office_holders=("De Vries",), members=("X",),
                parties=("Y",), dossiers=("32761", "26643"), letters=("2022D33920",), words=("privacy*",),
                kinds=(EventKind.OVERDUE, EventKind.FULFILLED), proposed=True, sources=True,
            ),
            rhythm=Rhythm.WEEKLY, hour=0, weekday=4, quiet=(22, 7), working_days=True, language=Language.EN, full=False,
            note="waarom",
        ),
    ],
)  # fmt: skip
def test_a_subscription_survives_its_form(wanted):
    again = subscription_of(fields_of(wanted), "x")
    assert set(again.filter.kinds) == set(wanted.filter.kinds)
    assert fields_of(again) == fields_of(wanted)


def test_lists_may_be_written_in_any_way():
    made = subscription_of({"woorden": " a ;b\nc,, a  d ,a"}, "x")
    assert made.filter.words == ("a", "b", "c", "a d")


@pytest.mark.parametrize("fields", [{"weg": "x"}, {"ritme": "x"}, {"berichttaal": "de"}, {"dag": "-1"}, {"uur": "1.5"}])
def test_a_field_that_cannot_be_read_is_named(fields):
    with pytest.raises(BadField, match=next(iter(fields))):
        subscription_of(fields, "x")


def test_what_an_address_asks_is_bounded():
    assert len(blank(Language.NL, {"q": "x" * 9999})["woorden"]) == 200


def test_a_message_about_a_promise_carries_working_links(house, browser, receiver):
    kept = held(house)
    keep(house, promise())
    record(house, happened(EventKind.OVERDUE, subject="2023-07-06"))
    manage, unsubscribe = links(house, kept)
    assert browser.get(manage).status_code == browser.get(unsubscribe).status_code == 200
