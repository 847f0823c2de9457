"""Messages about the subscription itself."""

import pytest
from notification_examples import AT, BASE

from notifications.compose import Links
from notifications.notices import notice
from notifications.subscription import Subscription, Way
from notifications.words import NOTICES, Language, Notice

LINK = f"{BASE}/abonnementen/s1?t=abc"
LINKS = Links(manage=LINK, unsubscribe=f"{BASE}/abonnementen/s1/einde?t=abc")


def made(kind, language=Language.NL, **changes):
    subscription = Subscription(id="s1", way=Way.MAIL, address="a@example.org", language=language, note="fietsen")
    return notice(kind, subscription, key="n-1", now=AT, link=LINK, **{"links": LINKS, "days": 7, **changes})


@pytest.mark.parametrize("kind", list(Notice))
@pytest.mark.parametrize("language", list(Language))
def test_every_notice_speaks_both_languages_and_holds_its_link(kind, language):
    message = made(kind, language)
    words = NOTICES[kind]
    assert message.subject == words.heading.in_(language)
    assert f"{words.button.in_(language)}: {LINK}" in message.text
    assert f'href="{LINK}"' in message.html
    assert "{" not in message.text
    assert message.happenings == ()


def test_a_request_to_confirm_has_nothing_to_end_yet():
    message = made(Notice.CONFIRM)
    assert "List-Unsubscribe" not in message.headers
    assert "Afmelden" not in message.text
    assert "De link werkt 7 dagen." in message.text


def test_the_other_notices_can_be_ended():
    message = made(Notice.NOTHING, days=365)
    assert message.headers["List-Unsubscribe"] == f"<{LINKS.unsubscribe}>"
    assert "Wij vonden 365 dagen lang niets" in message.text
    assert "omdat u een abonnement hebt: fietsen" in message.text


def test_a_notice_that_is_sent_twice_is_known_as_one():
    assert made(Notice.TEST).message_id == made(Notice.TEST).message_id == "<n-1@nakoming.example>"
