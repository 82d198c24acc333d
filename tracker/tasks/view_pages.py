"""The viewer's own pages: the list of reports, and two reports beside each other. Plain HTML without script, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from tracker.findings.change_claims import claims, mover_words, speech_words, theme_words
from tracker.findings.change_records import Changes
from tracker.numerals import NOTHING, scaled
from tracker.tasks.written_reports import Run

COMPARE, DIFF = "/compare", "/diff/"
_STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{font:1.0625rem/1.6 Georgia,"DejaVu Serif",serif;max-width:60rem;margin:0 auto;padding:2rem 1rem 4rem;
overflow-wrap:anywhere;background:Canvas;color:CanvasText}
h1{font-size:2.2rem;line-height:1.15}h2{font-size:1.3rem;margin:2.2rem 0 .6rem}
ol{list-style:none;padding:0;margin:0}.run{padding:1.1rem 0;border-top:1px solid}.run>a{font-size:1.35rem;line-height:1.3}
p{margin:.4rem 0;max-width:44rem}.small,label,button,table,dl{font-family:system-ui,sans-serif}.small,label,table,dl{font-size:.9rem}
a{color:inherit;text-underline-offset:.18em}:focus-visible{outline:3px solid;outline-offset:3px}
label{display:inline-flex;gap:.5em;align-items:center;margin-top:.4rem;padding:.2rem 0}input{width:1.2rem;height:1.2rem;margin:0}
button{font-size:1rem;padding:.5rem 1rem;margin:0 0 1.2rem;cursor:pointer}
.scroll{overflow-x:auto}table{border-collapse:collapse;min-width:min(20rem,100%)}
th,td{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid;overflow-wrap:normal}thead th{border-bottom-width:2px}
td.n,th.n{text-align:right;white-space:nowrap}caption{text-align:left;padding:.3rem 0}
li.claim{margin:.5rem 0}ul{padding-left:1.2rem;max-width:46rem}
""".replace("\n", "")


def runs_page(runs: Sequence[Run]) -> str:
    """The list of reports, newest first, with a form that puts two beside each other."""
    several = len(runs) > 1
    older = [*(run.name for run in runs[1:]), ""][: len(runs)]
    rows = "".join(_row(run, before, choose=several) for run, before in zip(runs, older, strict=True)) or "<li>none yet</li>"
    listed = f"<ol>{rows}</ol>"
    if several:
        button = '<p class="small">Tick two reports to see them beside each other.</p><button>Compare the two ticked</button>'
        listed = f'<form action="{COMPARE}" method="get">{button}{listed}</form>'
    return _page("Reports", f"<h1>Reports</h1>{listed}")


def choice_page(n: int) -> str:
    """What is said when not two reports were ticked."""
    said = f"<p>Tick two reports, not {'none' if n == 0 else n}, on <a href='/'>the list of reports</a>.</p>"
    return _page("Two reports", f"<h1>Two reports</h1>{said}")


