"""The documents are part of the product: links lead somewhere, commands run, settings and options exist."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.commands import COMMANDS, GROUPS, run
from monitor.commands.door import Door
from monitor.settings import Settings, load
from rules.policy import Policy

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
KNOWN = {name for names in COMMANDS.values() for name in names} | set(GROUPS)
LONG_RUNNING = {"run", "demo"}  # daemons and the demo have tests of their own
NEEDS_NETWORK = {"poll", "backfill"}


def text(page):
    return page.read_text(encoding="utf-8")


def shell_lines(page):
    for block in re.findall(r"^```sh\n(.*?)^```", text(page), re.M | re.S):
        for line in block.splitlines():
            bare = line.split("  #")[0].strip()
            if bare and not bare.startswith("#"):
                yield bare


def nakoming_lines():
    for page in PAGES:
        for line in shell_lines(page):
            found = re.search(r"(?:^|\s)(?:\.venv/bin/)?nakoming (.+)$", line)
            if found:
                yield pytest.param(found[1], line, id=f"{page.name}: {found[1][:60]}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text(page)):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_commands_that_exist(page):
    for name in re.findall(r"`nakoming ([a-z]+)", text(page)):
        assert name in KNOWN, f"{page.name} names nakoming {name}"


@pytest.mark.parametrize(("arguments", "line"), list(nakoming_lines()))
def test_commands_in_the_documents_run(arguments, line, tmp_path, monkeypatch, capsys):
    words = shlex.split(arguments)
    if words[0] in LONG_RUNNING | NEEDS_NETWORK:
        assert run([words[0], "--help"], Door(clock=clock, load=load)) == 0
        return
    for name, value in re.findall(r"(NAKOMING_\w+)='([^']*)'", line):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NAKOMING_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(ROOT)
    words = [str(tmp_path / word) if word.endswith((".db", ".zip")) else word for word in words]
    assert run(words, Door(clock=clock, load=load)) == 0, capsys.readouterr().err


def clock():
    return datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_make_targets_in_the_readme_exist():
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.M))
    for line in shell_lines(ROOT / "README.md"):
        if line.startswith("make "):
            assert line.split()[1] in targets


def test_the_guide_explains_every_setting_with_its_default():
    guide = text(ROOT / "docs" / "operators-guide.md")
    table = guide[guide.index("| setting |") : guide.index("## Channels")]
    for name in Settings.model_fields:
        assert f"`{name}" in table, f"{name} is not explained"
    for name in Policy.__dataclass_fields__:
        default = getattr(Policy(), name)
        assert re.search(rf"`policy.{name}` \| {default:g} \|", table), f"policy.{name} is {default:g}"


def test_the_changelog_begins_with_what_is_not_released_or_the_present_version():
    first = re.search(r"^## (.+)$", text(ROOT / "CHANGELOG.md"), re.M)[1]
    version = re.search(r'^version = "(.+)"', text(ROOT / "pyproject.toml"), re.M)[1]
    assert first == "Unreleased" or version in first


def test_no_page_names_a_path_of_a_machine():
    for page in PAGES:
        for place in (f"{Path.home()}/", f"{ROOT}/", "../shared"):
            assert place not in text(page), f"{page.name} names {place}"
