"""A workspace: the folder that holds `tracker.toml`, `themes.toml`, the corpus, the models and the reports."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import CorpusError, TrackerError
from tracker.room import Room, room_for
from tracker.store import Cache, Store, open_store

if TYPE_CHECKING:
    from tracker.findings.records import Comparison, TopicList, WordList
    from tracker.findings.series_records import Novelty, Series
    from tracker.findings.speech_records import SpeechSummary
    from tracker.lexicon import Lexicon
    from tracker.recipe import Recipe
    from tracker.tasks.add import AddResult
    from tracker.tasks.report import ReportResult

MARK = "tracker.toml"
CODEBOOKS = ("policy", "china-economy", "none")

_SETTINGS = """\
# Settings of this workspace. All are optional; the values shown are the defaults.
# A flag on the command line goes before an environment variable (TRACKER_MEASURE_LEVEL=0.9), that before this file.

# memory = "2 GB"           # what a command may take, about: less costs time, never a number; a quarter of the machine's when not set

[measure]
# level = 0.95              # coverage of intervals; a shift needs q <= 1 - level
# scope = "by-kind"         # whose words: by-kind (the speaker's where others report them, else all text), speaker, all
# institutions = false      # count "the meeting stressed ..." as the speaker's words
# min_log2_ratio = 0.3      # a change smaller than this ...
# min_points = 0.5          # ... and than this many points is never called a rise or a fall
# same_ratio = 1.5          # "about the same": the whole interval of the ratio within 1/1.5 .. 1.5
# min_expected_hits = 5     # fewer expected hits on a side: "too rare"

[words]
# prior_tokens = 500        # weight of the prior in the weighted log-odds
# leave_out = []            # words left out of word lists and topics (never of theme shares), e.g. ["chairman"]
# language = ""             # language of word lists and topics where the texts are in several, e.g. "en"; the commonest when not set
# boilerplate = []          # recurring lines left out of all counting; `tracker check` proposes them, e.g. ["Share this page"]
# keep = []                 # words that the tool would leave out (reporting verbs, speakers' names) but should not

[topics]
# engine = "lda"            # lda (the tool's own, the same every time), nmf, gensim or sklearn (their variational LDA)
# topics = 8                # how many, or "auto" (chosen by stability); chosen from the size of the corpus when not set
# passage_tokens = 60       # content tokens of a passage, the unit of topics
# refits = 6                # refits behind each topic's stability
# passes = 10               # passes of gensim's and scikit-learn's LDA over the passages
# random_state = 1

[dates]
# order = "dmy"             # how 03/04/2023 is meant: dmy or mdy; without it such a date is refused

# [speakers."Full Name"]    # what a speaker is called by others, where the texts do not say it themselves; `tracker show` says what they do
# surname = "Name"
# titles = ["President", "General Secretary"]
# nationality = "French"
# pronoun = "she"
"""


_NO_THEMES = """\
[themes]
# The named themes of this workspace. An example to edit:
#
# [themes.climate]
# label = "Climate"
# core = ["climate"]
# terms = ["emission*", "greenhouse gas*"]
"""


@dataclass(frozen=True)
class Workspace:
    """An open workspace; every command is a method's worth of `tracker.tasks`.

    Args:
        path: The folder.
    """

    path: Path

    @property
    def corpus_path(self) -> Path:
        """The corpus file."""
        return self.path / "corpus.db"

    @property
    def themes_path(self) -> Path:
        """The named themes."""
        return self.path / "themes.toml"

    @property
    def models_path(self) -> Path:
        """The folder of fitted topic models."""
        return self.path / "models"

    @property
    def reports_path(self) -> Path:
        """The folder of reports."""
        return self.path / "reports"

    @cached_property
    def store(self) -> Store:
        """The corpus, opened once."""
        return open_store(self.corpus_path)

    @cached_property
    def cache(self) -> Cache:
        """What was worked out once of every speech; deleting the file only costs time."""
        return Cache(self.path / "cache.db", Room(room_for(self.recipe.memory_bytes)))

    @cached_property
    def recipe(self) -> Recipe:
        """The settings, read once."""
        from tracker.recipe import read_recipe

        return read_recipe(self.path / MARK)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The named themes, read once; a missing `themes.toml` is an error with a command that helps."""
        if not self.themes_path.exists():
            raise TrackerError(f"no `themes.toml` in `{self.path}`", hint=shlex.join(["tracker", "init", str(self.path), "--themes", "policy"]))
        from tracker.lexicon import read_themes

        return read_themes(self.themes_path)

    def compare(
        self, before: str, after: str, *, balance: str = "", without: Sequence[str] = (), scope: str | None = None, level: float | None = None, within: str = ""
    ) -> Comparison:
        """Compare two slices: `tracker.tasks.compare.compare`."""
        from tracker.tasks.compare import Choices, compare

        return compare(self, before, after, Choices(balance, tuple(without), scope, level, within=within))

    def words(self, before: str, after: str, *, scope: str | None = None) -> WordList:
        """Rank the words that mark AFTER off from BEFORE: `tracker.tasks.words.words`."""
        from tracker.tasks.words import words

        return words(self, before, after, scope=scope)

    def trend(
        self, *themes: str, by: str = "year", where: str = "", without: Sequence[str] = (), scope: str | None = None, level: float | None = None
    ) -> Series:
        """Follow themes over periods or groups, all when none is named: `tracker.tasks.trend.trend`."""
        from tracker.tasks.trend import SeriesChoices, trend

        return trend(self, themes, SeriesChoices(by, where=where, without=tuple(without), scope=scope, level=level))

    def novelty(self, *, where: str = "", scope: str | None = None, level: float | None = None) -> Novelty:
        """Say which speeches broke with those before and were followed: `tracker.tasks.novelty.novelty`."""
        from tracker.tasks.novelty import novelty

        return novelty(self, where=where, scope=scope, level=level)

    def add(self, *sources: str, **said: str) -> AddResult:
        """Add speeches, saying the same of each: `tracker.tasks.add.add`."""
        from tracker.tasks.add import add

        return add(self, sources, **said)

    def speeches(self, slice_: str = "") -> tuple[SpeechSummary, ...]:
        """List the speeches of a slice: `tracker.tasks.corpus.list_speeches`."""
        from tracker.tasks.corpus import list_speeches

        return list_speeches(self, slice_)

    def fit(self, *, topics: int | str | None = None, engine: str | None = None) -> TopicList:
        """Fit topics: `tracker.tasks.topics.fit`."""
        from tracker.tasks.topics import fit

        return fit(self, topics=topics, engine=engine)

    def report(self, before: str = "", after: str = "", *, title: str = "", balance: str = "", without: Sequence[str] = ()) -> ReportResult:
        """Write a report: `tracker.tasks.report.report`."""
        from tracker.tasks.compare import Choices
        from tracker.tasks.report import report

        return report(self, before, after, Choices(balance, tuple(without)), title=title)


