"""The guide about telling is run: its examples hold, its links lead somewhere."""

import doctest
import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "telling.md"


def test_the_examples_hold():
    done = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert done.attempted >= 6
    assert done.failed == 0


def test_its_pictures_are_there():
    named = re.findall(r"\]\((images/[^)]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(named) == 4
    for picture in named:
        assert (GUIDE.parent / picture).read_bytes().startswith(b"\x89PNG")
