"""Every literal command in a hint, a help text or the documentation names a command and options that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import typer

from tracker.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = typer.main.get_command(app)
PROGRAMS = {"tracker", "edit", "save", "mv", "chmod", "unset", "pip", "lsof", "df", "ls"}  # edit and save: what a person does to a file
GAP = "\N{REPLACEMENT CHARACTER}"  # stands where a value is put in


def written(node):
    """The text of a string, an f-string or a `shlex.join([...])`, GAP in place of what is put in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "shlex.join" and isinstance(node.args[0], ast.List):
        return " ".join(written(word) or GAP for word in node.args[0].elts)
    return None


def trees():
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def in_code():
    """Every text in tracker/ that holds a literal command: (where, command)."""
    for name, tree in trees():
        for node in ast.walk(tree):
            text = written(node)
            if text is None:
                continue
            spoken = (
                [text]
                if text.startswith(("tracker ", f"tracker{GAP}")) and not text.startswith("tracker.")
                else re.findall(r"(?:Example: |hint: )(tracker [^\n]*)", text)
            )
            for command in (*spoken, *re.findall(r"`(tracker [^`]+)`", text)):
                yield f"{name}:{node.lineno}", command


def in_help():
    """Every command in the help of every command."""
    stack = [(["tracker"], COMMANDS)]
    while stack:
        words, command = stack.pop()
        stack += [([*words, name], child) for name, child in getattr(command, "commands", {}).items()]
        told = [command.help or "", *(getattr(parameter, "help", None) or "" for parameter in command.params)]
        for text in told:
            for found in re.findall(r"(?:`|Example: )(tracker [^`\n]+)", text):
                yield " ".join(words), found


def in_documents():
    """Every command in README and docs: in backticks, or a line of a block of code."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        for found in (
            *re.findall(r"(?<!`)`(tracker [^`\n]+)`", text),
            *re.findall(
                r"^(?:\$ |    )?(tracker [a-z][^\n#]*)", "\n".join(re.findall(r"```(?:sh|bash|console|text)?\n(.*?)```", text, re.DOTALL)), re.MULTILINE
            ),
        ):
            yield page.name, found


def problems(text):
    """What is wrong with a literal command: no such command, or an option that it does not have."""
    words = text.split()[1:]
    command, path = COMMANDS, "tracker"
    for word in words:
        below = getattr(command, "commands", {})
        if not below or word.startswith(("-", GAP, "[")) or (command is not COMMANDS and word not in below):
            break
        if word.rstrip(",;.:") not in below:
            return [f"no command `{path} {word}`"] if word.rstrip(",;.:").islower() else []
        command, path = below[word.rstrip(",;.:")], f"{path} {word}"
    if command is COMMANDS and words and words[0].startswith(GAP):
        return []
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    return [f"`{path}` has no option `{option}`" for option in re.findall(r"(?<!\S)--[a-z][a-z-]*", " ".join(words)) if option not in known]


@pytest.mark.parametrize("found", [pytest.param(in_code, id="code"), pytest.param(in_help, id="help"), pytest.param(in_documents, id="documents")])
def test_every_literal_command_exists(found):
    said = list(found())
    assert said
    assert [(where, text, wrong) for where, text in said for wrong in problems(text)] == []


def hints():
    """Every text given as `hint=`: (where, text)."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    if keyword.arg == "hint":
                        yield from ((f"{name}:{node.lineno}", text) for text in texts_of(keyword.value))


def texts_of(value):
    """The texts an expression can give, conditions and alternatives followed."""
    text = written(value)
    if text is not None:
        return [text]
    if isinstance(value, ast.IfExp):
        return [*texts_of(value.body), *texts_of(value.orelse)]
    if isinstance(value, ast.BoolOp):
        return [text for part in value.values for text in texts_of(part)]
    return []


def test_every_hint_begins_with_a_command_or_an_option():
    said = [(where, text) for where, text in hints() if text and not text.startswith(GAP)]
    assert len(said) > 40
    assert [(where, text) for where, text in said if not text.startswith("--") and text.split()[0] not in PROGRAMS] == []


def test_every_hint_that_is_only_an_option_is_an_option_of_some_command():
    known: set[str] = set()
    stack = [COMMANDS]
    while stack:
        command = stack.pop()
        stack += getattr(command, "commands", {}).values()
        known |= {option for parameter in command.params for option in parameter.opts}
    asked = [(where, text) for where, text in hints() if re.match(r"--[a-z]", text)]
    assert asked
    assert [(where, text) for where, text in asked if GAP not in text.split()[0] and text.split()[0] not in known] == []


def test_a_command_or_an_option_that_does_not_exist_is_found():
    assert problems("tracker frobnicate all") == ["no command `tracker frobnicate`"]
    assert problems("tracker add SOURCE --frob x") == ["`tracker add` has no option `--frob`"]
    assert problems("tracker themes check --level 1") == ["`tracker themes check` has no option `--level`"]
    assert problems("tracker report 2022 2023 --level 0.9") == []
