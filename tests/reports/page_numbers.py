"""Every number of a page asked where it comes from: its table's record, its chart's records, a quote, or one of the few kinds listed here."""

from __future__ import annotations

import re

from page_charts import chart_numbers, wrong_drawn, wrong_years
from page_sources import Numbers, evidence, strings
from page_tables import wrong_rows
from page_walk import numbers, parsed, pieces

from tracker.findings.warnings import WORD_POWER

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
# What templates and methods say whatever the corpus, word for word: no measurement of it.
FIXED = (
    *(
        "From −1 (only",
        "to +1 (only",
        "0: all words alike, 1: none shared",
        "Stability runs from 0 to 1",
        "from 0 (dark)",
        "(the share × 1,000)",
        "content words × 1,000",
    ),
    *(
        "per 1,000",
        "1,000 words",
        "1,000 content words",
        "below 1,000 passages",
        "is .5 or more",
        "(times 1 + 1 over",
        "a spread of .45",
        "|log2 ratio|",
        "bursts of 3.4 times",
    ),
    *("at r1 = 0.5 the plain trend test raises a false alarm 13-28% of the time, not 5%", "in about 60% of comparisons", "in about 60 % of comparisons"),
    *(f"said 40 times or more is found in about {thrice}% of cases when its rate triples, and in about {tenfold}%" for thrice, tenfold in WORD_POWER.values()),
    *("not tested, 4 events a side are needed", "within the reach in 95 % of cases"),
    *("(log-odds; .35-.55 in State of the Union messages)", "sections 3.3-3.5", "compared with 999 rearrangements", "q < 0.001", "p < 0.001"),
)
CITED = (
    *("(Welch 1947, Biometrika 34:28-35)", "(1995, JRSS B 57:289-300)", "(Lijffijt et al. 2016, DSH 31:374-397)", "(Asuncion, Welling, Smyth and Teh 2009)"),
    *("(Monroe, Colaresi and Quinn 2008, Political Analysis 16:372-403,", "(Williams 1982, Applied Statistics 31:144-148)", "(Smyth 2004, SAGMB 3:3)"),
    *("O'Callaghan and Cunningham 2014)", "Roberts, Stewart and Airoldi 2016, JASA 111:988-1003; Rubin 1987)"),
)
CODE = re.compile(r"\bW\d+\b|\br1\b|\bG2\b|\blog2\b")
WHERE = {"before": ", in the first period", "after": ", in the second period", "": ", in neither period"}
VOICES = {
    "quoted": "in quotation marks",
    "attributed": "attributed to the speaker",
    "spoken": "spoken",
    "institutional": "attributed to a meeting or body",
    "other": "somebody else",
    "narrated": "the reporter’s words",
    "title": "headline",
    "heading": "heading",
    "caption": "caption",
    "dateline": "dateline",
    "lead": "lead",
    "headline": "headline",
}
SETTINGS = re.compile(r"(?:measure|words|topics|dates|speakers)\.\w+|recipe")


