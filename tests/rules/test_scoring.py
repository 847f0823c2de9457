"""The figures of the backtest, on small made-up labels worked out by hand."""

from datetime import date

import pytest

from rules.scoring import (
    Bin,
    Label,
    LabelledLetter,
    PairLabel,
    Predicted,
    Ranked,
    Share,
    TermLabel,
    calibration,
    folded,
    labels_of,
    pair_of,
    score_extraction,
    score_matching,
    score_terms,
    term_label_of,
)

MAY, JULY = date(2024, 5, 31), date(2024, 7, 4)
LETTER = LabelledLetter(
    id="a",
    labels=(
        Label(keys=("informeer ik de Kamer",), kind="informeren", latest=(MAY,)),
        Label(keys=("wordt de regeling geëvalueerd", "evaluatie van de regeling"), explicit=False, kind="evaluatie"),
        Label(keys=("hoop ik te spreken",), ambiguous=True),
    ),
    negatives=("hierbij bied ik aan", "de motie verzoekt"),
)
TOLD = (
    Predicted(quote="In mei  informeer ik DE Kamer hierover.", kind="informeren", confidence=0.9, latest=MAY),
    Predicted(quote="Wij hoop ik te spreken.", confidence=0.6),
    Predicted(quote="Want hierbij bied ik aan wat u vroeg.", explicit=False, confidence=0.7),
)


def test_labels_found_and_predictions_right_are_counted_apart():
    score = score_extraction([(LETTER, TOLD)])
    assert score.found == Share(1, 2)
    assert score.right == Share(1, 2)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert (score.explicit, score.implicit) == (Share(1, 1), Share(0, 1))
    assert (score.explicit_right, score.implicit_right) == (Share(1, 1), Share(0, 1))
    assert score.kinds == {"informeren": Share(1, 1), "evaluatie": Share(0, 1)}
    assert score.kind_right == Share(1, 1)
    assert score.terms == Share(1, 1)
    assert score.traps == Share(1, 2)


def test_an_ambiguous_label_counts_neither_for_nor_against():
    without = score_extraction([(LETTER, TOLD[:1])])
    with_it = score_extraction([(LETTER, TOLD[:2])])
    assert (without.found, without.right) == (with_it.found, with_it.right)
    assert without.calibration == with_it.calibration


def test_one_prediction_may_hold_two_promises_and_two_predictions_one():
    both = Predicted(quote="Ik informeer u, want dan informeer ik de Kamer en wordt de regeling geëvalueerd.")
    again = Predicted(quote="De evaluatie van de regeling volgt.", explicit=False)
    score = score_extraction([(LETTER, (both, again))])
    assert (score.found, score.right) == (Share(2, 2), Share(2, 2))


def test_what_is_missed_says_why():
    doubtful = {"a": (Predicted(quote="Dan wordt de regeling geëvalueerd.", confidence=0.31),)}
    told = score_extraction([(LETTER, ())], doubtful).missed
    assert [(miss.key, miss.why) for miss in told] == [
        ("informeer ik de Kamer", "no wording of a promise was recognised in the sentence"),
        ("wordt de regeling geëvalueerd", "held too doubtful: chance 0.31"),
    ]


def test_extras_say_whether_they_are_a_labelled_trap():
    extras = score_extraction([(LETTER, TOLD)]).extras
    assert [(extra.quote, extra.negative) for extra in extras] == [("Want hierbij bied ik aan wat u vroeg.", True)]


def test_alarms_in_letters_without_a_commitment_are_counted():
    empty = LabelledLetter(id="b", negatives=("niets",))
    score = score_extraction([(empty, (Predicted(quote="Ik doe iets."), Predicted(quote="Ik doe meer.")))])
    assert score.alarms_where_none == 2
    assert (score.precision, score.recall, score.f1) == (0.0, None, None)


def test_a_wrong_last_day_is_listed():
    late = Predicted(quote="informeer ik de Kamer", latest=JULY)
    score = score_extraction([(LETTER, (late,))])
    assert score.terms == Share(0, 1)
    assert [(wrong.wanted, wrong.got) for wrong in score.wrong_terms] == [((MAY,), (JULY,))]


def test_any_of_several_labelled_days_is_right():
    row = {
        "key": "stuur ik",
        "strength": "explicit",
        "deadline_latest": "2024-05-31",
        "deadline_latest_all": ["2024-07-04"],
    }
    letter = labels_of({"id": "c", "commitments": [row]})
    for day in (MAY, JULY):
        assert score_extraction([(letter, (Predicted(quote="Dan stuur ik dat", latest=day),))]).terms == Share(1, 1)


