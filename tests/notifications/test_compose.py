"""From happenings to a message: a letter for one, a digest with counts for more, never without its address."""

from datetime import timedelta

import pytest
from notification_examples import AT, BASE, HOSTILE, commitment, document, happening, source_happening

from notifications.compose import ITEMS, ORDER, Blind, Links, compose, digest_counts
from notifications.errors import MessageError
from notifications.message import SUBJECT_LIMIT
from notifications.subscription import Subscription, Way
from notifications.words import Language
from rules.event import EventKind

E = EventKind
LINKS = Links(manage=f"{BASE}/abonnementen/a1?s=x", unsubscribe=f"{BASE}/abonnementen/a1/einde?s=x")


def subscription(**changes):
    return Subscription(**{"id": "s1", "way": Way.MAIL, "address": "anna@example.org", **changes})


def composed(happenings, links=LINKS, blind=(), **changes):
    return compose(happenings, subscription(**changes), key="d-1", now=AT, links=links, blind=blind)


def many(number, kind=E.MADE):
    return [happening(kind, key=f"k{n}", at=AT + timedelta(minutes=n)) for n in range(number)]


def test_the_subject_says_what_happened_to_which_promise():
    assert (
        composed([happening()]).subject
        == "Volgens ons nagekomen: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    )
    english = composed([happening(E.OVERDUE)], language=Language.EN)
    assert (
        english.subject
        == "Not found within the term: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    )


def test_one_happening_is_told_whole_in_both_forms():
    made = composed([happening()])
    for text in (made.text, made.html):
        for part in (
            "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.",
            "https://example.org/kst-29398-1042",
            "zelfde zeldzame woorden: fietspaden",
            "uiterlijk 6 juli 2023",
            "zeer waarschijnlijk (91 %)",
            f"{BASE}/toezeggingen/abc234defg",
        ):
            assert part in text, part


def test_a_digest_counts_and_begins_with_what_matters():
    made = composed([happening(E.MADE), happening(E.MADE, key="x"), happening(E.FULFILLED), happening(E.OVERDUE)])
    assert made.subject == "Nakoming: 1 niet binnen de termijn gevonden, 1 nagekomen, 2 nieuwe toezeggingen"
    places = [made.text.index(words) for words in ("NIET BINNEN DE TERMIJN", "VOLGENS ONS", "NIEUWE TOEZEGGING")]
    assert places == sorted(places)
    assert made.link == f"{BASE}/toezeggingen"
    assert "Overzicht, 3 juli 2023" in made.text


def test_every_kind_has_its_place_in_a_digest():
    assert sorted(ORDER) == sorted(EventKind)


def test_a_digest_of_a_week_names_its_days():
    first, last = happening(E.MADE), happening(E.MADE, key="k2", at=AT + timedelta(days=6))
    assert "Overzicht, 3 juli 2023 tot en met 9 juli 2023" in composed([last, first]).text


def test_too_much_for_one_message_is_counted_and_linked():
    made = composed(many(ITEMS + 7))
    assert f"Nakoming: {ITEMS + 7} nieuwe toezeggingen" == made.subject
    assert f"En nog 7, te veel voor dit bericht. {BASE}/toezeggingen" in made.text
    assert made.text.count("NIEUWE TOEZEGGING") == ITEMS
    assert len(made.happenings) == ITEMS + 7
    assert "En nog" not in composed(many(ITEMS)).text


def test_sources_that_could_not_be_read_are_named_with_the_days():
    blind = [
        Blind(name="WODC", since=AT, until=AT + timedelta(days=2)),
        Blind(name="AP", since=AT, until=AT + timedelta(hours=2)),
        Blind(name="Eerste Kamer\r\n<b>", since=AT),
    ]
    made = composed(many(2), blind=blind)
    expected = "WODC van 3 juli 2023 tot en met 5 juli 2023; AP op 3 juli 2023; Eerste Kamer <b> sinds 3 juli 2023"
    assert f"wij konden niet alle bronnen lezen ({expected})" in made.text
    assert "Eerste Kamer &lt;b&gt;" in made.html
    assert "since 3 July 2023" in composed(many(2), blind=blind, language=Language.EN).text
    assert "konden niet alle bronnen" not in composed(many(2)).text


def test_the_note_is_repeated_and_the_way_out_is_there():
    made = composed([happening()], note="voor het debat van juli\r\nBcc: x@example.org")
    assert "omdat u een abonnement hebt: voor het debat van juli Bcc: x@example.org" in made.text
    assert f"Afmelden: {LINKS.unsubscribe}" in made.text
    assert f'href="{LINKS.manage}"' in made.html


def test_a_channel_of_the_settings_has_no_foot_about_a_subscription():
    made = composed([happening()], links=Links())
    assert "abonnement" not in made.text
    assert "List-Unsubscribe" not in made.headers


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:x@example.org", "/abonnementen/1"])
def test_only_web_addresses_become_links_or_headers(link):
    made = composed([happening()], links=Links(manage=link, unsubscribe=link))
    assert link not in made.text + made.html
    assert "List-Unsubscribe" not in made.headers


def test_the_headers_are_those_of_an_automatic_list():
    headers = composed([happening()]).headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "Nakoming <toezeggingen.nakoming.example>"
    assert headers["List-Unsubscribe"] == f"<{LINKS.unsubscribe}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_promise_is_one_thread_and_one_delivery_one_id():
    first, second = composed([happening(E.MADE)]), composed([happening(E.FULFILLED)])
    assert first.references == second.references == ("<toezegging-abc234defg@nakoming.example>",)
    assert first.message_id == "<d-1@nakoming.example>"
    other = happening(E.MADE, promise=commitment(id="zzz"), key="z")
    assert composed([happening(E.MADE), other]).references == ()
    assert composed([source_happening()]).references == ()


def test_the_short_form_is_a_line_with_a_link():
    made = composed([happening()], full=False)
    assert "Toegezegd" not in made.text
    assert f"Bekijk de toezegging: {BASE}/toezeggingen/abc234defg" in made.text
    assert "<blockquote>" not in made.html


def test_a_digest_of_sources_links_to_the_sources():
    made = composed([source_happening(), source_happening(E.SOURCE_BACK)])
    assert made.link == f"{BASE}/bronnen"
    assert made.subject == "Nakoming: 1 bron niet te lezen, 1 bron weer te lezen"


def test_nothing_to_tell_is_no_message():
    with pytest.raises(MessageError):
        composed([])


def test_the_order_given_does_not_matter():
    given = many(5) + many(2, E.OVERDUE)
    assert composed(given) == composed(list(reversed(given)))


@pytest.mark.parametrize("kind", list(EventKind))
def test_hostile_words_stay_words(kind):
    evil = commitment(quote=HOSTILE * 30, action=HOSTILE, addressee=HOSTILE, ministry=HOSTILE)
    made = composed([happening(kind, promise=evil, paper=document(title=HOSTILE, url="javascript:x"), note=HOSTILE)])
    assert "<script>" not in made.html
    assert "javascript:" not in made.html
    assert len(made.subject) <= SUBJECT_LIMIT
    assert "\n" not in made.subject


def test_counts_follow_the_order_of_a_digest():
    assert digest_counts(many(3) + many(1, E.LAPSED), Language.EN) == "1 lapsed, 3 new promises"
