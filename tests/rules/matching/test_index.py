"""The index finds what brute force finds, with the same scores, while promises come and go."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.commitment import Actor, Commitment
from rules.event import Match
from rules.index import Index
from rules.matching import about, match
from rules.postings import Postings
from rules.profile import WHOLE, paper_of, shares
from sources.document import Document, Kind

SUBJECTS = (
    "veerverbinding haven kade veerboot Harlingen Terschelling dienstregeling schipper vaargeul baggeren "
    "studentenhuisvesting kamermarkt huurtoeslag huurders corporatie nieuwbouw evaluatie onderzoek rapport reactie "
    "gemeenten privacy gegevensbescherming toezicht register WODC voortgang werkagenda digitalisering algoritme "
    "jeugdhulp wachttijden ziekenhuis ambulance visserij pulsonderzoek landbouw mestbeleid stikstof natuurgebied"
).split()
FILLING = "de het een van naar voor over met door uw kamer ik zal informeren voor de zomer".split()


def _text(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(SUBJECTS if chance.random() < 0.5 else FILLING) for _ in range(length))


def _promise(chance: random.Random, number: int) -> Commitment:
    return Commitment(
        id=f"c{number:03}",
        quote=_text(chance, chance.randint(3, 25)),
        context=_text(chance, 30) if chance.random() < 0.3 else "",
        actor=Actor(office=chance.choice(("Minister van VWS", "Minister van BZK", ""))),
        made_on=date(2022, 1, 1) + timedelta(days=chance.randint(0, 900)) if chance.random() < 0.8 else None,
        own=(f"kst-3{chance.randint(1000, 1009)}-{number}",),
        references=(f"2023Z0000{chance.randint(1, 9)}",) if chance.random() < 0.3 else (),
    )


def _document(chance: random.Random, number: int) -> Document:
    dossier = f"kst-3{chance.randint(1000, 1009)}-{number + 500}"
    return Document(
        key=f"d{number:03}",
        source="x",
        kind=chance.choice((Kind.LETTER, Kind.LETTER, Kind.NEWS, Kind.QUESTION, Kind.OTHER)),
        title=_text(chance, chance.randint(1, 12)),
        text=_text(chance, chance.choice((0, 20, 200, 900))),
        identifiers=(dossier,) if chance.random() < 0.5 else (),
        references=(f"2023Z0000{chance.randint(1, 9)}",) if chance.random() < 0.2 else (),
        published_on=date(2022, 1, 1) + timedelta(days=chance.randint(0, 1500)),
    )


def _brute(commitments: list[Commitment], document: Document) -> tuple[Match, ...]:
    found = [one for commitment in commitments if (one := match(commitment, document))]
    return tuple(sorted(found, key=lambda one: (-one.score, one.commitment)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_index_and_brute_force_agree_to_the_last_digit(seed: int):
    chance = random.Random(seed)
    commitments = [_promise(chance, number) for number in range(80)]
    index = Index(commitments)
    pairs = 0
    for number in range(12):
        document = _document(chance, number)
        brute = _brute(commitments, document)
        assert index.matches(document) == brute
        pairs += len(brute)
    assert pairs > 50


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_a_least_score_leaves_out_what_neither_scores_it_nor_is_about_the_promise(seed: int):
    chance = random.Random(seed)
    commitments = [_promise(chance, number) for number in range(80)]
    index = Index(commitments)
    for number in range(12):
        document = _document(chance, number)
        brute = _brute(commitments, document)
        for least in (0.01, 0.1, 0.35, 0.7, 1.0):
            wanted = tuple(one for one in brute if max(one.score, about(one)) >= least)
            assert index.matches(document, least=least) == wanted


def test_ceilings_spare_most_of_the_judging_and_lose_nothing():
    chance = random.Random(8)
    commitments = [_promise(chance, number) for number in range(150)]
    index = Index(commitments)
    judged, touched, kept = 0, 0, 0
    for number in range(40):
        document = _document(chance, number)
        paper = paper_of(document)
        few, all_near = set(index.candidates(paper, 0.35)), set(index.candidates(paper))
        assert few <= all_near
        judged, touched = judged + len(few), touched + len(all_near)
        kept += len(index.matches(document, least=0.35))
    assert kept > 20
    assert judged < touched / 2


def test_promises_that_come_change_and_go_leave_an_index_as_if_built_anew():
    chance = random.Random(7)
    held = {one.id: one for one in (_promise(chance, number) for number in range(60))}
    index = Index(held.values())
    for step in range(120):
        number = chance.randrange(90)
        name = f"c{number:03}"
        if chance.random() < 0.4:
            index.remove(name)
            held.pop(name, None)
        else:
            held[name] = _promise(chance, number)
            index.add(held[name])
        if step % 30 == 29:
            document = _document(chance, step)
            assert (
                index.matches(document)
                == Index(held.values()).matches(document)
                == _brute(list(held.values()), document)
            )
    assert len(index) == len(held)
    assert all(name in index for name in held)


def test_slots_of_removed_promises_are_given_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rules.index.MOST_UNUSED", 5)
    chance = random.Random(3)
    commitments = [_promise(chance, number) for number in range(10)]
    index = Index(commitments)
    for _ in range(20):
        for commitment in commitments:
            index.add(commitment)
    assert index._opening.size <= 5 + 2 * len(commitments) + 1
    document = _document(chance, 1)
    assert index.matches(document) == _brute(commitments, document)


def test_removing_what_is_not_there_changes_nothing():
    index = Index()
    index.remove("nobody")
    assert len(index) == 0
    assert index.matches(_document(random.Random(1), 1)) == ()


def test_the_order_of_adding_does_not_matter():
    chance = random.Random(11)
    commitments = [_promise(chance, number) for number in range(50)]
    document = _document(chance, 1)
    assert Index(commitments).matches(document) == Index(reversed(commitments)).matches(document)


def test_most_keeps_the_best():
    chance = random.Random(5)
    commitments = [_promise(chance, number) for number in range(80)]
    document = replace(_document(chance, 1), title=_text(chance, 10), text=_text(chance, 60))
    all_found = Index(commitments).matches(document)
    assert len(all_found) > 3
    assert Index(commitments).matches(document, most=3) == all_found[:3]


def test_a_reference_that_a_thousand_promises_share_stays_bounded(promise: Callable[..., Commitment]):
    promises = [promise(f"Ik kom terug op punt {n}", id=f"c{n}", references=("2023Z01234",)) for n in range(1000)]
    document = Document(key="d", source="x", title="Brief", references=("2023Z01234",), published_on=date(2023, 9, 1))
    index = Index(promises)
    found = index.matches(document, most=20)
    assert len(found) == 20
    assert all("reference" in {reason.signal for reason in one.reasons} for one in found)


terms_of = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(1, 50).map(float), min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(
    looks=st.lists(terms_of, min_size=1, max_size=25),
    held=st.sets(st.sampled_from("abcdefghijklmnopq")),
    removed=st.sets(st.integers(0, 24)),
)
def test_postings_give_exactly_the_promises_that_hold_the_least_share(
    looks: list[dict[str, float]], held: set[str], removed: set[int]
):
    least = int(0.6 * WHOLE)
    postings = Postings(least)
    weighed = [shares({f"woord{term}": worth for term, worth in look.items()}) for look in looks]
    slots = [postings.add(look) for look in weighed]
    for slot in removed & set(slots):
        postings.remove(slot)
    terms = {f"woord{term}" for term in held}
    wanted = [
        slot
        for slot, look in zip(slots, weighed, strict=True)
        if slot not in removed and sum(share for term, share in look.items() if term in terms) >= least
    ]
    assert postings.near(terms)[0].tolist() == wanted


@pytest.mark.parametrize("spare", [0.0, 0.5])
def test_terms_that_very_many_promises_have_count_like_others(monkeypatch: pytest.MonkeyPatch, spare: float):
    monkeypatch.setattr("rules.postings.SHORT", 2)
    chance, postings, looks = random.Random(9), Postings(int(0.6 * WHOLE), spare), []
    for _ in range(400):
        named = chance.sample(SUBJECTS, 6) + chance.sample(["haven", "kade"], chance.randint(0, 2))
        looks.append(shares({word: chance.uniform(1, 9) for word in named}))
        postings.add(looks[-1])
    for _ in range(20):
        terms = {*chance.sample(SUBJECTS, 25), "haven", "kade"}
        wanted = [
            slot
            for slot, look in enumerate(looks)
            if sum(share for term, share in look.items() if term in terms) >= postings.least
        ]
        assert postings.near(terms)[0].tolist() == wanted
    worths = postings.worths({"haven": 2.0, "kade": 1.0, "nergens": 9.0}, np.arange(400))
    held = [2.0 * ("haven" in look) + ("kade" in look) for look in looks]
    assert spare or worths.tolist() == held


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.floats(0.001, 1000), min_size=1, max_size=40))
def test_shares_are_whole_numbers_that_add_up(worths: dict[str, float]):
    found = shares(worths)
    assert sum(found.values()) == WHOLE
    assert all(isinstance(share, int) and share > 0 for share in found.values())


def test_nothing_to_look_for_has_no_shares():
    assert shares({}) == {}
    assert shares({"de": 0.0}) == {}
