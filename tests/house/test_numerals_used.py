"""Numbers for readers come from `tracker.numerals`: no minus sign is a hyphen, and no thousands stand unseparated."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("findings", "charts", "reports", "tasks", "cli", "voice")
PIXELS = {"tracker/charts/inline.py", "tracker/charts/files.py", "tracker/findings/notebook.py"}  # places in a drawing
FILES = sorted(path for room in ROOMS for path in (ROOT / "tracker" / room).rglob("*.py"))
TEMPLATES = sorted((ROOT / "tracker" / "reports" / "templates").glob("*.j2"))


def formats(tree: ast.AST):
    """Every format of an f-string, with its line: `+.1f`, `,`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.format_spec.values)


def loose(spec: str) -> bool:
    """Whether a format writes a sign or decimals itself."""
    return "+" in spec or spec.endswith(("f", "e"))


@pytest.mark.parametrize(("spec", "found"), [("+.1f", True), (".2f", True), ("+.1", True), (",", False), (".0%", False), (">5", False), ("g", False)])
def test_a_loose_format_is_known_when_it_is_seen(spec, found):
    assert [loose(s) for _, s in formats(ast.parse(f"f'{{x:{spec}}}'"))] == [found]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_number_for_a_reader_is_written_but_by_numerals(path):
    name = path.relative_to(ROOT).as_posix()
    held = [(line, spec) for line, spec in formats(ast.parse(path.read_text(encoding="utf-8"))) if loose(spec)]
    assert name in PIXELS or held == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_formats_decimals_itself(path):
    text = path.read_text(encoding="utf-8")
    assert "%." not in text
    assert "|round" not in text.replace(" ", "")
