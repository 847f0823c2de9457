"""Text from outside: nothing that breaks a header, an XML document or a reader's eye gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from notifications.cleaning import clean, cut_sentences, cut_words, one_line, web_link


@given(st.text())
def test_clean_text_is_always_valid_xml(text):
    element = etree.Element("t")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text in (clean(text), None)


@given(st.text(), st.integers(1, 200))
def test_a_line_is_one_line_and_within_its_limit(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


@given(st.text(alphabet="ab. \n!?", max_size=400), st.integers(2, 120))
def test_a_cut_text_is_within_its_limit_and_begins_as_the_whole(text, limit):
    short = cut_sentences(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.rstrip("…").rstrip())


def test_line_breaks_of_every_sort_become_one_sort():
    assert clean("a\r\nb\rc\u2028d\u0085e") == "a\nb\nc\nd\ne"


def test_control_and_direction_characters_go():
    assert clean("a\x00b\x1b[31mc\u202ed\ufffee\x9b") == "ab[31mcde"


def test_a_cut_ends_after_a_whole_sentence_when_it_can():
    text = "Dit is de eerste zin. Dit is de tweede zin. En hier staat nog een derde."
    assert cut_sentences(text, 50) == "Dit is de eerste zin. Dit is de tweede zin. …"
    assert cut_words("een twee drie vier", 12) == "een twee…"
    assert cut_words("kort", 12) == "kort"
    assert cut_words("kort", 0) == ""


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://", "ftp://example.org/x", "",
     "https://example.org/a b", 'https://example.org/"onmouseover="x', "https://[broken", "mailto:a@b.nl"],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url):
    assert web_link(url) == ""


def test_a_web_address_stays():
    assert web_link("https://example.org/a?b=c&d=%20e#f ") == "https://example.org/a?b=c&d=%20e#f"
