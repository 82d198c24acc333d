"""The tables of a page held against report.json: every row must be the row of a record, cell by cell."""

from __future__ import annotations

from page_sources import read

PER_1000, POINTS = 1000, 10


def wrong_rows(caption, heads, rows, data):
    """The rows of a table that no record of report.json could have written; all of them for a table that is not known."""
    spec = next((make for start, make in SPECS if caption.startswith(start)), None)
    if spec is None:
        return list(rows)
    records = spec(data, heads)
    return [row for row in rows if not any(_agrees(row, heads, record) for record in records)]


def _agrees(row, heads, record):
    """Whether a record, as (head, value) in order, says what a row says; columns that exist nowhere are left out of the page."""
    at = 0
    for head, cell in zip(heads, row, strict=True):
        while at < len(record) and record[at][0] != head:
            at += 1
        if at == len(record) or not agrees(cell, record[at][1]):
            return False
        at += 1
    return True


def agrees(cell, value):
    """Whether a cell shows a value."""
    if value is None:
        return cell in ("–", "")
    if isinstance(value, bool):
        return cell == ("yes" if value else "no")
    if isinstance(value, str):
        return cell.strip() == value.strip()
    if cell.startswith("< "):
        return 0 <= value < float(cell[2:])
    try:
        shown, digits = read(cell)
    except ValueError:
        return False
    return abs(shown - value) <= 0.5 * 10.0**-digits * (1 + 1e-9) + 2e-8 * abs(value) + 1e-12


def _scaled(value, by):
    return None if value is None else value * by


def _sides(data):
    return data["compare"]["before"]["label"], data["compare"]["after"]["label"]


def _side(held, by, *names):
    return [(head, _scaled(held[name], by)) for head, name in names]


def themes(data, heads):
    """Two periods: named themes alone (topics stand in a table of their own)."""
    before, after = _sides(data)
    made = []
    for t in (t for t in data["compare"]["themes"] if t["origin"] == "named"):
        levels = [
            [(label, _scaled(t[side]["value"], 1000)), ("low", _scaled(t[side]["low"], 1000)), ("high", _scaled(t[side]["high"], 1000))]
            for side, label in (("before", before), ("after", after))
        ]
        held = t["standing"] or {"usual": {"low": None, "high": None}, "higher_than": None, "lower_than": None, "ranked": None, "high": False}
        usual = [("usual low", _scaled(held["usual"]["low"], 1000)), ("usual high", _scaled(held["usual"]["high"], 1000))]
        ranks = [("higher than", held["higher_than"]), ("lower than", held["lower_than"]), ("of", held["ranked"])]
        counts = [
            (f"{what} {label}", t[side][name]) for what, name in (("words", "hits"), ("events", "n")) for side, label in (("before", before), ("after", after))
        ]
        stands = None if t["standing"] is None else "" if t["verdict"] != "stands out" else "high" if held["high"] else "low"
        row = [("Theme", t["label"]), *levels[0], *levels[1], ("change", _scaled(t["change"]["points"], 10))]
        made.append([*row, *usual, *ranks, *counts, ("q", t["q"]), ("verdict", t["verdict"]), ("stands", stands)])
    return made


def topic_shifts(data, heads):
    before, after = _sides(data)
    made = []
    for t in data["compare"]["topics"]["rows"]:
        change = t["change"]
        moved = [("change", _scaled(change["points"], 10)), ("low", _scaled(change["points_low"], 10)), ("high", _scaled(change["points_high"], 10))]
        levels = [(label, _scaled(t[side]["value"], 1000)) for side, label in (("before", before), ("after", after))]
        made.append(
            [
                ("Topic", t["label"]),
                *levels,
                *moved,
                ("q", t["q"]),
                ("verdict", t["verdict"] or ""),
                ("stability", t["stability"]),
                ("refits in the other direction", t["turned"]),
            ]
        )
    return made