def test_rows_of_the_data_become_labels():
    letter = labels_of(
        {
            "id": "kst-1",
            "commitments": [
                {"key": "k", "alt_keys": ["l"], "strength": "implicit", "kind": "beleid", "deadline_latest": MAY},
                {"key": "m", "strength": "explicit", "ambiguous": True, "deadline_latest": None},
            ],
            "hard_negatives": [{"key": "n", "why": "x"}],
        }
    )
    assert letter.labels[0] == Label(keys=("k", "l"), explicit=False, kind="beleid", latest=(MAY,))
    assert letter.labels[1].ambiguous
    assert letter.labels[1].latest == ()
    assert letter.negatives == ("n",)


def test_nothing_at_all_has_no_figures():
    score = score_extraction([])
    assert (score.letters, score.precision, score.recall, score.f1) == (0, None, None, None)
    assert (score.calibration, score.calibration_error, score.brier) == ((), None, None)


def test_calibration_compares_what_was_said_with_what_came_true():
    bins = calibration([(0.55, True), (0.55, False), (0.97, True), (1.0, True)])
    assert bins == (
        Bin(low=0.5, high=0.6, right=Share(1, 2), confidence=0.55),
        Bin(low=0.95, high=1.0, right=Share(2, 2), confidence=0.985),
    )
    score = score_extraction([(LETTER, TOLD)])
    assert score.calibration_error == pytest.approx((0.1 + 0.7) / 2)
    assert score.brier == pytest.approx((0.01 + 0.49) / 2)


def test_quotes_are_compared_without_case_and_blanks():
    assert folded("  De\u00a0Kamer\n wordt ") == "de kamer wordt"


def term(earliest, latest, group="maand"):
    return TermLabel(id="d", expression="x", written_on=date(2024, 1, 1), earliest=earliest, latest=latest, group=group)


def test_terms_are_right_to_the_day_or_nearly():
    first = date(2024, 5, 1)
    score = score_terms(
        [
            (term(first, MAY), first, MAY),
            (term(first, MAY), None, MAY),
            (term(None, MAY, "reces"), None, date(2024, 6, 1)),
            (term(None, MAY, "reces"), None, date(2024, 6, 10)),
            (term(None, MAY), None, None),
            (term(None, None, "vaag"), None, None),
            (term(None, None, "vaag"), None, MAY),
        ]
    )
    assert score.last_day == Share(3, 7)
    assert score.interval == Share(2, 7)
    assert score.within_one == Share(4, 7)
    assert score.within_ten == Share(5, 7)
    assert score.groups == {"maand": Share(2, 3), "reces": Share(0, 2), "vaag": Share(1, 2)}
    assert len(score.wrong) == 4


def test_a_row_becomes_a_term_label():
    row = {"id": "D1", "expression": "in mei", "document_date": "2024-01-01", "earliest": "2024-05-01", "latest": None}
    assert term_label_of(row) == TermLabel(
        id="D1", expression="in mei", written_on=date(2024, 1, 1), earliest=date(2024, 5, 1)
    )


PAIRS = (
    PairLabel(id="one", fulfilled_by="x", near_misses=("y",)),
    PairLabel(id="two", fulfilled_by="z"),
    PairLabel(id="none", fulfilled_by=None, near_misses=("y",)),
)


def test_ranking_claims_and_silence():
    score = score_matching(
        PAIRS,
        {
            "one": (Ranked(document="y", score=0.4), Ranked(document="x", score=0.9, fulfilled=True)),
            "two": (
                Ranked(document="q", score=0.8),
                Ranked(document="z", score=0.5),
            ),
            "none": (Ranked(document="y", score=0.95, fulfilled=True),),
        },
    )
    assert (score.first, score.five) == (Share(1, 2), Share(2, 2))
    assert score.reciprocal_rank == 0.75
    assert score.fulfilled == Share(1, 2)
    assert score.said == Share(1, 2)
    assert score.near_misses_accepted == 1
    assert score.silent == Share(0, 1)
    assert score.missed == (("two", 2),)


def test_a_document_that_is_not_proposed_is_missed_and_silence_is_right_where_nothing_fits():
    score = score_matching(PAIRS, {"two": tuple(Ranked(document=str(i), score=1 - i / 10) for i in range(6))})
    assert (score.first, score.five) == (Share(0, 2), Share(0, 2))
    assert score.silent == Share(1, 1)
    assert score.fulfilled.value is None
    assert score.missed == (("one", None), ("two", None))


def test_a_row_becomes_a_pair():
    row = {"id": "M1", "fulfilled_by": {"url": "u"}, "near_misses": [{"url": "v"}]}
    assert pair_of(row) == PairLabel(id="M1", fulfilled_by="u", near_misses=("v",))
    assert pair_of({"id": "X1", "fulfilled_by": None}) == PairLabel(id="X1", fulfilled_by=None)
