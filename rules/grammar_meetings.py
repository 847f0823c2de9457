"""Meetings with a day: "het commissiedebat van 1 juli", "de eerstvolgende ministerraad" as a `Time`.

A meeting whose day the words do not give is no time; `rules.grammar_events` reads it as an event.
"""

from dataclasses import replace
from datetime import timedelta

from rules import periods
from rules.calendar import FRIDAY
from rules.deadline import Precision
from rules.grammar_line import Line, Read, Time, determiner, fixed
from rules.grammar_times import read_time
from rules.grammar_words import CLAUSE_ENDERS, COMING, MEETING_ENDINGS, MEETINGS, NEXT

TO_NOUN, TO_DAY = 4, 12  # words from the article to the meeting, and from the meeting to its day
NO_DAY = (CLAUSE_ENDERS - {"(", ","}) | frozenset(
    "uiterlijk voor vanaf na tot binnen rond begin eind medio sinds per zodra nadat en of".split()
)  # what stands between a meeting and a day that is not its own
NO_NOUN = CLAUSE_ENDERS | frozenset("om in bij dat die met van over aan per uit voor om na als een".split())


def is_meeting(word: str) -> bool:
    return word in MEETINGS or (word.endswith(MEETING_ENDINGS))


def meeting_noun(line: Line, i: int) -> int | None:
    """Where, from `i` on, the noun of a meeting stands: after an article and at most three words."""
    _, j = determiner(line, i)
    for k in range(j, j + TO_NOUN):
        if line.word(k) in NO_NOUN or not line.word(k):
            return None
        if is_meeting(line.word(k)):
            of_ministers = line.words[k + 1 : k + 4] == ["van", "de", "ministerraad"]
            return k + 3 if of_ministers else k
    return None


def read_meeting(line: Line, i: int) -> Read:
    noun = meeting_noun(line, i)
    if noun is None:
        return None
    for j in range(noun + 1, noun + TO_DAY):
        named_on = line.word(j) == "en" and line.word(j + 1) not in ("op", "van", "dd", "de", "het")
        if not line.word(j) or (line.word(j) in NO_DAY and not named_on):
            break
        k = j + 1 if line.word(j) in ("van", "op", "dd", ",", "(") else j
        found = read_time(line, k)
        if found and found[0].rule in ("date", "weekday", "day", "week"):
            return _held(line, noun, found[0]), found[1]
    return _cabinet(line, i, noun)


def _held(line: Line, noun: int, when: Time) -> Time:
    if line.word(noun) == "ministerraad" and when.rule == "week":
        monday = when.at(when.year or line.written_on.year)[0].first
        return fixed(periods.single(monday + timedelta(days=FRIDAY)), "meeting")
    return replace(when, rule="meeting", alone=False)


def _cabinet(line: Line, i: int, noun: int) -> Read:
    """The council of ministers meets on Fridays."""
    which, _ = determiner(line, i)
    if line.word(noun) != "ministerraad" or which not in (COMING, NEXT):
        return None
    today = line.written_on
    friday = today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)
    return fixed(replace(periods.single(friday), precision=Precision.DAY), "meeting"), noun + 1
