"""The numbers drawn in a chart: its scales stand where their numbers say, its counts under their period, every other in its records."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from page_sources import Numbers, read
from page_walk import numbers

PLAIN = re.compile(r"[−+]?[\d,]*\.?\d+")


def chart_numbers(data):
    """The numbers that a chart and the sentences around it may use, by its name."""
    c, trend, d = data["compare"], data["trend"], data
    sides = [{name: c[side][name] for name in ("speeches", "tokens", "events")} for side in ("before", "after")]
    counted = [{"tokens": t["tokens"]} for theme in c["themes"][:1] for t in (theme["before"], theme["after"])]
    named = [t for t in c["themes"] if t["origin"] == "named"]
    found = {
        "rug": Numbers(extra=[len(d["speeches"]), *_years(d["speeches"]), *_spans(d["speeches"])]),
        "themes": Numbers(*sides, *counted, {"level": c["level"]}, extra=[*_levels(named), *_silent(named, 24)]),
        "words": Numbers(*sides, *counted, {k: v for k, v in d["words"].items() if k != "rows"}, extra=_words(d["words"])),
        "tfidf": Numbers(extra=[x for t in d["tfidf"] for _, weight, n in t["rows"] for x in (weight, n)] + [6, len(d["tfidf"]) - 6]),
    }
    if trend:
        groups = [g[name] for g in trend["groups"] for name in ("speeches", "tokens")]
        points = [x for t in trend["themes"] for p in t["points"] for x in _point(p)]
        slopes = [10 * t["trend"]["slope"]["value"] for t in trend["themes"] if t["trend"] and t["trend"]["slope"]["value"] is not None]
        over = [trend["outside"], 100 * trend["level"], len(trend["themes"]), len(trend["groups"]), sum(g["events"] > 0 for g in trend["groups"])]
        over += [
            sum(not g["speeches"] for g in trend["groups"]),
            max((g["speeches"] for g in trend["groups"]), default=0),
            *_silent(trend["themes"], 12, 6, 60, 8),
        ]
        over += [*_moved(trend), *(len(trend["groups"]) - n for n in (60, 240))]
        found |= {name: Numbers(extra=[*groups, *points, *slopes, *over]) for name in ("series", "heatmap", "groups")}
        found["distance"] = Numbers(extra=[x for row in (trend["distance"] or {"bits": ()})["bits"] for x in row if x is not None] + [3])
    if d["topics"]:
        t = d["topics"]
        shares = [x for row in t["topics"] for x in (100 * row["share"], row["stability"]) if x is not None]
        counts = [t["refits"], t["passages"], t["hidden"], len(t["topics"]), len(t["topics"]) - 30, sum(row["reproducible"] for row in t["topics"])]
        found["topics"] = Numbers(extra=[*shares, *counts, 0, 1])
        found["stability"] = Numbers(extra=[*shares, *counts, 0, 1, 0.5])
    if c["topics"]:
        rows = [r for r in c["topics"]["rows"] if r["reproducible"]]
        hidden = [len(c["topics"]["rows"]) - len(rows), c["topics"]["refits"]]
        tokens = [{"tokens": r[side]["tokens"]} for r in rows[:1] for side in ("before", "after")]
        found["topic-shifts"] = Numbers(*sides, *tokens, {"level": c["level"]}, extra=[*_levels(rows), *hidden, len(rows) - 24])
    if d["phrases"]:
        told, pair = d["phrases"]["phrases"], c["phrases"] or {"counts": {"before": 0, "after": 0}, "least": 0}
        more = [n - k for n in pair["counts"].values() for k in (0, 1, 2)]
        found["phrases"] = Numbers(extra=[*(p["uses"] for p in told), *more, pair["least"], *(one["uses"] for p in told for one in p["dates"])])
    if d["novelty"]:
        held = d["novelty"]
        measured = [r for r in held["rows"] if r["novelty"] is not None]
        told = [sum(r["verdict"] == v for r in measured) for v in ("broke and stayed", "left behind")]
        found["novelty"] = Numbers(
            extra=[
                *(held[k] for k in ("window", "tokens", "shuffles")),
                len(measured),
                len(held["rows"]) - len(measured),
                *told,
                sum(told),
                100 * held["level"],
                1 - held["level"],
            ]
            + [x for r in measured for x in (r["novelty"], r["resonance"])]
        )
    return found


def _levels(themes):
    for t in themes:
        yield from (1000 * x for x in (t["before"]["value"], t["after"]["value"]) if x is not None)
        yield from (10 * x for x in (t["change"]["points"],) if x is not None)


def _silent(themes, *most):
    """How many are named or left out: those beyond what a chart holds, and beyond the twelve that a note lists."""
    spoken = sum(bool(sum(p["hits"] for p in t["points"])) if "points" in t else bool(t["before"]["hits"] or t["after"]["hits"]) for t in themes)
    return [*(spoken - n for n in most), len(themes) - spoken - 12]


def _point(point):
    return [1000 * held for held in (point["share"]["value"], point["drawn"]["value"]) if held is not None]


def _moved(trend):
    rising, falling = (sum(bool(t["trend"]) and t["trend"]["verdict"] == verdict for t in trend["themes"]) for verdict in ("rising", "falling"))
    told = sum(
        (bool(t["trend"]) and t["trend"]["verdict"] in ("rising", "falling")) or (bool(t["change"]) and t["change"]["verdict"] == "changed")
        for t in trend["themes"]
    )
    stand = sum(bool(p["contrast"]) and p["contrast"]["verdict"] in ("rose", "fell", "stands out") for t in trend["themes"] for p in t["points"])
    return [rising, falling, told - rising - falling, stand - 2, told - 3, rising - 3, falling - 3]


def _words(told):
    marked = [r for r in told["rows"] if r["z"] > 0 and r["after"]["count"]], [r for r in told["rows"] if r["z"] < 0 and r["before"]["count"]]
    shown = [sorted(rows, key=lambda r: -abs(r["z"]))[:15] for rows in marked]
    more = sum(len(rows) - len(part) for rows, part in zip(marked, shown, strict=True))
    stars = sum(r["starred"] for r in told["rows"]) - sum(r["starred"] for part in shown for r in part)
    limit = max((abs(r["z"]) for part in shown for r in part), default=1.0)
    return [x for part in shown for r in part for x in (r["before"]["count"], r["after"]["count"])] + [more, stars, 1 - told["level"], limit, -limit, 0]


def _years(speeches):
    years = [int(s["date"][:4]) for s in speeches if s["date"]]
    return [sum(y == year for y in years) for year in set(years)] + [len(speeches) - len(years), len(years)]


def _spans(speeches):
    """Lengths of time between speeches: the whole, the longest gap, in days, months and years."""
    from datetime import date

    days = sorted(date(*(int(p) for p in [*s["date"].split("-"), "1", "1"][:3])).toordinal() for s in speeches if s["date"])
    ends = [s["precision"] for s in speeches if s["date"]]
    gaps = [b - a for a, b in pairwise(days)] + ([days[-1] - days[0]] if days else [])
    if any(p != "day" for p in ends):
        gaps += [gap + extra for gap in gaps for extra in (-364, -30, 30, 364)]
    months = [round(gap / 30.44) for gap in gaps]
    return [x for gap, m in zip(gaps, months, strict=True) for x in (gap, m, round(m / 12))]


def wrong_drawn(name, chart, data, known, bare):
    """The texts of a drawn chart with a number that is neither on a scale, nor a count in its place, nor in its records."""
    texts = [(n.text().strip(), float(n.attrs["x"]), float(n.attrs["y"])) for n in chart.walk() if n.tag == "text"]
    scales = on_scales(texts)
    found = []
    if name == "rug":
        return wrong_rug(texts, data["speeches"])
    if name == "series":
        found += wrong_periods(texts, data["trend"]["groups"])
    if name in ("words", "tfidf"):
        found += wrong_counts(texts, data, name)
    for at, (text, _, _) in enumerate(texts):
        if at not in scales:
            found += [text for _, token in numbers(bare(text)) if token not in known[name]][:1]
    labels = [n.text() for n in chart.walk() if n.tag in ("title", "desc")]
    return found + [text for text in labels for _, token in numbers(bare(text)) if token not in known[name]][:3]


def on_scales(texts):
    """The places of numbers that are a scale's: two or more in a line, every one where its value puts it."""
    plain = [(i, read(t)[0], x, y) for i, (t, x, y) in enumerate(texts) if PLAIN.fullmatch(t) and not re.fullmatch(r"[12]\d{3}", t)]
    found = set()
    for along, across in ((2, 3), (3, 2)):
        for line in {round(p[across], 1) for p in plain}:
            held = [p for p in plain if round(p[across], 1) == line]
            runs = [held[:1]]
            for one in held[1:]:
                runs[-1].append(one) if one[1] > runs[-1][-1][1] else runs.append([one])
            found |= {place for run in runs for place in _linear(run, along)}
    return found


