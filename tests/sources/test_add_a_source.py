"""docs/add-a-source.md, followed to the letter in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from sources.catalogue import build

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_entries_of_data_make_sources(fetcher):
    (entries,) = (body for language, path, body in BLOCKS if language == "toml" and not path)
    made = build(tomllib.loads(entries), {}, fetcher)
    assert list(made) == ["gemeente_nieuws", "adviesraad_publicaties", "onderzoek_register"]


def test_the_steps_add_a_source_that_keeps_the_rules(tmp_path):
    for name in ("sources", "rules", "notifications", "monitor", "seeds", "tests/sources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/test_house_rules.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for language, path, body in BLOCKS:
        if path:
            follow(tmp_path / path, language, body)
    run(
        tmp_path,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/sources/test_adviesraad.py",
        "tests/test_house_rules.py",
    )
    run(
        tmp_path,
        "-c",
        "import tomllib; from pathlib import Path\n"
        "from sources.catalogue import build; from sources.http import Fetcher\n"
        "made = build(tomllib.loads(Path('seeds/sources.toml').read_text()), {}, Fetcher())\n"
        "assert type(made['adviesraad']).__module__ == 'sources.adviesraad', made",
    )


def follow(path: Path, language: str, body: str) -> None:
    """Write a new file, add to a table of data, or add the lines of a diff to the imports and to KINDS."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if language == "diff":
        text = path.read_text(encoding="utf-8")
        for line in (line.removeprefix("+") for line in body.splitlines()):
            before = "from sources." if line.startswith("from ") else '    "'
            text = re.sub(rf"^(?={before})", f"{line}\n", text, count=1, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    else:
        known = path.read_text(encoding="utf-8") + "\n" if path.exists() and language == "toml" else ""
        path.write_text(known + body, encoding="utf-8")


def run(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