def two_page(runs: tuple[Run, Run], answers: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    """Two reports beside each other, the older first: what they are of, what each says that the other does not, every theme.

    Args:
        runs: The reports, in any order.
        answers: Their `report.json`.
    """
    (a, first), (b, second) = sorted(zip(runs, answers, strict=True), key=lambda pair: pair[0].name)
    parts = ["<h1>Two reports</h1>", _facts((a, first), (b, second)), _claims((a, first), (b, second)), _themes((a, first), (b, second))]
    return _page("Two reports", "".join(parts))


def changes_page(found: Changes) -> str:
    """What changed between two reports."""
    said = [*claims(found), *found.asked, *found.settings, *found.words, *found.others, *map(speech_words, found.speeches)]
    links = " and ".join(f'<a href="/{quote(name)}/index.html">{escape(name)}</a>' for name in (found.before, found.after))
    themes = [f"{theme_words(theme)}. {'; '.join(mover_words(m, theme.now.verdict if theme.now else '') for m in theme.movers)}" for theme in found.themes]
    lists = "".join(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" for lines in (said, themes) if lines)
    return _page("What changed", f"<h1>What changed</h1><p>{links}</p>{lists}")


def error_page(said: str) -> str:
    """What is said when two reports cannot be held against each other."""
    return _page("What changed", f"<h1>What changed</h1><p>{escape(said)}</p>")


def moment(written: str) -> str:
    """A time as people read it: `2026-11-22T08:04:19Z` becomes `2026-11-22 08:04 UTC`."""
    day, _, time = written.partition("T")
    return f"{day} {time[:5]} UTC" if time.endswith("Z") else written


def _page(title: str, body: str) -> str:
    back = "" if title == "Reports" else "<p class='small'><a href='/'>All reports</a></p>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{back}{body}</main></body></html>'
    )


def _row(run: Run, before: str, *, choose: bool) -> str:
    size = f"{run.speeches:,} speech{'' if run.speeches == 1 else 'es'}"
    said = " · ".join(escape(part) for part in (moment(run.written), size, run.name) if part)
    tick = f'<label><input type="checkbox" name="run" value="{escape(run.name)}" aria-label="compare {escape(run.title)}">compare</label>' if choose else ""
    changed = f' · <a href="{DIFF}{quote(before)}/{quote(run.name)}">what changed</a>' if before else ""
    command = f'<p class="small"><code>{escape(run.command)}</code>{changed}</p>'
    return f'<li class="run">{_link(run)}<p>{escape(run.headline)}</p><p class="small">{said}</p>{command}{tick}</li>'


def _link(run: Run) -> str:
    return f'<a href="/{quote(run.name)}/index.html">{escape(run.title)}</a>'


def _facts(*pairs: tuple[Run, Mapping[str, Any]]) -> str:
    """Title, time, slices, size and settings of both, and whether corpus and recipe are the same."""

    def row(name: str, told: Iterable[str], same: str = "") -> str:
        note = f"<td>{escape(same)}</td>"
        return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in told)}{note}</tr>'

    def same(*values: object) -> str:
        return "" if None in values or "" in values else "the same" if values[0] == values[1] else "not the same"

    runs, answers = [run for run, _ in pairs], [answer for _, answer in pairs]
    hashes = [_at(answer, "corpus", "hash") for answer in answers]
    recipes = [_at(answer, "recipe", "id") for answer in answers]
    rows = [
        row("report", map(_link, runs)),
        row("written", (escape(moment(run.written)) for run in runs)),
        row("compares", (escape(" and ".join(_sides(answer))) for answer in answers)),
        row("speeches", (f"{run.speeches:,}" for run in runs)),
        row("corpus", (escape(str(h or "–")) for h in hashes), same(*hashes)),
        row("settings", (escape(str(r or "–")) for r in recipes), same(*recipes)),
    ]
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("What", "older", "newer", "both"))
    return _scroll("What the two reports are of", f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>")


def _sides(answer: Mapping[str, Any]) -> list[str]:
    return [str(_at(answer, "data", "compare", side, "label") or "–") for side in ("before", "after")]


def _claims(*pairs: tuple[Run, Mapping[str, Any]]) -> str:
    """The sentences that stand in one report only, then those in both."""
    told = [[str(_at(f, "claim")) for f in _listed(answer, "data", "findings")] for _, answer in pairs]
    shared = [claim for claim in told[0] if claim in told[1]]
    groups = [("Only the older report says", [c for c in told[0] if c not in shared]), ("Only the newer report says", [c for c in told[1] if c not in shared])]
    parts = []
    for title, lines_of in (*groups, ("Both say", shared)):
        lines = "".join(f'<li class="claim">{escape(claim)}</li>' for claim in lines_of) or "<li>nothing</li>"
        parts.append(f"<h2>{title}</h2><ul>{lines}</ul>")
    return "".join(parts)


def _themes(*pairs: tuple[Run, Mapping[str, Any]]) -> str:
    """Every theme of either report: change and verdict in both, those whose verdict differs first."""
    held = [{str(_at(t, "id")): t for t in _listed(answer, "data", "compare", "themes")} for _, answer in pairs]
    rows = []
    for name in dict.fromkeys((*held[0], *held[1])):
        both = [themes.get(name, {}) for themes in held]
        verdicts = [str(_at(t, "verdict") or "not in it") for t in both]
        cells = [cell for t, verdict in zip(both, verdicts, strict=True) for cell in (_change(t), verdict)]
        label = next(str(_at(t, "label")) for t in both if t)
        rows.append((verdicts[0] == verdicts[1], label, cells))
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td class="n">{cells[0]}</td><td>{escape(cells[1])}</td><td class="n">{cells[2]}</td>'
        f"<td>{escape(cells[3])}</td><td>{'' if same else 'differs'}</td></tr>"
        for same, label, cells in sorted(rows)
    )
    heads = ("Theme", "older: change", "older: verdict", "newer: change", "newer: verdict", "verdicts")
    head = "".join(f'<th scope="col"{" class=n" if name.endswith("change") else ""}>{name}</th>' for name in heads)
    return f"<h2>Every theme</h2>{_scroll('Change in theme words per 1,000 content words', f'<thead><tr>{head}</tr></thead><tbody>{body}</tbody>')}"


def _change(theme: Mapping[str, Any]) -> str:
    points = _at(theme, "change", "points")
    return scaled(points, 10, sign=True) if isinstance(points, int | float) else NOTHING


def _scroll(caption: str, inner: str) -> str:
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>{inner}</table></div>'


def _listed(answer: object, *path: str) -> list[Any]:
    found = _at(answer, *path)
    return found if isinstance(found, list) else []


def _at(answer: object, *path: str) -> Any:
    """The value below keys, None where there is none: a report of another version, or a damaged one."""
    for key in path:
        if not isinstance(answer, Mapping):
            return None
        answer = answer.get(key)
    return answer