class Sources:
    """A page, the report.json beside it and the texts of the speeches."""

    def __init__(self, page, answer, texts):
        self.answer, self.data, self.texts = answer, answer["data"], texts
        self.root = parsed(page)
        self.pieces = pieces(self.root)
        self.evidence, self.lengths = list(evidence(self.data)), lengths(self.data)
        self.verbatim = {e["quote"] for e in self.evidence}
        held = {s for s in strings(self.data) if not re.fullmatch(r"[\d.,%\s–-]*", s) or re.fullmatch(r"[12]\d{3}([–.-]+\d+)*", s)}
        held |= (
            {spelled(s) for s in held if re.fullmatch(r"\d{4}(-\d\d){0,2}", s)}
            | {s.replace("-", "\u2011") for s in held}
            | {answer["corpus"]["hash"], answer["recipe"]["id"]}
        )
        held |= {spelled(run_day(self.data["changes"]["before"]))} if self.data["changes"] else set()
        self.names = sorted(held | {f"{s['date'][:4]}" for s in self.data["speeches"]}, key=len, reverse=True)
        self.by_id = {speech["id"]: speech for speech in self.data["speeches"]}
        self.by_theme = {t["id"]: Numbers(t) for t in self.data["compare"]["themes"]}
        self.by_series = {t["id"]: Numbers(t) for t in (self.data["trend"] or {"themes": ()})["themes"]}
        self.sections, self.charts = section_numbers(answer), chart_numbers(self.data)
        self._bare = {}

    def wrong(self):
        """What on the page has no source: (section, text, why)."""
        found = self.wrong_quotes()
        for table in (n for n in self.root.walk() if n.tag == "table"):
            found += [("table", " | ".join(row), "no record says this") for row in self.wrong_table(table)]
        for chart in (n for n in self.root.walk() if n.tag == "svg" and n.attrs.get("role") == "img"):
            found += self.wrong_chart(chart)
        for piece in self.pieces:
            if piece.kind in ("prose", "spoken"):
                found += [(piece.section, piece.text, token) for token in self.wrong_prose(piece)]
        return found

    def notices(self, piece, text):
        """Whether anything is wrong once a piece says something else; the page is as it was afterwards."""
        kept, children = piece.text, piece.node.children
        if piece.kind == "spoken":
            name = next(name for name, value in piece.node.attrs.items() if value == kept)
            piece.node.attrs[name] = text
        else:
            piece.node.children = [text, *(c for c in children if not isinstance(c, str) and piece.kind == "prose" and c.tag == "a")]
        piece.text = text
        chart = piece.node.above(lambda n: n.tag == "svg")
        found = [*(self.wrong_chart(chart) if chart else ()), *(self.wrong_prose(piece) if piece.kind != "drawn" else ())]
        piece.text, piece.node.children = kept, children
        if piece.kind == "spoken":
            piece.node.attrs[name] = kept
        return bool(found)

    def wrong_chart(self, chart):
        name = chart.above(lambda n: n.attrs.get("id", "").startswith("chart-")).attrs["id"].removeprefix("chart-")
        return [(name, text, "drawn, and in no record") for text in wrong_drawn(name, chart, self.data, self.charts, self.bare)]

    def wrong_quotes(self):
        """Quotes that are not report.json's, passages of report.json that are not the speech's at their place, sentences that a speech has not."""
        found = [("json", e["quote"], "not at its place") for e in self.evidence if self.texts[e["speech"]][e["start"] : e["end"]] != e["quote"]]
        at = {}
        for piece in self.pieces:
            if piece.kind == "quote" and piece.text not in self.verbatim:
                found.append((piece.section, piece.text, "no such passage in report.json"))
            if piece.kind == "sentence":
                speech = piece.node.above(lambda n: n.attrs.get("id", "").startswith("speech-")).attrs["id"].removeprefix("speech-")
                said = "".join(child if isinstance(child, str) else "" if child.tag == "b" else child.text() for child in piece.node.children)
                place = self.texts[speech].find(said, at.get(speech, 0))
                at[speech] = place + len(said)
                found += [("speeches", said, "not in the speech")] if place < 0 or not said else []
        return found

    def wrong_table(self, table):
        heads = [n.text() for n in table.walk() if n.tag == "th" and n.attrs.get("scope") == "col"]
        rows = [[n.text() for n in row.children if not isinstance(n, str)] for row in table.walk() if row.tag == "tr" and row.parent.tag == "tbody"]
        caption = next(n.text() for n in table.walk() if n.tag == "caption")
        return wrong_rows(caption, heads, rows, self.data)

    def wrong_prose(self, piece):
        """The numbers of a sentence that neither its theme, nor its chart, nor its section has; of whole lines that are known, the line."""
        expected = self._line(piece)
        if expected is not None:
            return [] if " ".join(piece.text.split()) in expected else [piece.text]
        if piece.node.tag == "desc" and piece.chart == "rug":
            return wrong_years(piece.text, self.data["speeches"])
        allowed = [self.sections[piece.section]]
        link = next((n.attrs["href"] for n in piece.node.walk() if n.attrs.get("href", "").startswith(("#theme-", "#series-"))), "")
        if piece.chart:
            allowed = [self.charts.get(piece.chart, Numbers())]
        elif link or piece.theme:
            kind, _, theme = (link[1:] or f"{'series' if piece.section == 'series' else 'theme'}-{piece.theme}").partition("-")
            allowed = [(self.by_theme if kind == "theme" else self.by_series)[theme], self.sections[f"one {kind}"]]
        if not piece.chart and (more := re.match(r"(?:Both ends of the ranking; )?(\d[\d,]*) more\b(?! moved)", piece.text)):
            return [] if int(more[1].replace(",", "")) in self._rest(piece) else [more[1]]
        if piece.section == "methods" and piece.node.tag == "dd":
            return self._wrong_setting(piece)
        return [token for _, token in numbers(self.bare(piece.text)) if not any(token in held for held in allowed)]

    def _line(self, piece):
        """What a line may say whose every letter is known: where a quote comes from, and the head of a speech."""
        if piece.node.parent is None:
            return None
        quote = piece.node.parent
        if piece.node.tag == "figcaption" and quote.has("quote"):
            said = next(n.text() for n in quote.walk() if n.tag == "blockquote")
            return {
                f"{self.by_id[e['speech']]['title'] or e['speech']}, {spelled(e['date'])} · {VOICES[e['voice']]}" for e in self.evidence if e["quote"] == said
            }
        speech = piece.node.parent.attrs.get("id", "").removeprefix("speech-")
        if piece.section == "speeches" and speech in self.by_id and piece.node.tag in ("summary", "h3"):
            return self._head(self.by_id[speech], whole=piece.node.tag == "summary")
        if piece.section == "changes" and piece.node.tag == "li" and piece.text.startswith(("added: ", "removed: ")):
            return {f"{c['what']}: {c['title']}, {c['date']}{WHERE[c['side']]}" for c in self.data["changes"]["speeches"]}
        return None

    def _head(self, speech, *, whole):
        title = speech["title"] or speech["id"]
        if not whole:
            return {title}
        marked = next(m for m in self.data["marked"] if m["speech"] == speech["id"])
        share, band = marked["speaker_share"], [f"{100 * end:.0f}" for end in marked["speaker_band"] or ()]
        said = [
            f"{title} {spelled(speech['date'])}",
            *([speech["outlet"]] if speech["outlet"] else []),
            f"{speech['tokens']:,} word{'s' if speech['tokens'] != 1 else ''}",
        ]
        if share is not None:
            said.append((f"{band[0]}-{band[1]} %" if len(set(band)) == 2 else f"{100 * share:.0f} %") + " the speaker’s")
        return {" ".join(" · ".join(said).split())}

    def bare(self, text):
        """A text without names, dates and what is the same on every page."""
        if text not in self._bare:
            held = text
            for fixed in (*CITED, *FIXED):
                held = held.replace(fixed, " ")
            for name in self.names:
                if name in held:
                    held = re.sub(rf"(?<![\w]){re.escape(name)}(?!\w)", " ", held)
            self._bare[text] = CODE.sub(" ", held)
        return self._bare[text]

    def _wrong_setting(self, piece):
        name = piece.node.parent.text().removesuffix(piece.text).strip()
        if SETTINGS.fullmatch(name) is None:
            return []  # the words of a theme: its own line in themes.toml
        table, _, field = name.partition(".")
        value = self.answer["recipe"]["id"] if name == "recipe" else self.answer["recipe"][table][field]
        shown = "chosen by the tool" if value is None else (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)
        return [] if piece.text in (shown, shown.lower()) else [piece.text]

    def _rest(self, piece):
        """How many a list of report.json has beyond those that stand before `n more`."""
        before = piece.node.parent.children[: piece.node.parent.children.index(piece.node)]
        if piece.node.has("paper"):  # told on paper alone: what is printed is the first of a group, the first rows or the first sentences
            if piece.section == "speeches":
                said = [n for held in before if not isinstance(held, str) for n in held.walk() if n.tag == "p" and n.above(lambda n: n.has("text"))]
                return {sum(n.above(lambda n: n.has("screen")) is not None for n in said)}
            nodes = [n for n in before if not isinstance(n, str)]
            if "data/" not in piece.text:
                return {sum(n.tag in ("blockquote", "figure") and (n.tag == "blockquote" or n.has("quote")) for n in nodes) - 1}
            behind = next((n for n in piece.node.parent.children[len(before) + 1 :] if not isinstance(n, str) and n.has("more")), None)
            hidden = int(behind.text().split()[0].replace(",", "")) if behind is not None else 0
            return {sum(n.tag == "tr" for n in nodes[-1].walk()) - 1 + hidden - 60}
        nodes = [n for n in before if not isinstance(n, str)]
        last = nodes[-1] if nodes else None
        shown = set() if last is None else {sum(n.tag == tag for n in last.walk()) - (tag == "tr") for tag in ("tr", "li", "blockquote")}
        shown |= {sum(n.tag == tag and (n.has("speech") or n.has("quote")) for n in nodes) for tag in ("details", "figure")}
        return {
            length - n
            for length in (*self.lengths, self.data["trend"] and len(self.data["trend"]["themes"]) * len(self.data["trend"]["groups"]))
            if length
            for n in shown
        }