def periods(data, heads):
    """What two periods are made of; a share of the speaker's words as a whole percentage, with its band."""
    sides = [data["compare"]["before"], data["compare"]["after"]]

    def listed(names):
        return (", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")) or "not stated"

    def share(side):
        if side["speaker_share"] is None:
            return "not known"
        ends = [f"{100 * end:.0f}" for end in side["speaker_band"] or ()]
        return f"{100 * side['speaker_share']:.0f} %" + (f" ({ends[0]}-{ends[1]} % by who is counted as speaking)" if ends and ends[0] != ends[1] else "")

    rows = [(name, *(side[key] for side in sides)) for name, key in (("Speeches", "speeches"), ("Events", "events"), ("Content words", "tokens"))]
    rows += [("Median words of a speech", *(round(side["median_tokens"]) for side in sides)), ("Words of the speaker", *map(share, sides))]
    rows += [
        (name, *(listed(side[key]) for side in sides)) for name, key in (("Kind", "kinds"), ("Speaker", "speakers"), ("Outlet", "outlets"), ("Place", "places"))
    ]
    return [list(zip(heads, row, strict=True)) for row in rows]


def series(data, heads):
    """A row for each theme, or for each theme and group."""
    told = data["trend"]
    if "group" in heads:
        return [_point(t, p, {g["label"]: g for g in told["groups"]}) for t in told["themes"] for p in t["points"]]
    groups = [g["label"] for g in told["groups"]]
    rows = [
        [
            ("theme", t["label"]),
            *((p["group"], _scaled(p["share"]["value"], 1000)) for p in t["points"]),
            *((name, t[name]["verdict"] if t[name] else "") for name in ("trend", "change")),
        ]
        for t in told["themes"]
    ]
    ends = [("trend", ""), ("change", "")]
    return [
        *rows,
        *(
            [("theme", name), *zip(groups, (g[key] for g in told["groups"]), strict=True), *ends]
            for name, key in (("speeches", "speeches"), ("content words", "tokens"))
        ),
    ]


def _point(theme, point, groups):
    share, contrast = point["share"], point["contrast"]
    way = ""
    if contrast and contrast["verdict"] in ("rose", "fell", "stands out"):
        up = contrast["verdict"] == "rose" or (contrast["verdict"] == "stands out" and (contrast["points"]["value"] or 0) > 0)
        way = "higher" if up else "lower"
    levels = [(head, _scaled(share[name], 1000)) for head, name in (("per 1,000", "value"), ("low", "low"), ("high", "high"))]
    row = [("Theme", theme["label"]), ("group", point["group"]), ("speeches", groups[point["group"]]["speeches"]), *levels]
    return [*row, ("theme words", point["hits"]), ("words", point["tokens"]), ("q", contrast["q"] if contrast else None), ("against the others", way)]


def trends(data, heads):
    made = []
    for t in data["trend"]["themes"]:
        trend, change = t["trend"], t["change"]
        slope = [(head, _scaled(trend["slope"][name], 10) if trend else None) for head, name in (("a period", "value"), ("low", "low"), ("high", "high"))]
        row = [
            ("Theme", t["label"]),
            *slope,
            ("periods", trend["slope"]["n"] if trend else None),
            ("q", trend["q"] if trend else None),
            ("trend", trend["verdict"] if trend else ""),
        ]
        made.append(
            [*row, *((head, (change[name] or "") if change else "") for head, name in (("change", "verdict"), ("between", "before"), ("and", "after")))]
        )
    return made


def distance(data, heads):
    held = data["trend"]["distance"]
    return [[("group", label), *zip(held["groups"], row, strict=True)] for label, row in zip(held["groups"], held["bits"], strict=True)]


def words(data, heads):
    before, after = _sides(data)
    return [
        [
            ("Word", r["term"]),
            (before, r["before"]["count"]),
            (after, r["after"]["count"]),
            ("per 1,000", r["before"]["per_1000"]),
            ("per 1,000", r["after"]["per_1000"]),
            ("log2 ratio", r["log_ratio"]),
            *((head, r[name]) for head, name in (("z", "z"), ("q", "q"), ("passes", "starred"))),
        ]
        for r in data["words"]["rows"]
    ]


