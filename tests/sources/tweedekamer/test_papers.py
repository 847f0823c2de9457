"""What rows mean: papers, questions, meetings and promises of the register, and the words that the Kamer uses."""

from datetime import date

import pytest
from kamer import guid

from sources.document import Kind
from sources.register_words import PAPERS, STATUSES, kind_of, status_of
from sources.tweedekamer_papers import meeting, office_of, paper, question, tombstone, unknown_words
from sources.tweedekamer_register import promise
from sources.tweedekamer_register import unknown_words as unknown_statuses
from sources.tweedekamer_rows import Row


def row(entity: str, number: int = 1, rows=None, refs=None, **values) -> Row:
    named = {name: tuple(v) if isinstance(v, list) else (v,) for name, v in values.items()}
    return Row(entity=entity, id=guid(number), values=named, rows=rows or {}, refs=refs or {})


DOSSIER = row("kamerstukdossier", nummer="36600", toevoeging="VII")
REALM = row("kamerstukdossier", nummer="33328", toevoeging="(R1985)")
CASE = row("zaak", 2, nummer="2022Z10980", soort="Schriftelijke vragen")


@pytest.mark.parametrize(
    ("values", "rows", "identifiers"),
    [
        (
            {"documentnummer": "2024D27797", "volgnummer": "12"},
            {"kamerstukdossier": (DOSSIER,)},
            ("2024D27797", "kst-36600-VII-12"),
        ),
        ({"documentnummer": "2024D27797", "volgnummer": "-1"}, {"kamerstukdossier": (DOSSIER,)}, ("2024D27797",)),
        (
            {"documentnummer": "2024D27797", "volgnummer": "5"},
            {"kamerstukdossier": (REALM,)},
            ("2024D27797", "kst-33328-5"),
        ),
        (
            {"documentnummer": "2024D1", "soort": "Bijlage", "volgnummer": "12"},
            {"kamerstukdossier": (DOSSIER,)},
            ("2024D1",),
        ),
        (
            {
                "documentnummer": "2022D33920",
                "soort": "Antwoord schriftelijke vragen",
                "vergaderjaar": "2021-2022",
                "aanhangselnummer": "212200054",
            },
            {"zaak": (CASE,)},
            ("2022D33920", "ah-tk-20212022-54"),
        ),
        (
            {"documentnummer": "2022D1", "soort": "Schriftelijke vragen"},
            {"zaak": (CASE,)},
            ("2022D1", "kv-tk-2022Z10980", "2022Z10980"),
        ),
        (
            {"documentnummer": "2022d33920"},
            {"huidigedocumentversie": (row("documentversie", externeidentifier="KST-32761-304"),)},
            ("2022D33920", "kst-32761-304"),
        ),
        ({"onderwerp": "zonder nummer"}, {}, ()),
    ],
)
def test_identifiers_are_those_of_this_very_paper(values, rows, identifiers):
    assert paper(row("document", rows=rows, **values), "tweedekamer").identifiers == identifiers


def test_a_letter_says_who_signed_and_where_it_belongs():
    signers = (
        row(
            "documentactor", 9, functie="staatssecretaris van BZK", actornaam="A. Tweede", relatie="Mede ondertekenaar"
        ),
        row(
            "documentactor",
            3,
            functie="minister voor Rechtsbescherming",
            actornaam="F. Eerste",
            relatie="Eerste ondertekenaar",
        ),
        row("documentactor", 4, actornaam="zonder functie", relatie="Mede ondertekenaar"),
    )
    parent = row("document", 7, documentnummer="2024D27797")
    document = paper(
        row(
            "document",
            8,
            soort="Brief regering",
            documentnummer="2024D30000",
            titel="Titel van het dossier",
            onderwerp="Reactie op <b>Kamerstuk 32 761, nr. 304</b>",
            datum="2024-06-28T00:00:00",
            kenmerkafzender="5503321",
            rows={"documentactor": signers, "kamerstukdossier": (DOSSIER,), "zaak": (CASE,), "brondocument": (parent,)},
        ),
        "tweedekamer",
    )
    assert document.key == f"tweedekamer:{guid(8)}"
    assert (document.kind, document.office) == (Kind.LETTER, "Minister voor Rechtsbescherming")
    assert document.title == "Reactie op Kamerstuk 32 761, nr. 304"
    assert document.published_on == date(2024, 6, 28)
    assert document.url == "https://www.tweedekamer.nl/kamerstukken/detail?id=2024D30000&did=2024D30000"
    assert document.references == ("dossier:36600-VII", "2022Z10980", "2024D27797", "kst-32761-304", "dossier:32761")
    assert document.facts == {
        "kind": "Brief regering",
        "dossier": "36600-VII",
        "dossier_title": "Titel van het dossier",
        "case": "2022Z10980",
        "annex_of": "2024D27797",
        "sender_reference": "5503321",
        "person": "F. Eerste",
        "cosigners": "Staatssecretaris van BZK",
    }