def lengths(held):
    """The lengths of all lists of report.json that a page may cut, and of the halves that it sorts them into."""
    found = {len(held)} if isinstance(held, list) and len(held) > 3 else set()
    if isinstance(held, list) and held and isinstance(held[0], dict) and "only" in held[0]:
        found |= {sum(row["only"] == side for row in held) for side in ("before", "after", "both")}
    for part in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
        found |= lengths(part)
    return found


def spelled(iso):
    """An ISO date as the page prints it."""
    parts = iso.split("-")
    return " ".join([*(str(int(p)) for p in parts[2:]), *(MONTHS[int(p) - 1] for p in parts[1:2]), parts[0]])


def section_numbers(answer):
    """The numbers that the sentences of each section may use."""
    d, c = answer["data"], answer["data"]["compare"]
    period = [c[name] for name in ("family", "distance", "balance", "reference", "within", "needed", "before", "after")]
    period.append({"level": c["level"]})
    fits = {k: v for k, v in (d["topics"] or {}).items() if k not in ("topics", "added")}
    added = [(d["topics"] or {}).get("added") or {}]
    log = [added[0].get("speeches", 0), *(100 * added[0].get(name, 0) for name in ("unknown", "usual")), *became(d["topics"])]
    counted = [sum(t["origin"] == "named" for t in c["themes"])]
    leaning = [t["sensitivity"] for t in c["themes"]]
    resembling = [t["resembles"] for t in c["themes"]]
    told = [x for t in c["texts"] for x in (*t["counts"], *(t["spread"] * c[side]["speeches"] for side in ("before", "after")))]
    return {
        "masthead": Numbers(answer["corpus"], extra=[len({s["speaker"] for s in d["speeches"]} - {""}) - 3]),
        "texts": Numbers(period, resembling, leaning, extra=[*told, *mixes(d)]),
        "themes": Numbers(period, extra=[*counted, *mixes(d)]),
        "series": Numbers(d["trend"]),
        "words": Numbers({k: v for k, v in d["words"].items() if k != "rows"}, period),
        "topics": Numbers(fits, c["topics"] or {}, extra=log),
        "phrases": Numbers({"least": (d["phrases"] or {"least": 0})["least"]}),
        "novelty": Numbers(d["novelty"], extra=novelty_counts(d["novelty"])),
        "changes": Numbers(d["changes"], fits, extra=[*change_counts(d["changes"]), *log]),
        "evidence": Numbers(period),
        "speeches": Numbers(d["marked"], extra=[s["tokens"] for s in d["speeches"]]),
        "methods": Numbers(answer["recipe"], period, fits, {"tested": d["words"]["tested"], "level": d["words"]["level"]}, d.get("left_out"), extra=counted),
        "one theme": Numbers(period, extra=told),
        "one series": Numbers({k: v for k, v in (d["trend"] or {}).items() if k not in ("themes", "groups", "distance")}, extra=[95]),
        "corpus": Numbers(),
    }


