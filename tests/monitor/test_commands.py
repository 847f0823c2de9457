"""The command line as a contract: shapes, exit statuses, one clear line for whatever is wrong."""

import io
import json
import sys

import pytest
from monitor_examples import Clock

from monitor.commands import run
from monitor.commands.door import Door
from monitor.settings import load

LETTER = """Geachte voorzitter,

In antwoord op uw vragen meld ik het volgende. Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.
De gemeenten moeten zelf hun wegen onderhouden.

De minister van Infrastructuur en Waterstaat,
A. de Vries
"""


@pytest.fixture
def nakoming(tmp_path, monkeypatch, capsys):
    """Run a command in a folder of its own; its exit status, output lines and error text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NAKOMING_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "brief.txt").write_text(LETTER, encoding="utf-8")
    clock = Clock()

    def call(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        status = run(list(arguments), Door(clock=clock, load=load))
        out, err = capsys.readouterr()
        return status, out, err

    call.clock = clock
    call.folder = tmp_path
    return call


def rows(out):
    return [json.loads(line) for line in out.splitlines()]


def added(nakoming):
    status, out, _ = nakoming("add", "brief.txt", "--date", "2023-02-01", "--json")
    assert status == 0
    return rows(out)[0]["id"]


def test_extract_prints_the_promised_shape_and_offsets_point_at_the_quote(nakoming):
    status, out, _ = nakoming("extract", "brief.txt", "--date", "2023-02-01", "--json")
    (found,) = rows(out)
    assert status == 0
    assert LETTER[found["start"] : found["end"]] == found["quote"]
    names = {"quote", "start", "end", "section", "actor", "kind", "strength", "action", "deadline", "references",
             "confidence", "reasons"}  # fmt: skip
    assert names <= set(found)
    assert set(found["actor"]) == {"office", "person", "as_written"}
    assert {"text", "earliest", "latest", "precision", "recurring"} <= set(found["deadline"])
    assert found["deadline"]["latest"] == "2023-07-06"
    assert (found["strength"], 0 < found["confidence"] <= 1) == ("explicit", True)


def test_extract_reads_standard_input_and_prints_a_table_for_people(nakoming):
    status, out, _ = nakoming("extract", "-", "--date", "2023-02-01", stdin=LETTER)
    assert status == 0
    assert "1 commitments" in out


def test_read_prints_the_text_that_offsets_count_in(nakoming):
    assert nakoming("read", "brief.txt")[1].rstrip("\n") == LETTER.rstrip("\n")
    (letter,) = rows(nakoming("read", "brief.txt", "--json")[1])
    assert letter["text"] == LETTER
    assert {"written_on", "reference", "sender", "addressee", "sections"} <= set(letter)


def test_deadline_answers_one_expression_or_lines_of_them(nakoming):
    (one,) = rows(nakoming("deadline", "voor het zomerreces", "--date", "2023-02-01", "--json")[1])
    assert (one["earliest"], one["latest"], one["recurring"]) == (None, "2023-07-06", False)
    asked = [{"id": "a", "expression": "eind dit jaar", "document_date": "2023-02-01"},
             {"id": "b", "expression": "zo spoedig mogelijk", "document_date": "2023-02-01"}]  # fmt: skip
    status, out, _ = nakoming("deadline", "--json", stdin="\n".join(map(json.dumps, asked)))
    assert status == 0
    assert [(r["id"], r["latest"]) for r in rows(out)] == [("a", "2023-12-31"), ("b", None)]


def test_match_ranks_documents_for_each_commitment(nakoming):
    promise = {"id": "p", "text": "Ik stuur de Kamer een plan voor veilige fietspaden.", "made_on": "2023-02-01"}
    papers = [
        {"id": "x", "title": "Plan voor veilige fietspaden", "text": "Bij deze het plan voor veilige fietspaden."},
        {"id": "y", "title": "Jaarverslag van de Belastingdienst", "text": "De inning verloopt goed."},
    ]
    papers = [{**paper, "published_on": "2023-03-01"} for paper in papers]
    (nakoming.folder / "c.jsonl").write_text(json.dumps(promise))
    (nakoming.folder / "d.jsonl").write_text("\n".join(map(json.dumps, papers)))
    status, out, _ = nakoming("match", "--commitments", "c.jsonl", "--documents", "d.jsonl", "--json")
    (best, *rest) = rows(out)
    assert status == 0
    assert (best["commitment"], best["document"]) == ("p", "x")
    assert {"score", "verdict", "reasons"} <= set(best)
    assert {"signal", "weight", "text"} == set(best["reasons"][0])
    assert "y" not in [r["document"] for r in rest], "a pair with no signal is left out"


def test_a_letter_is_added_once_and_shown_with_its_history(nakoming):
    id_ = added(nakoming)
    again = rows(nakoming("add", "brief.txt", "--date", "2023-02-01", "--json")[1])
    assert [(r["id"], r["how"]) for r in again] == [(id_, "known")]
    (listed,) = rows(nakoming("list", "--json")[1])
    names = {"id", "quote", "status", "overdue", "due", "actor", "made_on", "documents", "address"}
    assert names <= set(listed)
    assert listed["due"]["latest"] == "2023-07-06"
    assert listed["address"] == f"http://127.0.0.1:8080/toezeggingen/{id_}"
    (shown,) = rows(nakoming("show", id_, "--json")[1])
    assert [e["kind"] for e in shown["events"]] == ["made"]
    assert {"kind", "at", "by", "document", "score", "reasons", "note"} <= set(shown["events"][0])
    assert {"id", "identifiers", "title", "url"} <= set(shown["events"][0]["document"])


def test_a_letter_that_is_added_later_keeps_the_promise(nakoming):
    id_ = added(nakoming)
    later = """Den Haag, 12 juni 2023