def test_the_order_in_which_signatories_come_changes_nothing():
    signers = [
        row("documentactor", n, functie=f"minister {n}", actornaam=f"N{n}", relatie="Mede ondertekenaar")
        for n in range(4)
    ]
    one, other = (paper(row("document", rows={"documentactor": tuple(s)}), "t") for s in (signers, signers[::-1]))
    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize(
    ("soort", "subject", "kind"),
    [
        ("Brief regering", "", Kind.LETTER),
        ("brief REGERING", "", Kind.LETTER),
        ("Mededeling", "Uitstel beantwoording vragen", Kind.POSTPONEMENT),
        ("Mededeling (uitstel antwoord)", "", Kind.POSTPONEMENT),
        ("Mededeling", "Vragen ingetrokken", Kind.OTHER),
        ("Verslag van een schriftelijk overleg", "", Kind.ANSWER),
        ("Verslag van een commissiedebat", "", Kind.DEBATE),
        ("Rapport van een nieuw soort", "", Kind.REPORT),
        ("Hologram", "", Kind.OTHER),
        ("", "", Kind.OTHER),
    ],
)
def test_kinds_of_paper(soort, subject, kind):
    assert paper(row("document", soort=soort, onderwerp=subject), "t").kind is kind


def test_new_words_pass_through_raw_and_are_reported():
    new = row("document", soort="Hologram")
    assert unknown_words(new) == ("document kind: Hologram",)
    assert paper(new, "t").facts["kind"] == "Hologram"
    assert not any(unknown_words(row("document", soort=word)) for word in PAPERS)


def test_a_withdrawn_question_is_marked():
    facts = paper(row("document", soort="Mededeling", onderwerp="Vragen over X zijn ingetrokken"), "t").facts
    assert facts["question_withdrawn"] == "yes"


def test_a_question_names_askers_addressees_term_and_state():
    actors = (
        row("zaakactor", 1, actornaam="R.M. Leijten", relatie="Indiener"),
        row("zaakactor", 2, actornaam="H. Bruins Slot", relatie="Gericht aan", functie="minister van BZK"),
        row("zaakactor", 3, actornaam="N. Bouchallikh", relatie="Medeindiener"),
    )
    document = question(
        row(
            "zaak",
            nummer="2022Z10980",
            soort="Schriftelijke vragen",
            onderwerp="Privacy",
            gestartop="2022-06-02T00:00:00+02:00",
            termijn="2022-06-23T00:00:00+02:00",
            afgedaan="False",
            rows={"zaakactor": actors},
        ),
        "t",
    )
    assert (document.kind, document.published_on) == (Kind.QUESTION, date(2022, 6, 2))
    assert document.facts == {
        "kind": "Schriftelijke vragen",
        "answered": "false",
        "term": "2022-06-23",
        "asked_by": "R.M. Leijten|N. Bouchallikh",
        "addressee": "H. Bruins Slot",
        "addressee_office": "Minister van BZK",
    }


@pytest.mark.parametrize(
    ("soort", "part"),
    [("Plenair debat", "plenaire_vergaderingen/details/activiteit"), ("Commissiedebat", "commissievergaderingen")],
)
def test_a_meeting_has_its_own_page(soort, part):
    document = meeting(
        row("activiteit", nummer="2024A05766", soort=soort, datum="2024-03-18T00:00:00", status="Gepland"), "t"
    )
    assert part in document.url
    assert document.url.endswith("?id=2024A05766")
    assert (document.kind, document.identifiers) == (Kind.DEBATE, ("2024A05766",))
    assert document.facts["meeting_on"] == "2024-03-18"
    assert document.facts["status"] == "Gepland"


def test_a_tombstone_says_only_what_is_gone():
    gone = tombstone(Row(entity="toezegging", id=guid(1), deleted=True), "tweedekamer")
    assert (gone.key, gone.kind, gone.withdrawn) == (f"tweedekamer:{guid(1)}", Kind.OTHER, True)
    assert (gone.title, gone.facts, gone.identifiers) == ("", {}, ())