def _linear(run, along):
    """The members of the longest stretch of numbers with equal steps that lie at equal distances and begin or pass at a round number."""
    for size in range(len(run), 1, -1):
        for part in combinations(run, size) if len(run) < 12 else [run[:size]]:
            steps = [(b[1] - a[1], b[along] - a[along]) for a, b in pairwise(part)]
            value, place = steps[0]
            even = all(abs(v - value) <= 1e-9 + 1e-6 * abs(value) and abs(p - place) <= 0.25 for v, p in steps)
            if (
                value
                and even
                and abs(place) > 8
                and float(f"{value:.1e}".partition("e")[0]) in (1.0, 2.0, 2.5, 5.0)
                and any(abs(round(m[1] / value) * value - m[1]) < 1e-9 for m in part)
            ):
                return [m[0] for m in part]
    return []


def wrong_rug(texts, speeches):
    """The columns under the line of time whose speeches or words are not those of report.json in these years."""
    found = []
    columns = {}
    for text, x, _ in texts:
        if re.fullmatch(r"\d{4}(–\d{2,4})?", text):
            columns.setdefault(x, []).insert(0, text)
        elif x in columns:
            columns[x].append(text)
    for held in columns.values():
        first, _, last = held[0].partition("–")
        last = int(first[: len(first) - len(last)] + last) if last else int(first)
        inside = [s for s in speeches if s["date"] and int(first) <= int(s["date"][:4]) <= last]
        words = sum(s["tokens"] for s in inside)
        said = f"{words:,}" if words < 1_000_000 else f"{words / 1e6:.1f} M"
        expected = [str(len(inside)), said] if inside else ["none"]
        found += [] if held[1:3] == expected else [" ".join(held)]
    return found


