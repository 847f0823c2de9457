"""Plain text: the file's own characters, whatever charset they are in, and refusal of what is no writing."""

import pytest

from sources.readers import read_letter, text_of
from sources.readers.characters import repaired
from sources.source import Unreadable

WORDS = "Geachte voorzitter, de coördinatie van één privé-café kost € 5 – “veel” geld. Ik informeer uw Kamer."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_charset_is_read(charset):
    assert text_of(WORDS.encode(charset), name="brief.txt") == WORDS


def test_a_charset_that_is_declared_is_believed_when_the_file_does_not_contradict():
    greek = "Αγαπητέ πρόεδρε, ο υπουργός απαντά στις ερωτήσεις. "
    assert text_of(greek.encode("iso8859-7"), content_type="text/plain; charset=iso-8859-7") == greek
    assert text_of(WORDS.encode(), content_type="text/plain; charset=iso-8859-1") == WORDS


def test_the_text_is_exactly_the_files_own():
    text = "  Regel een \r\n\r\n\tregel  twee\u00a0met afge-\nbroken woord\n\n\n"
    assert text_of(text.encode(), name="brief.txt") == text


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_repaired_and_said(wrong, times):
    words = "De coördinatie van één idee bij financiën: geïnformeerd, coöperatief. Ik informeer uw Kamer. " * 2
    mangled = words
    for _ in range(times):
        mangled = mangled.encode().decode(wrong)
    letter = read_letter(mangled.encode(), name="brief.txt")
    assert letter.text == words
    assert any("mojibake" in note for note in letter.notes)


@pytest.mark.parametrize("text", ["«Ä» en «Ü»", "privé» en café»", "Â§ 3 is één", "naïef: â", "100 °C", WORDS])
def test_what_is_not_surely_mojibake_stays(text):
    assert repaired(text) == (text, 0)


def test_a_few_damaged_characters_do_not_change_the_rest():
    damaged = WORDS.encode() + b" \xff " + "en verder beëindiging, financiën.".encode()
    letter = read_letter(damaged, name="brief.txt")
    assert letter.text.startswith(WORDS)
    assert any("damaged character" in note for note in letter.notes)


def test_a_text_cut_inside_a_character_is_read():
    assert text_of("Het plan is geïnd: één".encode()[:-2], name="brief.txt").startswith("Het plan is geïnd: éé"[:-1])


def test_control_characters_become_blanks_so_that_offsets_hold():
    text = text_of(b"De minister\x00zal\x0bdit doen.", name="brief.txt")
    assert text == "De minister zal dit doen."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf   ", "no text"),
        (bytes(range(256)) * 40, "only a program"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "old Word"),
        (b"{\\rtf1 hallo}", "RTF"),
        (b"\x1f\x8b\x08" + b"x" * 50, "gzip"),
        (b"1;2;3;4;5\n" * 100, "hardly any words"),
        ("ééé, een brief. ".encode("utf-16")[:2], "no text"),
    ],
)
def test_what_is_no_letter_is_refused_by_name(data, reason):
    with pytest.raises(Unreadable, match=reason) as refused:
        read_letter(data, name="stuk.txt")
    assert str(refused.value).startswith("stuk.txt: ")
    assert "\n" not in str(refused.value)


def test_fifty_megabytes_of_text_are_refused():
    with pytest.raises(Unreadable, match="the longest letter that we read"):
        read_letter(b"De minister zal de Kamer informeren. " * 1_400_000, name="groot.txt")


def test_one_endless_line_is_read_with_a_note():
    letter = read_letter(b"De minister zal de Kamer informeren. " * 270_000, name="regel.txt")
    assert any("a line of 9,990,000 characters" in note for note in letter.notes)