def open_workspace(folder: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Workspace:
    """Open the workspace of a folder: the folder named, else TRACKER_WORKSPACE, else the first one walking up from here.

    Args:
        folder: The workspace itself; None to look for it.
        environ: The environment; `os.environ` when None.

    Raises:
        CorpusError: No workspace there.
    """
    named = str(folder) if folder is not None else (os.environ if environ is None else environ).get("TRACKER_WORKSPACE", "")
    if named:
        path = Path(named).expanduser().resolve()
        if not (path / MARK).is_file():
            why = () if folder is not None else ("the environment variable TRACKER_WORKSPACE names it",)
            raise CorpusError(f"no workspace in `{path}`: no `{MARK}` there", looked_at=why, hint=shlex.join(["tracker", "init", named]))
        return Workspace(path)
    found = find_workspace(Path.cwd())
    if found is None:
        raise CorpusError(f"no workspace here: no `{MARK}` in `{Path.cwd()}` or above", hint="tracker demo my-first-report")
    return found


def workspace_if_any(folder: Path | None) -> Workspace | None:
    """The workspace that a command was asked for, or None where none was named and none is found."""
    named = folder is not None or os.environ.get("TRACKER_WORKSPACE")
    return open_workspace(folder) if named else find_workspace(Path.cwd())


def find_workspace(start: Path) -> Workspace | None:
    """Walk up from a folder to the first workspace."""
    folder = start.resolve()
    return next((Workspace(f) for f in (folder, *folder.parents) if (f / MARK).is_file()), None)


def init(folder: Path, *, themes: str = "policy") -> Workspace:
    """Make an empty workspace with a commented `tracker.toml` and an active `themes.toml`; nothing that exists is overwritten.

    In a workspace that has lost its `themes.toml` or its corpus, what is missing is made anew.

    Args:
        folder: Where; made when missing.
        themes: A built-in codebook: policy, china-economy or none.

    Raises:
        TrackerError: Unknown codebook, or a workspace is there already.
        CorpusError: The folder cannot be written.
    """
    if themes not in CODEBOOKS:
        raise TrackerError(f"no built-in codebook `{themes}`", looked_at=("built in: " + ", ".join(CODEBOOKS),), hint="--themes policy")
    folder = folder.expanduser()
    if all((folder / name).exists() for name in (MARK, "themes.toml", "corpus.db")):
        raise TrackerError(f"`{folder.resolve()}` is a workspace already", hint=shlex.join(["tracker", "list", "--workspace", str(folder)]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        if not (folder / "themes.toml").exists():
            (folder / "themes.toml").write_text(codebook(themes), encoding="utf-8")
        if not (folder / MARK).exists():
            (folder / MARK).write_text(_SETTINGS, encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"cannot make a workspace in `{folder}`: {error.strerror}", hint="tracker init another-folder") from error
    open_store(folder / "corpus.db", create=True).close()
    return Workspace(folder)


def codebook(name: str) -> str:
    """The text of a built-in codebook."""
    if name == "none":
        return _NO_THEMES
    return seeds_file(f"themes/{name}.toml")


def seeds_file(name: str) -> str:
    """The text of a file of the built-in demonstration corpus."""
    return (seeds_folder() / name).read_text(encoding="utf-8")


def seeds_folder() -> Traversable:
    """Where the built-in corpus and codebooks are: inside the installed package, or beside it in a checkout."""
    installed = files("tracker") / "seeds"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "seeds"
