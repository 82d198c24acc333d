"""What the coders said, stored, and what it says of the list as it is now."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.errors import TrackerError
from tracker.findings.coding_records import CodingScore
from tracker.findings.records import Warning
from tracker.lexicon import Lexicon
from tracker.progress import Progress
from tracker.store.codings import SETTLED, Coding, Codings, Drawn
from tracker.tasks.coding.belonging import belonging
from tracker.tasks.coding.frame import Unit, population
from tracker.tasks.coding.measured import Scored, measure
from tracker.tasks.coding.sheets import MOST_NAMED, SETTLED_NAME, Sheet, read_sheet, write_sheet
from tracker.tasks.workspace import Workspace

_Told = tuple[tuple[str, ...], int, Sequence[Warning]]  # the coders, how many codings are new, and what is to be said of the sheets


@dataclass(frozen=True, slots=True)
class ScoreChoices:
    """What the flags of a score say.

    Args:
        sample: The sample to rest on; "" for the one that most passages of the sheets are of, without sheets the newest that two coders have coded.
        partial: Whether sheets may have gaps.
        disputed: Where to write the passages on which coders differ; None for nowhere.
        level: Coverage of intervals; the recipe's when None.
    """

    sample: str = ""
    partial: bool = False
    disputed: Path | None = None
    level: float | None = None


def score(
    workspace: Workspace, files: Sequence[Path] = (), choices: ScoreChoices | None = None, *, today: date | None = None, progress: Progress | None = None
) -> CodingScore:
    """Read what coders said, keep it, and hold the list as it is now against it.

    Args:
        workspace: The workspace.
        files: Filled sheets, one a coder; none to score again what is kept. A sheet whose coder is `settled` settles what coders differ on.
        choices: Which sample, whether gaps are allowed, where disputed passages go.
        today: The day that is written beside codings; the day in UTC when None.
        progress: Called with (step, done, total).

    Raises:
        TrackerError: A sheet cannot be read, has gaps or unknown passages; there is no sample, or only one coder.
    """
    choices = choices or ScoreChoices()
    held = workspace.store.codings()
    if not held.names():
        raise TrackerError("no sample was drawn in this workspace", hint="tracker themes sample")
    asked = sorted({theme for name in held.names() for theme in held.sample(name).design["themes"]})
    sheets = [read_sheet(path, asked) for path in files]
    known = _known(held, sheets)
    _complete(sheets, partial=choices.partial)
    fresh = _codings(sheets, (today or datetime.now(UTC).date()).isoformat())
    name, said = belonging(held, sheets, known, choices.sample)
    drawn = held.sample(name)
    said += _unnamed(sheets, {c.coder for c in held.held()})
    before = {(c.passage, c.theme, c.coder): c for c in held.held()}
    merged = before | {(c.passage, c.theme, c.coder): c for c in fresh}
    mine = [c for c in merged.values() if c.passage in drawn.passages]
    coders = tuple(sorted({c.coder for c in mine} - {SETTLED}))
    if len(coders) < 2:
        named = f"only one coder: `{coders[0]}`" if coders else "nobody has coded this sample yet"
        again = " ".join(["tracker themes score", *(shlex.quote(str(path)) for path in files), "SECOND.csv"])
        raise TrackerError(named, looked_at=(f"{drawn.id}, {len(drawn.passages)} passages", "agreement needs two coders who did not confer"), hint=again)
    with workspace.store.writing():
        held.put(fresh)
    stored = sum(key not in before or before[key].code != c.code for key, c in merged.items())
    return _scored(workspace, drawn, mine, choices, told=(coders, stored, said), progress=progress)


def _known(held: Codings, sheets: Sequence[Sheet]) -> dict[str, tuple[str, ...]]:
    """The samples of every passage of the sheets.

    Raises:
        TrackerError: A passage was never drawn here, or two sheets are one coder's.
    """
    passages = {passage for sheet in sheets for passage, _ in sheet.codes} | {passage for sheet in sheets for _, passage, _ in sheet.unfilled}
    known = held.samples_of(sorted(passages))
    strange = [(sheet.path, passage) for sheet in sheets for passage in sorted({p for p, _ in sheet.codes}) if passage not in known]
    if strange:
        more = (f"and {len(strange) - MOST_NAMED} more",) if len(strange) > MOST_NAMED else ()
        shown = tuple(f"{path}: `{passage}`" for path, passage in strange[:MOST_NAMED])
        why = "no sample of this workspace holds them; the names in the column `passage` must stay as they were written"
        some = f"{len(strange)} unknown passage{'s' if len(strange) > 1 else ''}"
        raise TrackerError(some, looked_at=(*shown, *more, why), hint="tracker themes sample")
    seen: dict[str, Path] = {}
    for sheet in sheets:
        if sheet.coder in seen:
            both = f"`{seen[sheet.coder]}` and `{sheet.path}`"
            raise TrackerError(f"two sheets of one coder, `{sheet.coder}`: {both}", hint=f"edit the column coder of {shlex.quote(str(sheet.path))}")
        seen[sheet.coder] = sheet.path
    return known


def _complete(sheets: Sequence[Sheet], *, partial: bool) -> None:
    """Refuse gaps.

    Raises:
        TrackerError: A sheet has rows or cells that say nothing, and gaps are not allowed.
    """
    gaps = [(sheet, gap) for sheet in sheets for gap in sheet.unfilled]
    if not gaps or partial:
        return
    shown = tuple(f"{sheet.path}, row {row}{f', {theme}' if theme else ': nothing marked'}" for sheet, (row, _, theme) in gaps[:MOST_NAMED])
    more = (f"and {len(gaps) - MOST_NAMED} more",) if len(gaps) > MOST_NAMED else ()
    rule = "a row without any theme needs an x under `none`; where a sheet says 0 or no anywhere, every cell must say something"
    files = " ".join(shlex.quote(str(sheet.path)) for sheet in sheets)
    some = f"{len(gaps)} cell{'s' if len(gaps) > 1 else ''} or rows left open"
    raise TrackerError(some, looked_at=(*shown, *more, rule), hint=f"tracker themes score {files} --partial")


def _unnamed(sheets: Sequence[Sheet], known: set[str]) -> list[Warning]:
    """W45: a sheet that does not say whose it is goes by its file's name."""
    return [
        Warning(
            "W45",
            f"`{sheet.path}` names no coder: what it says is kept as `{sheet.coder}`{'' if sheet.coder in known else ', a new coder'}. If that is wrong, "
            f"write the name into its column coder; to take back what was kept: {shlex.join(['tracker', 'themes', 'score', '--forget', sheet.coder])}.",
        )
        for sheet in sheets
        if not sheet.named
    ]