def wrong_years(text, speeches):
    """What the line of time says in words: the speeches of every year, or each speech with its day and words."""
    if not re.match(r"\d{4}: \d+ speech", text):
        return []  # a speech each: names and words, which are names of report.json
    years = {str(year): 0 for year in sorted({s["date"][:4] for s in speeches if s["date"]})}
    for s in speeches:
        if s["date"]:
            years[s["date"][:4]] += 1
    said = "; ".join(f"{year}: {n} speech{'es' if n != 1 else ''}" for year, n in list(years.items())[:60]) + "."
    return [] if text.startswith(said[:-1]) else [text]


def wrong_periods(texts, groups):
    """The columns of periods whose speeches or words are not theirs."""
    held = {g["label"]: ([str(g["speeches"]), f"{g['tokens']:,}"] if g["speeches"] else ["none"]) for g in groups}
    found = []
    for text, x, y in texts:
        under = [t for t, at, down in texts if at == x and y < down <= y + 35]
        if text in held and len(under) >= len(held[text]) and under[0] not in held:
            found += [] if under[: len(held[text])] == held[text] else [f"{text}: {' '.join(under)}"]
    return found


def wrong_counts(texts, data, name):
    """The counts beside a word, or below it, that are not that word's."""
    if name == "words":
        records = {(r["term"], f"{r['before']['count']:,} : {r['after']['count']:,}") for r in data["words"]["rows"]}
        mark = re.compile(r"[\d,]+ : [\d,]+")
    else:
        rows = [row for told in data["tfidf"] for row in told["rows"]]
        records = {(word, shown) for word, weight, n in rows for shown in (f"× {n:,}", f"{weight:.2f}", f"{weight:.3f}")}
        mark = re.compile(r"× [\d,]+|\d\.\d\d\d?")
    found = []
    for text, _, y in texts:
        if mark.fullmatch(text):
            beside = [t.removesuffix("★").strip() for t, _, down in texts if (down == y or (abs(y - 14 - down) < 0.2 and name == "words")) and t != text]
            ok = any((t, text) in records or (t.endswith("…") and any(w.startswith(t[:-1]) and shown == text for w, shown in records)) for t in beside)
            found += [] if ok else [text]
    return found
