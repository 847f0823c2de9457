"""Days in words, in Dutch and English, as Amsterdam calendar days. No clock: every moment is an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from notifications.words import Language, Said

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MONTHS = (
    Said("januari", "January"),
    Said("februari", "February"),
    Said("maart", "March"),
    Said("april", "April"),
    Said("mei", "May"),
    Said("juni", "June"),
    Said("juli", "July"),
    Said("augustus", "August"),
    Said("september", "September"),
    Said("oktober", "October"),
    Said("november", "November"),
    Said("december", "December"),
)
_WEEKDAYS = (
    Said("maandag", "Monday"),
    Said("dinsdag", "Tuesday"),
    Said("woensdag", "Wednesday"),
    Said("donderdag", "Thursday"),
    Said("vrijdag", "Friday"),
    Said("zaterdag", "Saturday"),
    Said("zondag", "Sunday"),
)


def local_day(moment: datetime) -> date:
    """The Amsterdam calendar day of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def day_words(day: date, language: Language, *, weekday: bool = False) -> str:
    """``2 september 2022`` / ``2 September 2022``, on request with the name of the day before it."""
    words = f"{day.day} {month_words(day, language)}"
    return f"{_WEEKDAYS[day.weekday()].in_(language)} {words}" if weekday else words


def month_words(day: date, language: Language) -> str:
    """``september 2022`` / ``September 2022``."""
    return f"{_MONTHS[day.month - 1].in_(language)} {day.year}"


def days_words(days: int, language: Language) -> str:
    """``1 dag`` / ``12 dagen``; the number without its sign."""
    number = abs(days)
    one, many = Said("dag", "day"), Said("dagen", "days")
    return f"{number} {(one if number == 1 else many).in_(language)}"


def period_words(first: date, last: date, language: Language) -> str:
    """``2 september 2022`` for one day, else ``2 september 2022 tot en met 9 september 2022``."""
    if first == last:
        return day_words(first, language)
    until = Said("tot en met", "to").in_(language)
    return f"{day_words(first, language)} {until} {day_words(last, language)}"


def margin_words(term: date, happened: date, language: Language) -> str:
    """How a day lies to the last day of a term: so many days before it, on it, or after it. No blame in the words."""
    days = (happened - term).days
    if days == 0:
        return Said("op de laatste dag van de termijn", "on the last day of the term").in_(language)
    after = Said("na het einde van de termijn", "after the end of the term")
    before = Said("voor het einde van de termijn", "before the end of the term")
    return f"{days_words(days, language)} {(after if days > 0 else before).in_(language)}"


def moment_words(moment: datetime, language: Language) -> str:
    """``2 september 2022, 09:30``, by the clock of Amsterdam."""
    return f"{day_words(local_day(moment), language)}, {moment.astimezone(AMSTERDAM):%H:%M}"