Onderwerp: plan voor veilige fietspaden

Geachte voorzitter,

Zoals toegezegd in mijn brief van 1 februari 2023 stuur ik u hierbij het plan voor veilige fietspaden.

De minister van Infrastructuur en Waterstaat,
A. de Vries
"""
    (nakoming.folder / "later.txt").write_text(later)
    assert nakoming("add", "later.txt")[0] == 0
    (shown,) = rows(nakoming("show", id_, "--json")[1])
    assert shown["status"] == "fulfilled"
    assert [e["kind"] for e in shown["events"]] == ["made", "fulfilled"]
    assert shown["events"][1]["reasons"]


def test_people_decide_and_the_history_says_who_and_why(nakoming):
    id_ = added(nakoming)
    nakoming.clock.forward(minutes=1)
    assert nakoming("postpone", id_, "2024-02-01", "--by", "Anna", "--reason", "brief van mei")[0] == 0
    nakoming.clock.forward(minutes=1)
    assert nakoming("lapse", id_, "--by", "Anna")[0] == 0
    nakoming.clock.forward(minutes=1)
    assert nakoming("reopen", id_, "--by", "Bart")[0] == 0
    nakoming.clock.forward(minutes=1)
    assert nakoming("fulfil", id_, "--by", "Bart", "--partly")[0] == 0
    nakoming.clock.forward(minutes=1)
    assert nakoming("undo", id_, "--by", "Bart")[0] == 0
    (shown,) = rows(nakoming("show", id_, "--json")[1])
    decided = [f"{e['kind']} {e['by']}" for e in shown["events"]][:5]
    assert decided == ["made machine", "postponed Anna", "lapsed Anna", "reopened Bart", "partly Bart"]
    assert shown["events"][1]["note"] == "brief van mei"
    assert (shown["status"], shown["due"]["latest"]) == ("open", "2024-02-01")


def test_a_person_adds_marks_and_drops_the_steps_of_a_promise(nakoming):
    id_ = added(nakoming)
    by = ("--by", "Anna", "--reason", "gelezen")
    (before,) = rows(nakoming("show", id_, "--json")[1])
    assert [(s["step"], s["state"], s["needed"], s["due"]) for s in before["steps"]] == [
        ("keeping", "open", True, None)
    ]
    assert nakoming("step", id_, "reaction", "add", "--until", "2023-09-01", *by)[0] == 0
    assert nakoming("step", id_, "keeping", "met", *by)[1].strip() == f"{id_}: partly"
    (after,) = rows(nakoming("show", id_, "--json")[1])
    assert [(s["step"], s["state"], s["by"], s["note"]) for s in after["steps"]] == [
        ("keeping", "met", "Anna", "gelezen"),
        ("reaction", "open", "Anna", "gelezen"),
    ]
    assert after["due"]["latest"] == after["steps"][1]["due"]["latest"] == "2023-09-01"
    assert "reaction" in nakoming("show", id_)[1]
    assert nakoming("step", id_, "reaction", "drop", *by)[1].strip() == f"{id_}: fulfilled"
    assert nakoming("undo", id_, "--by", "Bart")[1].strip() == f"{id_}: partly"
    assert rows(nakoming("export", "--format", "json")[1])[0]["steps"] == "keeping:met|reaction:open"
    assert [e["kind"] for e in rows(nakoming("show", id_, "--json")[1])[0]["events"]][1:4] == ["step"] * 3


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        (("offering", "met", "--by", "Anna"), 1, "expects no step 'offering'"),
        (("keeping", "met", "--by", "Anna", "--document", "none"), 1, "no paper 'none'"),
        (("keeping", "done", "--by", "Anna"), 2, "'done' is not one of add, drop, met, open"),
        (("keeping", "met"), 2, "--by"),
    ],
)
def test_a_wrong_decision_about_a_step_is_one_clear_line(nakoming, given, status, says):
    answer = nakoming("step", added(nakoming), *given)
    assert answer[0] == status
    assert says in answer[2]


@pytest.mark.parametrize("command", ["confirm", "reject", "reopen", "lapse"])
def test_a_decision_needs_a_name(nakoming, command):
    status, _, err = nakoming(command, "abcdefghij")
    assert status == 2
    assert "--by" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("extract", "missing.txt"), "missing.txt"),
        (("extract", "empty.txt"), "empty"),
        (("add", "brief.txt"), "--date"),
        (("show", "nothing"), "'nothing'"),
        (("confirm", "nothing", "--by", "Anna"), "'nothing'"),
        (("merge", "nothing", "nothing", "--by", "Anna"), "'nothing'"),
        (("match", "--commitments", "bad.jsonl", "--documents", "bad.jsonl"), "bad.jsonl, line 2"),
        (("poll", "nosuch"), "'nosuch'"),
        (("sources", "test", "nosuch"), "'nosuch'"),
        (("backtest", "nowhere"), "nowhere"),
        (("restore", "brief.txt"), "brief.txt"),
        (("extract", "http://127.0.0.1:9/x"), "127.0.0.1"),
        (("deadline", "--json"), "line 1"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_status_1(nakoming, arguments, says):
    (nakoming.folder / "empty.txt").write_bytes(b"")
    (nakoming.folder / "bad.jsonl").write_text('{"id": "a", "text": "x"}\n{"id": ')
    status, out, err = nakoming(*arguments, stdin="no json")
    assert status == 1
    assert says in err
    assert len([line for line in err.splitlines() if line.startswith("nakoming: ")]) == 1
    assert "Traceback" not in err + out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("extract",),
        ("deadline", "eind mei"),
        ("deadline", "x", "--date", "mei"),
        ("list", "--status", "gone"),
        ("export", "--format", "xls"),
        ("postpone", "x", "mei", "--by", "A"),
        ("extract", "brief.txt", "--nosuch"),
        ("backfill", "wodc", "--from", "2023-02-01", "--to", "2023-01-01"),
    ],
)
def test_wrong_use_is_status_2(nakoming, arguments):
    status, _, err = nakoming(*arguments)
    assert status == 2
    assert "Traceback" not in err


def test_debug_shows_where_an_error_came_from(nakoming):
    assert "Traceback" in nakoming("--debug", "extract", "missing.txt")[2]


def test_a_misspelt_setting_is_refused_by_name(nakoming, monkeypatch):
    monkeypatch.setenv("NAKOMING_CHANELS", "[]")
    status, _, err = nakoming("list")
    assert status == 1
    assert "NAKOMING_CHANELS" in err


def test_a_database_that_cannot_be_written_is_named(nakoming, monkeypatch):
    monkeypatch.setenv("NAKOMING_DATABASE_URL", "sqlite:////proc/none/nakoming.db")
    status, _, err = nakoming("list")
    assert status == 1
    assert "/proc/none/nakoming.db" in err


def test_the_settings_are_shown_without_their_secrets(nakoming, monkeypatch):
    monkeypatch.setenv("NAKOMING_CHANNELS", '["json://127.0.0.1:9/?token=geheim"]')
    monkeypatch.setenv("NAKOMING_SMTP__HOST", "mail.example.org")
    monkeypatch.setenv("NAKOMING_SMTP__PASSWORD", "geheim")
    status, out, _ = nakoming("config")
    assert status == 0
    assert "geheim" not in out
    assert "mail.example.org" in out


def test_backup_restore_export_and_health(nakoming):
    id_ = added(nakoming)
    assert nakoming("backup", "copy.db")[0] == 0
    assert nakoming("backup", "copy.db")[0] == 1, "nothing is overwritten"
    assert nakoming("reject", id_, "--by", "Anna")[0] == 0
    assert nakoming("restore", "copy.db")[0] == 1
    assert nakoming("restore", "copy.db", "--force")[0] == 0
    (listed,) = rows(nakoming("list", "--json")[1])
    assert listed["status"] == "open"
    status, out, _ = nakoming("export", "--format", "csv")
    assert (status, out.splitlines()[0].startswith("id,quote,status")) == (0, True)
    assert rows(nakoming("export", "--format", "json")[1])[0]["id"] == id_
    assert nakoming("health", "--json")[0] == 0


def test_an_export_disarms_formulas(nakoming):
    evil = LETTER.replace("A. de Vries", "=HYPERLINK(1)")
    (nakoming.folder / "evil.txt").write_text(evil.replace("Ik stuur", "=1+1 Ik stuur"))
    nakoming("add", "evil.txt", "--date", "2023-02-01", "--sender", "=cmd")
    out = nakoming("export", "--format", "csv")[1]
    assert ",=" not in out
    assert '"=' not in out


def test_every_command_has_help_with_an_example(nakoming):
    status, out, _ = nakoming("--help")
    assert status == 0
    names = ["extract", "read", "deadline", "match", "backtest", "add", "list", "show", "confirm", "reject", "reopen",
             "postpone", "lapse", "merge", "poll", "review", "deliver", "export", "backfill", "backup", "restore",
             "step", "health", "config", "run", "demo", "replay", "evidence"]  # fmt: skip
    for name in [*names, "sources", "db", "user", "subscribe"]:
        assert f" {name} " in out, name
    for name in names:
        status, text, _ = nakoming(name, "--help")
        assert status == 0
        assert f"Example: nakoming {name}" in " ".join(text.split()), name