def became(told):
    """How many topics of the last fit were kept."""
    changes = (((told or {}).get("fit")) or {"changes": []})["changes"]
    return [sum(change["became"] == "kept" for change in changes)]


def mixes(data):
    """What percentage of the speeches of a period each speaker, kind, outlet and place has."""
    by_id = {s["id"]: s for s in data["speeches"]}
    for ids in data["periods"].values():
        for name in ("speaker", "kind", "outlet", "place"):
            held = [by_id[i][name] for i in ids]
            yield from (100 * held.count(value) / len(held) for value in set(held))


def novelty_counts(told):
    rows = told["rows"] if told else []
    verdicts = [sum(r["verdict"] == v for r in rows) for v in ("broke and stayed", "left behind")]
    unmeasured = sum(r["novelty"] is None for r in rows)
    short = unmeasured - 2 * told["window"] if told else 0  # all but the first and the last
    return [len(rows), len(rows) - unmeasured, unmeasured, short, *verdicts, *(n - 3 for n in verdicts), *(n - 20 for n in verdicts)]


def change_counts(told):
    if not told:
        return []
    kinds = [sum(s["what"] == what for s in told["speeches"]) for what in ("added", "removed", "updated", "corrected")]
    return [*kinds, len(told["themes"]), sum((t["was"] or {}).get("verdict") != (t["now"] or {}).get("verdict") for t in told["themes"])]


def run_day(name):
    """The day in a report's name."""
    return f"{name[:4]}-{name[4:6]}-{name[6:8]}"
