"""The four statements of the architecture (docs/architecture.md), as tests. Standard library only."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["sources", "rules", "notifications", "monitor"]  # each may look down (left), never up
PURE_NOUNS = {"sources.document", "sources.references"}  # all that rules may know of the floor below
HOMES = {  # each tool has one home
    "requests": {"sources/http.py"},
    "requests_ratelimiter": {"sources/http.py"},
    "urllib3": {"sources/http.py"},
    "apprise": {"notifications/channels.py"},
    "apscheduler": {"monitor/schedule.py"},
    "sqlalchemy": {"monitor/store/"},
    "sqlmodel": {"monitor/store/"},
    "alembic": {"monitor/store/"},
    "sqlite3": {"monitor/store/"},
    "numpy": {"rules/postings.py", "rules/ceilings.py", "rules/passages.py"},
    "typer": {"monitor/commands/", "monitor/__main__.py"},
    "fastapi": {"monitor/web/"},
    "uvicorn": {"monitor/web/", "monitor/service.py"},
}
IO = {"socket", "pathlib", "os", "io", "subprocess", "urllib", "http", "smtplib", "shutil", "tempfile", "threading",
      "asyncio", "time", "random", "sqlite3"}  # fmt: skip
DATA_WINDOW = "rules/vocabulary.py"  # reads the package's own word lists, nothing else
CLOCK_DOORS = {"monitor/__main__.py", "monitor/settings.py"}
CLOCKS = {"now", "today", "utcnow"}
LATE_IMPORTS_ALLOWED: dict[str, str] = {}  # file -> reason


@cache
def modules() -> dict[str, ast.Module]:
    files = [p for floor in FLOORS for p in sorted((ROOT / floor).rglob("*.py"))]
    return {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in files}


def imports(tree: ast.AST) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names |= {str(node.module)} | {f"{node.module}.{a.name}" for a in node.names}
    return names


def functions() -> list[tuple[str, str, int]]:
    """(file, name, lines without the docstring) of every function."""
    out = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                is_doc = isinstance(first, ast.Expr) and isinstance(getattr(first, "value", None), ast.Constant)
                doc = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
                out.append((path, node.name, (node.end_lineno or 0) - node.lineno + 1 - doc))
    return out


def test_a_floor_never_looks_up():
    for path, tree in modules().items():
        floor = FLOORS.index(path.split("/")[0])
        for name in imports(tree):
            top = name.split(".")[0]
            assert top not in FLOORS or FLOORS.index(top) <= floor, f"{path} looks up to {name}"
            assert top not in ("tests", "benchmarks"), f"{path} imports {name}"


def test_rules_know_only_the_pure_nouns_of_sources():
    for path, tree in modules().items():
        if path.startswith("rules/"):
            for name in imports(tree):
                if name.startswith("sources."):
                    assert any(name == noun or name.startswith(noun + ".") for noun in PURE_NOUNS), f"{path}: {name}"


def test_each_tool_has_one_home():
    for path, tree in modules().items():
        for name in imports(tree):
            homes = HOMES.get(name.split(".")[0])
            assert homes is None or any(path.startswith(home) for home in homes), f"{name} is used in {path}"


def test_rules_are_pure():
    for path, tree in modules().items():
        if not path.startswith("rules/"):
            continue
        for name in imports(tree):
            assert name.split(".")[0] not in IO, f"{path} imports {name}"
            assert not name.startswith("importlib") or path == DATA_WINDOW, f"{path} reads files"
        calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not calls & {"open", "print", "input"}, f"{path} does I/O"


def test_only_the_door_reads_the_clock_and_the_environment():
    for path, tree in modules().items():
        if path in CLOCK_DOORS:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                owner = node.func.value
                named = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                assert named not in ("datetime", "date"), f"{path}:{node.lineno} reads the clock"
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                raise AssertionError(f"{path}:{node.lineno} reads the environment")


def test_no_import_hides_in_a_function():
    for path, tree in modules().items():
        late = [
            inner.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Import | ast.ImportFrom)
        ]
        assert not late or path in LATE_IMPORTS_ALLOWED, f"{path}: late imports at lines {late}"


def test_broad_excepts_are_only_the_loops_that_set_aside():
    """`except Exception` is allowed where the line says why: ``# noqa: BLE001 - <reason>``."""
    for path, tree in modules().items():
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or (isinstance(node.type, ast.Name) and "Exception" in node.type.id)
                assert not broad or "BLE001 - " in lines[node.lineno - 1], f"{path}:{node.lineno}"


def test_functions_are_short():
    sizes = sorted(size for _, _, size in functions())
    assert sizes[len(sizes) // 2] <= 6, f"median {sizes[len(sizes) // 2]}"
    assert sizes[int(len(sizes) * 0.95)] <= 40
    assert not [f for f in functions() if f[2] > 80]


def test_files_are_short_and_no_file_is_a_drawer():
    for path in modules():
        assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 500, path
        assert Path(path).stem not in ("utils", "helpers", "common", "types", "misc"), path


def test_every_module_says_what_it_is():
    for path, tree in modules().items():
        assert ast.get_docstring(tree), f"{path} has no docstring"


def test_nouns_import_no_network():
    code = "import sources.document, sources.references, sources.source, sys; sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "for now"])
def test_no_promises_in_the_code(word):
    for path in modules():
        assert word not in (ROOT / path).read_text(encoding="utf-8"), path