@pytest.mark.parametrize(
    ("raw", "status"),
    [(raw, status) for raw, status in STATUSES.items()]
    + [("Openstaand", "open"), ("VOLDAAN", "fulfilled"), ("Deels  Afgedaan", "partly"), (" Vervallen ", "lapsed")],
)
def test_both_vocabularies_of_status(raw, status):
    document = promise(row("toezegging", status=raw), "t")
    assert status_of(raw) == document.facts["state"] == status
    assert unknown_statuses(row("toezegging", status=raw)) == ()


def test_an_unknown_status_is_never_taken_for_open():
    odd = row("toezegging", status="Onder de loep")
    assert unknown_statuses(odd) == ("register status: Onder de loep",)
    facts = promise(odd, "t").facts
    assert facts["status"] == "Onder de loep"
    assert "state" not in facts


@pytest.mark.parametrize(
    ("written", "kept"),
    [("0001-01-01T00:00:00Z", None), ("0001-01-01T00:00:00+00:00", None), ("2024-06-28T00:00:00+02:00", "2024-06-28")],
)
def test_the_day_of_keeping_is_no_deadline_and_the_sentinel_is_nothing(written, kept):
    facts = promise(row("toezegging", datumnakoming=written), "t").facts
    assert facts.get("fulfilled_on") == kept
    assert "deadline" not in facts


def test_one_promise_by_several_letters_known_and_unknown():
    letters = (row("document", 5, documentnummer="2024D27797"), row("document", 6))
    document = promise(
        row(
            "toezegging",
            nummer="tz202403-116",
            kamerbriefnakoming=["2024D00001", guid(8)],
            rows={"kamerbriefnakoming": letters},
            refs={"kamerbriefnakoming": (guid(5), guid(6), guid(7))},
        ),
        "tweedekamer",
    )
    letters_named = (
        "2024D00001",
        "2024D27797",
        f"tweedekamer:{guid(6)}",
        f"tweedekamer:{guid(7)}",
        f"tweedekamer:{guid(8)}",
    )
    assert document.facts["fulfilled_by"] == "|".join(letters_named)
    assert document.identifiers == ("TZ202403-116",)
    assert set(letters_named) <= set(document.references)


def test_repeated_amended_and_supplemented_promises_are_linked():
    other = row("toezegging", 2, nummer="TZ202401-001")
    document = promise(
        row(
            "toezegging",
            rows={"isherhalingvan": (other,)},
            refs={"iswijzigingvan": (guid(3),), "isherhalingvan": (guid(2),)},
        ),
        "t",
    )
    assert document.facts["repeats"] == "TZ202401-001"
    assert document.facts["amends"] == f"t:{guid(3)}"
    assert "TZ202401-001" in document.references


def test_a_promise_was_made_on_the_day_of_the_meeting_not_of_the_clerk():
    debate = row(
        "activiteit", 2, nummer="2024A05766", datum="2024-03-18T00:00:00", onderwerp="Privacy", soort="Plenair debat"
    )
    values = {"nummer": "TZ202403-116", "aanmaakdatum": "2024-03-20T17:42:13.69+01:00", "tekst": "Ik stuur een brief."}
    with_meeting = promise(row("toezegging", rows={"activiteit": (debate,)}, **values), "t")
    alone = promise(row("toezegging", **values), "t")
    assert (with_meeting.published_on, alone.published_on) == (date(2024, 3, 18), date(2024, 3, 20))
    assert with_meeting.title == "Toezegging TZ202403-116: Privacy"
    assert "plenaire" in with_meeting.url
    assert (alone.url, alone.text) == ("", "Ik stuur een brief.")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"naam": "Wiersma, F.M.", "achternaam": "Wiersma", "initialen": "F.M."}, "F.M. Wiersma"),
        (
            {"achternaam": "Weel", "tussenvoegsel": "van", "initialen": "D.M.", "titulatuur": "drs."},
            "drs. D.M. van Weel",
        ),
        ({"naam": "Wiersma, F.M."}, "Wiersma, F.M."),
        ({}, None),
    ],
)
def test_the_minister_by_name(values, name):
    assert promise(row("toezegging", **values), "t").facts.get("person") == name


def test_offices_have_a_capital_and_no_markup():
    assert office_of("minister  van <b>BZK</b>\x00") == "Minister van BZK"
    assert office_of("") == ""


def test_kinds_are_found_by_family_only_where_no_row_knows_the_word():
    assert kind_of("Verslag van een schriftelijk overleg") is Kind.ANSWER
    assert kind_of("Verslag van een iets nieuws") is Kind.DEBATE
    assert kind_of("Iets geheel nieuws") is None
