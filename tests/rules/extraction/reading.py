"""What the tests of extraction share: a letter around a few sentences, and the quotes that come back."""

from datetime import date

from rules.calendar import Calendar
from rules.commitment import Found
from rules.extraction import extract
from sources.document import Letter

CALENDAR = Calendar()
WRITTEN_ON = date(2024, 3, 1)


def found(text: str, **letter: object) -> tuple[Found, ...]:
    return extract(Letter(**{"text": text, "written_on": WRITTEN_ON, **letter}), CALENDAR)  # type: ignore[arg-type]


def quotes(text: str, **letter: object) -> list[str]:
    return [one.quote for one in found(text, **letter)]


def the_one(text: str, **letter: object) -> Found:
    (one,) = found(text, **letter)
    return one