def tfidf(data, heads):
    return [[("Speech", d["label"]), ("Word", word), ("TF-IDF weight", weight), ("count", n)] for d in data["tfidf"] for word, weight, n in d["rows"]]


def topics(data, heads):
    return [
        [
            ("Topic", t["label"]),
            ("words", " ".join(t["words"])),
            ("share", t["share"]),
            ("stability", t["stability"]),
            ("came back", t["reproducible"]),
            ("nearest theme", t["nearest_theme"]),
        ]
        for t in data["topics"]["topics"]
    ]


def phrases(data, heads):
    """The phrases of two periods; their uses there are those of the speeches that the periods hold."""
    before, after = _sides(data)
    names = ("uses", "events", "first", "last", "new_in", "not_since", "peak")
    shown = ("uses", "events", "first use", "last use", "new in", "not said since", "peak")

    def inside(phrase, side):
        return sum(one["uses"] for one in phrase["dates"] if one["speech"] in data["periods"][side])

    return [
        [("Phrase", p["text"]), (before, inside(p, "before")), (after, inside(p, "after")), *((head, p[name]) for head, name in zip(shown, names, strict=True))]
        for p in data["phrases"]["phrases"]
    ]


def novelty(data, heads):
    return [
        [
            ("Speech", r["title"]),
            ("date", r["date"] or ""),
            *((name, r[name]) for name in ("novelty", "transience", "resonance", "reach", "q")),
            ("verdict", r["verdict"]),
            ("words", " ".join(r["words"])),
        ]
        for r in data["novelty"]["rows"]
    ]


def changes(data, heads):
    before, after = _sides(data)
    made = []
    for t in data["changes"]["themes"]:
        was, now = (t[when] or {"before": None, "after": None, "rank": None, "verdict": ""} for when in ("was", "now"))
        levels = [
            (f"{label} {when}", _scaled(state[side], 1000))
            for side, label in (("before", before), ("after", after))
            for when, state in (("then", was), ("now", now))
        ]
        ranks = [("rank then", was["rank"]), ("rank now", now["rank"]), ("verdict then", was["verdict"]), ("verdict now", now["verdict"])]
        made.append([("Theme", t["label"]), *levels, *ranks, ("moved by", _mover(t["movers"][0], now["verdict"]) if t["movers"] else "")])
    return made


def _mover(mover, verdict):
    points = 10 * mover["points"]
    moved = f"{points:+.{1 if abs(points) >= 0.1 else 2}f}".replace("-", "−")
    without = f"; without that “{mover['verdict']}”" if mover["verdict"] and mover["verdict"] != verdict else ""
    date = f" ({mover['date']})" if mover["date"] else ""
    return f"{mover['title'] or mover['speech']}{date}, {mover['what']}: {moved} per 1,000{without}"


def speeches(data, heads):
    periods = ["", *_sides(data)]
    fields = ("date", "speaker", "place", "kind", "language")
    return [
        [("Title", s["title"]), *((name, s[name]) for name in fields), ("words", s["tokens"]), ("period", period), ("date is", s["date_status"])]
        for s in data["speeches"]
        for period in periods
    ]


SPECS = (
    ("Theme words per 1,000 content words, mean of the events of each group", series),
    ("Theme words per 1,000 content words, mean of events", themes),
    ("What the two periods", periods),
    ("Trend and change", trends),
    ("Jensen-Shannon", distance),
    ("Words, most typical", words),
    ("Distinctive words", tfidf),
    ("Words of each topic", topic_shifts),
    ("Topics of model", topics),
    ("Phrases, those", phrases),
    ("Novelty, transience", novelty),
    ("Themes then and now", changes),
    ("The list of speeches", speeches),
)
