"""Official references as they are written in letters, registers and titles, and what only looks like one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.references import canonical, dossier_of, references_in

WRITTEN = [
    # one paper
    ("Kamerstukken II 2022/23, 32 761, nr. 304", "kst-32761-304 dossier:32761"),
    ("Kamerstukken II, vergaderjaar 2022–2023, 32 761, nr. 304", "kst-32761-304 dossier:32761"),
    ("Kamerstukken II 2022-2023, 32761, nr. 304, p. 5", "kst-32761-304 dossier:32761"),
    ("Kamerstuk 32 761, nr. 304", "kst-32761-304 dossier:32761"),
    ("bij punt 12 32761, nr. 304", "kst-32761-304 dossier:32761"),  # "12 327" would be a pair as well
    ("Kamerstuk 32\u00a0761,\u00a0nr.\u00a0304", "kst-32761-304 dossier:32761"),
    ("(Kamerstuk 32 761, nr. 304).", "kst-32761-304 dossier:32761"),
    ("KAMERSTUK 32 761 NR. 304", "kst-32761-304 dossier:32761"),
    ("Kamerstuk 32761-304", "kst-32761-304 dossier:32761"),
    ("de motie Van der Graaf c.s. (31015-197)", "kst-31015-197 dossier:31015"),
    ("De Kamerbrief 29338-276 over chips", "kst-29338-276 dossier:29338"),
    ("https://www.openkamer.org/kamerstuk/35300-X/66/", "kst-35300-X-66"),
    ("/kamerstuk/34785/80", "kst-34785-80"),
    ("TK 2021-2022, 32 761, nr. 9", "kst-32761-9 dossier:32761"),
    ("32 761, nr. 304", "kst-32761-304 dossier:32761"),
    ("32761 nr. 304", "kst-32761-304 dossier:32761"),
    ("kst-32761-304", "kst-32761-304"),
    ("https://zoek.officielebekendmakingen.nl/kst-32761-304.html", "kst-32761-304"),
    # lists
    ("Kamerstuk 32 761, nrs. 3 en 4", "kst-32761-3 kst-32761-4 dossier:32761"),
    ("Kamerstuk 32 761, nrs. 3, 4 en 7.", "kst-32761-3 kst-32761-4 kst-32761-7 dossier:32761"),
    ("Kamerstuk 26 643, nrs. 3 t/m 5", "kst-26643-3 kst-26643-4 kst-26643-5 dossier:26643"),
    ("Kamerstuk 26 643, nrs. 3 tot en met 5", "kst-26643-3 kst-26643-4 kst-26643-5 dossier:26643"),
    ("Kamerstuk 26 643, nrs. 3-5 en 9", "kst-26643-3 kst-26643-4 kst-26643-5 kst-26643-9 dossier:26643"),
    ("Kamerstuk 32 761, nr. 261 en nr. 262", "kst-32761-261 kst-32761-262 dossier:32761"),
    ("Kamerstuk 32 761, nr. 304 en 26 643, nr. 940", "kst-32761-304 dossier:32761 kst-26643-940 dossier:26643"),
    ("Kamerstuk 32 761, nrs. 3 en 4, 26 643, nr. 9", "kst-32761-3 kst-32761-4 dossier:32761 kst-26643-9 dossier:26643"),
    ("Kamerstuk 32 761, nrs. 304 en 305 28 juni 2024", "kst-32761-304 kst-32761-305 dossier:32761"),
    ("Kamerstuk 32 761, nr. 304, 28 juni 2024", "kst-32761-304 dossier:32761"),
    ("Kamerstuk 32 761, nr. 304 en 3 andere brieven", "kst-32761-304 dossier:32761"),
    # dossiers and their additions
    ("dossier 32 761", "dossier:32761"),
    ("dossiernummer 32761", "dossier:32761"),
    ("dossiers 32 761 en 26 643", "dossier:32761 dossier:26643"),
    ("Begroting Binnenlandse Zaken (36600-VII)", "dossier:36600-VII"),
    ("Begroting Binnenlandse Zaken (36 600 VII)", "dossier:36600-VII"),
    ("Uitvoeringswet AVG (36264)", "dossier:36264"),
    ("Kamerstuk 36 600 VII, nr. 12", "kst-36600-VII-12 dossier:36600-VII"),
    ("Kamerstuk 36 600 (VII), nr. 12", "kst-36600-VII-12 dossier:36600-VII"),
    ("Kamerstuk 36 600-A, nr. 12", "kst-36600-A-12 dossier:36600-A"),
    ("36600-VII-12", "kst-36600-VII-12 dossier:36600-VII"),
    ("Kamerstuk 33 328 (R1985), nr. 5", "kst-33328-5 dossier:33328"),
    ("Kamerstuk 21 501-02, nr. 3174", "kst-21501-02-3174 dossier:21501-02"),
    ("kst-21501-02-3174", "kst-21501-02-3174"),
    ("Kamerstuk 26 643, nr. 94. De heer", "kst-26643-94 dossier:26643"),
    ("Kamerstuk 32 761 De minister", "dossier:32761"),
    # Eerste Kamer
    ("Kamerstukken I 2008/09, 22 112 / 31 544, CK, p. 2", "kst-22112-CK dossier:22112 kst-31544-CK dossier:31544"),
    ("Kamerstuk 36 836, D", "kst-36836-D dossier:36836"),
    ("Kamerstukken I 2024/25, 36 836, nr. D", "kst-36836-D dossier:36836"),
    ("kst-36836-d", "kst-36836-D"),
    # questions, answers, debates, registers, research
    ("Aanhangsel Handelingen, vergaderjaar 2021–2022, nr. 3854", "ah-tk-20212022-3854"),
    ("Aanhangsel van de Handelingen II 2021/22, nr. 12", "ah-tk-20212022-12"),
    ("Aanhangsel Handelingen I 1999/00, nr. 3", "ah-ek-19992000-3"),
    ("Handelingen II 2013/14, nr. 31, item 10", "h-tk-20132014-31-10"),
    ("Handelingen I 2013-2014, nr. 31, item 10 - blz. 3", "h-ek-20132014-31-10"),
    ("ah-1271549, kst-1268678, blg-1093410", "ah-1271549 kst-1268678 blg-1093410"),
    ("kv-tk-2022Z10980 en 2022z11648", "kv-tk-2022Z10980 2022Z11648"),
    ("2022D33920 in debat 2024A05766", "2022D33920 2024A05766"),
    ("TZ202412-116, tz202402-164 en T01237", "TZ202412-116 TZ202402-164 T01237"),
    ("WODC-project 3301", "wodc:3301"),
    ("projectnummer: 3301", "wodc:3301"),
    ("(project 3301)", "wodc:3301"),
    # order and repetition
    ("2022D33920, kst-32761-304, 2022D33920", "2022D33920 kst-32761-304"),
]


@pytest.mark.parametrize(("text", "references"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_references_as_they_are_written(text, references):
    assert references_in(text) == tuple(references.split())
    assert references_in(f"Zie ook {text}") == tuple(references.split())


@pytest.mark.parametrize(
    "text",
    [
        "artikel 1.5 en artikel 12.345, tweede lid",
        "vergaderjaar 2025/26",
        "2021–2022",
        "070 426 6161 of 06 12 345 678",
        "+31 70 426 61 61",
        "€ 32 761",
        "32 761 mensen en 26 643 dieren",
        "32.761 gemeenten",
        "tussen 12 345 en 23 456",
        "een bedrag van 1.232 761, nr. 3 van de lijst",
        "(33.344)",
        "(98765-12)",
        "op 12345-678 en 31015-197",
        "kamerstuk/2023/07/03",
        "(98765)",
        "Postbus 20 011, 2500 EA Den Haag",
        "IBAN NL20 INGB 0001 2345 67",
        "nr. 304, 28 juni 2024",
        "project 2024",
        "projectnummer 33011",
        "bladzijden 12 345-12 350",
        "T012345 of XT01237",
        "12022D33920",
        "verordening (EU) 2016/679",
        "ISO 27 001, versie 3",
        "",
    ],
)
def test_numbers_that_are_no_references(text):
    assert references_in(text) == ()


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("KST-32761-304", "kst-32761-304"),
        ("kst-36600-vii-1", "kst-36600-VII-1"),
        ("AH-TK-20212022-3854", "ah-tk-20212022-3854"),
        ("kv-tk-2022z10980", "kv-tk-2022Z10980"),
        ("2022d33920", "2022D33920"),
        ("2024a05766", "2024A05766"),
        ("tz202412-116", "TZ202412-116"),
        ("t01237", "T01237"),
        (" 2022 Z 10980 ", "2022Z10980"),
        ("wodc:3301", "wodc:3301"),
        ("dossier:36600-VII", "dossier:36600-VII"),
        ("", ""),
    ],
)
def test_one_canonical_form(written, form):
    assert canonical(written) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    ("identifier", "dossier"),
    [
        ("kst-32761-304", "dossier:32761"),
        ("kst-36600-VII-1", "dossier:36600-VII"),
        ("kst-36836-D", "dossier:36836"),
        ("kst-21501-02-3174", "dossier:21501-02"),
        ("kst-26643-94", "dossier:26643"),
        ("kst-1268678", ""),
        ("2022D33920", ""),
    ],
)
def test_the_dossier_of_a_paper(identifier, dossier):
    assert dossier_of(identifier) == dossier


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 .,-/()nrs.eKamerstukTZDI VXen\u00a0t/m", max_size=120))
def test_whatever_is_written_is_read_the_same_twice(text):
    found = references_in(text)
    assert len(set(found)) == len(found)
    assert all(canonical(reference) == reference for reference in found)


def test_long_texts_and_long_rows_of_digits_take_no_time():
    hostile = "Kamerstuk " + "12 345, " * 20_000 + "nrs. " + "3, " * 20_000
    start = time.perf_counter()
    references_in(hostile)
    references_in("1" * 200_000 + " 2 " * 50_000)
    assert time.perf_counter() - start < 5