def _codings(sheets: Sequence[Sheet], day: str) -> list[Coding]:
    return [
        Coding(passage, theme, SETTLED if sheet.coder == SETTLED_NAME else sheet.coder, code, day)
        for sheet in sheets
        for (passage, theme), code in sheet.codes.items()
    ]


def _scored(workspace: Workspace, drawn: Drawn, codings: Sequence[Coding], choices: ScoreChoices, *, told: _Told, progress: Progress | None) -> CodingScore:
    """Look at the population again under the list as it is now, and measure."""
    design = drawn.design
    recipe = workspace.recipe.with_settings(
        topics__passage_tokens=design["passage_tokens"], measure__scope=design["scope"], measure__institutions=design["institutions"]
    )
    recipe = recipe if choices.level is None else recipe.with_settings(measure__level=choices.level)
    wanted = {c.theme for c in codings}
    lexicon = Lexicon(tuple(theme for theme in workspace.lexicon.themes if theme.id in wanted))
    framed = {speech for speech, _ in drawn.strata}
    everything = workspace.store.speeches()
    units = population([s for s in everything if s.id in framed], lexicon, recipe, cache=workspace.cache, progress=progress)
    by_theme: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_theme[coding.theme].append(coding)
    scored = Scored(drawn, units, recipe.measure.level, workspace.recipe.topics.random_state)
    themes = tuple(measure(scored, theme, by_theme[theme.id]) for theme in lexicon.themes)
    path = _disputed(choices.disputed, codings, units) if choices.disputed else ""
    warnings = (*told[2], *_moved(drawn, units, {s.id for s in everything}), *_gone(wanted, workspace.lexicon))
    return CodingScore(drawn.id, drawn.made, told[0], told[1], themes, warnings, path, recipe.measure.level)


def _moved(drawn: Drawn, units: Sequence[Unit], now: set[str]) -> list[Warning]:
    """W42: the corpus is not that of the sample any more."""
    framed = {speech for speech, _ in drawn.strata}
    gone, added = len(framed - now), len(now - framed)
    lost = len(set(drawn.passages) - {unit.id for unit in units})
    said = []
    if gone or lost:
        said.append(f"{gone} of its speeches were removed or updated since, and {lost} of its {len(drawn.passages)} passages with them")
    if added:
        said.append(f"{added} speech{'es' if added > 1 else ''} without a passage in it {'were' if added > 1 else 'was'} added since")
    return [Warning("W42", f"{drawn.id} was drawn on {drawn.made}: {'; '.join(said)}. What follows is about the speeches it was drawn from.")] if said else []


def _gone(wanted: set[str], lexicon: Lexicon) -> list[Warning]:
    """W43: codings of themes that themes.toml does not name any more."""
    gone = sorted(wanted - {theme.id for theme in lexicon.themes})
    return [Warning("W43", f"Coded, but not in themes.toml any more: {', '.join(gone)}. Under its old name a theme has its codings back.")] if gone else []


def _disputed(path: Path, codings: Sequence[Coding], units: Sequence[Unit]) -> str:
    """Write the passages on which coders differ as a sheet to settle, what they agree on filled in."""
    said: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for coding in codings:
        said[coding.passage, coding.theme][coding.coder] = coding.code
    open_ = {key for key, codes in said.items() if SETTLED not in codes and len(set(codes.values())) > 1}
    passages = {passage for passage, _ in open_}
    cells: dict[tuple[str, str], str] = {}
    for (passage, theme), codes in sorted(said.items()):
        if passage not in passages:
            continue
        if (passage, theme) in open_:
            who = ", ".join(f"{coder} {'yes' if code else 'no'}" for coder, code in sorted(codes.items()))
            cells[passage, "note"] = f"{cells.get((passage, 'note'), '')} {theme}: {who}".strip()
        else:
            cells[passage, theme] = str(codes.get(SETTLED, next(iter(codes.values()))))
    rows = [unit for unit in units if unit.id in passages]
    write_sheet(path, rows, sorted({theme for _, theme in said}), SETTLED_NAME, cells)
    return str(path)
