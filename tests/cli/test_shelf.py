"""The commands on their shelf: each loaded when it is called, with the help and the values it would have anyway."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tracker.cli.shelf import SHELF, Commands, short_help

ROOT = Path(__file__).resolve().parents[2]


def loaded_after(argv, folder):
    program = f"import sys\nfrom tracker.cli.app import main\nmain({argv!r})\nprint(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("name", SHELF)
def test_the_list_of_commands_says_what_the_command_says_of_itself(name):
    command = Commands()[name]
    assert command.name == name
    assert " ".join(command.help.split("\n\n")[0].split()) == SHELF[name][1]
    assert short_help(name, 60) == command.get_short_help_str(60)


def test_a_command_is_found_where_the_shelf_says_and_nowhere_else():
    found = {}
    for home in sorted({home for home, _ in SHELF.values()}):
        holder = typer.Typer(rich_markup_mode=None)
        __import__(f"tracker.cli.{home}", fromlist=["register"]).register(holder)
        found |= dict.fromkeys(typer.main.get_group(holder).commands, home)
    assert found == {name: home for name, (home, _) in SHELF.items()}


def test_help_loads_no_command(tmp_path):
    assert {name for name in loaded_after(["--help"], tmp_path) if name.startswith("tracker.")} == {
        "tracker.cli", "tracker.cli.app", "tracker.cli.shelf", "tracker.cli.terminal", "tracker.cli.usage", "tracker.errors",
    }  # fmt: skip


def test_words_of_a_command_line_are_read_without_pydantic(tmp_path):
    assert loaded_after(["init", ".", "--themes", "none"], tmp_path).isdisjoint({"pydantic", "rich"})
    assert loaded_after(["list", "2022", "--workspace", "."], tmp_path).isdisjoint({"pydantic", "numpy"})


def by_typer_alone(name):
    holder = typer.Typer(rich_markup_mode=None)
    __import__(f"tracker.cli.{SHELF[name][0]}", fromlist=["register"]).register(holder)
    return typer.main.get_group(holder).commands[name]


@pytest.mark.parametrize("argv", [["words", "a", "b", "--most", "0"], ["view", "--port", "x"], ["search"], ["compare", "a", "b", "--level", "much"]])
def test_values_that_are_checked_are_refused_as_typer_refuses_them(argv):
    said = []
    for command in (Commands()[argv[0]], by_typer_alone(argv[0])):
        with pytest.raises(typer.TyperException) as caught:
            command.main(args=argv[1:], standalone_mode=False)
        said.append(caught.value.format_message())
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "a.txt", "b.txt", "--tag", "x=1", "--workspace", "there", "--dry-run"],
        ["search", "harbour", "--most", "7", "--json"],
        ["init", "--themes", "none"],
        ["view", "--port", "8000"],
        ["compare", "2022", "2023", "--level", "0.9", "--without", "a", "--without", "b"],
    ],
)
def test_a_command_gets_the_values_that_typer_would_make(argv):
    ours, typers = (command.make_context(argv[0], argv[1:]).params for command in (Commands()[argv[0]], by_typer_alone(argv[0])))
    assert ours == typers
    assert [type(value) for value in ours.values()] == [type(value) for value in typers.values()]
