"""Real files that nobody here wrote, where they are at hand: answers in Word, items of the Handelingen, a report."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from sources.readers import read_letter

DATA = Path(__file__).parents[4] / "shared" / "data"
ROOT = Path(__file__).parents[3]
real = [pytest.mark.gold, pytest.mark.skipif(not DATA.is_dir(), reason="the real files in ../shared are not here")]

ANSWERS = [
    ("antwoord-hoofddoek-boa.docx", date(2024, 5, 16), "5401166", 9, 6, "Minister van Justitie en Veiligheid"),
    ("antwoord-niet-noodgevallen.docx", date(2024, 1, 11), "5164758", 10, 6, "Minister van Justitie en Veiligheid"),
    ("antwoord-sammy-baker.docx", date(2023, 11, 7), "4975504", 6, 5, "Minister van Justitie en Veiligheid"),
    (
        "antwoord-wassenberg-lnv.docx",
        date(2023, 10, 18),
        "4980892",
        14,
        14,
        "Minister van Landbouw, Natuur en Voedselkwaliteit",
    ),
]


@pytest.mark.parametrize(("name", "day", "reference", "questions", "answers", "sender"), ANSWERS)
@real[0]
@real[1]
def test_real_answers_in_word(name, day, reference, questions, answers, sender):
    letter = read_letter((DATA / "letters" / name).read_bytes(), name=name)
    assert (letter.written_on, letter.reference, letter.sender) == (day, reference, sender)
    roles = [section.role for section in letter.sections]
    assert (roles.count("question"), roles.count("answer")) == (questions, answers)
    assert roles[0] == "heading"
    assert "closing" in roles
    assert letter.notes == ()


@real[0]
@real[1]
def test_real_debates_name_every_speaker():
    for path in sorted((DATA / "handelingen").glob("*.xml")):
        letter = read_letter(path.read_bytes(), name=path.name)
        assert letter.identifiers == (path.stem,)
        assert "Ã" not in letter.text
        said = {section.label for section in letter.sections if section.role == "speech"}
        assert all(" :" not in label and "( " not in label for label in said)
        assert path.stem.endswith("-14") or any(label.startswith(("Minister", "Staatssecretaris")) for label in said)


@real[0]
@real[1]
def test_a_real_report_of_a_day():
    packed = DATA / "tweedekamer" / "syncfeed" / "verslag_vlos_plenair_2014-10-15.xml.gz"
    letter = read_letter(gzip.decompress(packed.read_bytes()))
    assert letter.written_on == date(2014, 10, 15)
    said = [section.label for section in letter.sections if section.role == "speech"]
    assert {"De voorzitter", "De heer Pechtold (D66)", "Minister Dijsselbloem"} <= set(said)
    assert len(said) > 400


def test_the_seed_letter():
    data = (ROOT / "seeds" / "letter-2022Z10980.txt").read_bytes()
    letter = read_letter(data, name="letter-2022Z10980.txt", written_on=date(2022, 9, 2))
    assert letter.text == data.decode()
    assert letter.written_on == date(2022, 9, 2)
    assert letter.questions == ("2022Z10980", "2022Z11648")
    assert letter.sender == "Staatssecretaris van Binnenlandse Zaken en Koninkrijksrelaties"
    assert letter.sender_person == "Alexandra C. van Huffelen"
    assert letter.cosigners == (
        "Minister van Binnenlandse Zaken en Koninkrijksrelaties",
        "Minister voor Rechtsbescherming",
    )
    assert [s.label for s in letter.sections if s.role == "question"] == [str(n) for n in range(1, 9)]
    assert [s.label for s in letter.sections if s.role == "answer"] == [str(n) for n in range(1, 9)]
