"""The house rules: which way imports go, what light commands load, how large files and functions are."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tracker"
ORDER = (
    ("errors",),
    ("estimates", "numerals", "recipe", "settings", "numbered", "progress", "vocabulary", "room", "twin", "spooled", "slices", "groups", "speech"),
    ("sources", "copies", "store"),
    ("artificial", "events", "boilerplate"),
    ("function_words", "languages", "voice", "tokens", "lexicon", "counts", "cut", "passages", "packed", "parts", "said", "analysis", "abreast"),
    ("matrix",),
    ("models",),
    ("measures", "synthetic"),
    ("findings",),
    ("charts",),
    ("reports",),
    ("tasks",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
ALONE = {
    "sklearn": {"models"},
    "gensim": {"models"},
    "matplotlib": {"charts"},
    "sqlite3": {"store"},
    "typer": {"cli"},
    "rich": {"cli"},
    "pydantic": {"settings"},
}
HEAVY = ("numpy", "scipy", "sklearn", "gensim", "matplotlib")
FILES = sorted(PACKAGE.rglob("*.py"))


def home(path: Path) -> str:
    """The room a file stands in: `tracker/sources/text.py` -> sources."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {inner for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "tracker" else set()
    return names


def functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_rooms_above_its_own(path):
    room = home(path)
    if room in ("__init__", "__main__"):
        pytest.skip("the two doors lead everywhere")
    below = []
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "tracker" or len(parts) < 2 or parts[1] in (room, "__version__") or parts[1] not in LEVEL:
            continue
        if LEVEL[parts[1]] > LEVEL[room]:
            below.append(name)
    assert below == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_library_is_known_to_one_room_only(path):
    wrong = {name for name in imported(path) if (owners := ALONE.get(name.split(".")[0])) and home(path) not in owners}
    assert wrong == set()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_liveable(path):
    assert path.read_text(encoding="utf-8").count("\n") <= 400
    for function in functions(path):
        assert body_lines(function) <= 50, function.name
        arguments = function.args
        if home(path) != "cli" and function.name != "__init__":
            assert len([a for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if a.arg not in ("self", "cls")]) <= 8, function.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_work_is_left_undone_and_no_forbidden_name_is_used(path):
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error") if word in text]
    assert not [part for part in path.relative_to(PACKAGE).parts for word in ("util", "helper", "manager") if word in part]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_function_and_class_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "module"
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    assert [n.name for n in public if not ast.get_docstring(n)] == []


def loaded_by(code: str, folder: Path, heavy: tuple[str, ...] = HEAVY) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}} & set({heavy!r})), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


def test_importing_the_command_line_loads_nothing_heavy(tmp_path):
    assert loaded_by("import tracker, tracker.cli.app", tmp_path) == set()


@pytest.mark.parametrize(
    "command",
    [["--help"], ["list"], ["search", "harbour"], ["export"], ["show", "a.txt"], ["remove", "a.txt"], ["add", "b.txt"], ["check"], ["view", "--json"]],
)
def test_light_commands_load_nothing_heavy(command, tmp_path):
    (tmp_path / "a.txt").write_text("We will build the harbour. We thank you all for it.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Our farms have done well this year, and we say so.", encoding="utf-8")
    begin = "from tracker.cli.app import main\nassert main(['add', 'a.txt', '--date', '2022-05-01', '--quiet']) == 0\n"
    assert loaded_by(f"{begin}assert main({command!r}) == 0", tmp_path) == set()


@pytest.mark.parametrize("command", [["list"], ["search", "harbour"], ["remove", "a.txt"], ["add", "b.txt", "--date", "2022-05-01"]])
def test_where_nothing_is_set_nothing_is_loaded_to_check_it(command, tmp_path):
    (tmp_path / "a.txt").write_text("We will build the harbour. We thank you all for it.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Our farms have done well this year, and we say so.", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tracker", "add", "a.txt", "--quiet"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert loaded_by(f"from tracker.cli.app import main\nassert main({command!r}) == 0", tmp_path, (*HEAVY, "pydantic")) == set()
