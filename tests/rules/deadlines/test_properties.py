"""What holds for any text at all, and for any term put together from parts."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.calendar import Calendar
from rules.resolve import find, resolve

CALENDAR = Calendar()
DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))
WORDS = st.sampled_from(
    "in op voor vóór na uiterlijk medio begin eind het de dit volgend jaar maart 1 15 31 2024 2025/26 week kwartaal"
    " eerste tweede helft van binnen zes weken maanden zomerreces Prinsjesdag voorjaar najaar of en , . ( ) maar"
    " jaarlijks zodra tussen rond a.s. jl. vrijdag Q3 per tot met ingang niet eerder dan over komende debat ontvangst"
    " 29 februari".split()
)
AHEAD = st.sampled_from(
    """in {m};voor 1 {m};uiterlijk 15 {m};begin {m};medio {m};eind {m};in de loop van {m};per 1 {m};voor het zomerreces
    ;voor de zomer;na het zomerreces;dit jaar;voor het einde van het jaar;volgend jaar;binnen zes weken;over een maand
    ;volgende week;deze week;morgen;komende vrijdag;in het voorjaar;in het najaar;in de winter;voor de kerst
    ;met Prinsjesdag;bij de Voorjaarsnota;in Q2;in Q4;in het eerste kwartaal;in de tweede helft van het jaar
    ;rond de jaarwisseling;voor het kerstreces;in week 12;op 29 februari;tussen 1 {m} en 1 juli;binnen vijf werkdagen
    ;in de eerste week van {m}""".replace("\n    ", "").split(";")
)
MONTHS = st.sampled_from(
    "januari februari maart april mei juni juli augustus september oktober november december".split()
)


@given(st.text(max_size=200), DAYS)
def test_no_text_is_too_strange(text, day):
    resolve(text, day, CALENDAR)
    for span in find(text, day, CALENDAR):
        assert text[span.start : span.end] == span.deadline.text


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=14), DAYS)
def test_words_of_time_in_any_order_are_read_or_left(words, day):
    text = " ".join(words)
    spans = find(text, day, CALENDAR)
    resolve(text, day, CALENDAR)
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(text)  # in order, never overlapping
        assert text[span.start : span.end] == span.deadline.text
        ends.append(span.end)


@settings(max_examples=400)
@given(AHEAD, MONTHS, DAYS)
def test_a_term_never_lies_before_the_letter(form, month, day):
    deadline = resolve(form.format(m=month), day, CALENDAR)
    assert deadline is not None
    assert deadline.latest is not None
    assert deadline.latest >= day
    assert deadline.earliest is None or deadline.earliest <= deadline.latest


@given(AHEAD, MONTHS, DAYS)
def test_a_term_in_a_sentence_is_the_term_by_itself(form, month, day):
    words = form.format(m=month)
    alone = resolve(words, day, CALENDAR)
    spans = find(f"Ik informeer de Kamer {words} nader.", day, CALENDAR)
    assert [(s.deadline.earliest, s.deadline.latest) for s in spans] == [(alone.earliest, alone.latest)]


@given(st.dates(date(2012, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_a_written_day_is_that_day_whatever_the_letter_says(day, distance):
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    written_on = day + timedelta(days=distance - 200)
    for text in (f"{day.day} {months[day.month - 1]} {day.year}", day.isoformat(), f"{day:%d-%m-%Y}"):
        deadline = resolve(f"uiterlijk {text}", written_on, CALENDAR)
        assert deadline is not None
        assert (deadline.earliest, deadline.latest) == (None, day)


@given(DAYS, st.integers(1, 60))
def test_a_day_without_a_year_is_the_first_to_come(day, ahead):
    target = day + timedelta(days=ahead)
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    deadline = resolve(f"op {target.day} {months[target.month - 1]}", day, CALENDAR)
    assert deadline is not None
    assert deadline.latest == target
