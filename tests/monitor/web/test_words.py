"""Every phrase exists in both languages, and every phrase that a page asks for exists."""

import re
from pathlib import Path
from string import Formatter

import pytest

import monitor.web
from monitor.store.sources import Health
from monitor.web.charts import GROUPS
from monitor.web.standing import Standing
from monitor.web.words import (
    ERRORS,
    EXPLAINED,
    HEALTH_EXPLAINED,
    HEALTHS,
    SOURCES,
    STANDINGS,
    WORDS,
    source_name,
    word,
)
from notifications.words import Language
from sources.source import SourceError

FOLDER = Path(monitor.web.__file__).parent
TABLES = [WORDS, STANDINGS, EXPLAINED, HEALTHS, HEALTH_EXPLAINED, ERRORS, SOURCES]


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_something_with_the_same_blanks(table):
    for said in table.values():
        assert said.nl.strip()
        assert said.en.strip()
        assert blanks(said.nl) == blanks(said.en)


def test_every_member_has_words():
    assert set(STANDINGS) == set(EXPLAINED) == set(Standing)
    assert set(HEALTHS) == set(HEALTH_EXPLAINED) == set(Health)
    kinds = {kind.kind for kind in SourceError.__subclasses__()} | {SourceError.kind}
    assert kinds <= set(ERRORS)
    assert set(GROUPS) <= set(WORDS)


def asked_for():
    for file in [*FOLDER.rglob("*.j2"), *FOLDER.glob("*.py")]:
        text = file.read_text(encoding="utf-8")
        for name in re.findall(r"\b(?:t|word)\(\"(\w+)\"", text):
            yield pytest.param(name, id=f"{file.name}:{name}")


@pytest.mark.parametrize("name", list(asked_for()))
def test_every_phrase_that_is_asked_for_exists(name):
    assert name in WORDS


def test_no_phrase_is_left_over():
    text = "".join(file.read_text(encoding="utf-8") for file in [*FOLDER.rglob("*.j2"), *FOLDER.glob("*.py")])
    text += "".join(f'"{group}"' for group in GROUPS)
    built = ("error_", "about_", "cannot_", "register_")
    left = [name for name in WORDS if not name.startswith(built) and text.count(f'"{name}"') < 2]
    assert [name for name in left if name not in GROUPS] == []


def test_a_source_without_words_keeps_its_name():
    assert source_name("edpb_news", Language.EN) == "edpb news"
    assert source_name("eerste_kamer", Language.EN) == "Senate"


def test_values_may_have_any_name():
    assert word("logged_in", Language.EN, name="{x}") == "Logged in as {x}"
