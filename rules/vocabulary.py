"""The only window of the rules on files: the package's own word lists under ``rules/data``.

`data` reads a TOML table, `table` the rows of a tab-separated list; both are read once. Not inside: what the words
mean, and any file that an operator may edit (those come in as arguments).
"""

import gzip
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """The parsed ``rules/data/<name>.toml``."""
    return tomllib.loads((files("rules") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def table(name: str) -> list[list[str]]:
    """The rows of ``rules/data/<name>.tsv.gz`` without its heading. Not kept: the caller makes its own table of it."""
    packed = (files("rules") / "data" / f"{name}.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]
