"""How much of the corpora the built-in codebook `policy` covers, area by area, and which areas overlap.

    python tests/benchmarks/codebook_coverage.py

writes docs/codebooks.md.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tracker.lexicon import match, overlaps, word_shares
from tracker.tasks.add import add
from tracker.tasks.themes import corpus_tokens
from tracker.tasks.workspace import init

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "../shared/corpora"
CHECKED = ("canada_throne", "ecb_pressconf", "fomc_statements", "gwr_en", "inaugural", "sotu", "ungdc", "gwr_zh")
HEAD = """\
# The codebook `policy`, measured

`tracker init` begins with `policy`: areas of policy in our own words, written for no speech in particular. Below: how many content words of seven English corpora and a Chinese one (`gwr_zh`) each area matches,
per 1,000, and in how many of the speeches it is mentioned; then the words that carry an area (more than half of its hits in a corpus) and the pairs of areas that count the same words.
A high number says that the words are said, not that they mean the area: that takes human coding.

Made by `python tests/benchmarks/codebook_coverage.py`, on the corpora beside the checkout.
"""


def measured(corpus):
    """Per theme (hits per 1,000, share of speeches), the share of words any theme matches, carrying words and overlaps."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = init(Path(folder) / "w")
        add(workspace, [str(CORPORA / corpus / "speeches.jsonl")])
        texts, lexicon = corpus_tokens(workspace), workspace.lexicon
    total = sum(sum(tokens.content) for tokens in texts)
    hits, speeches, covered = Counter(), Counter(), 0
    for tokens in texts:
        found = match(lexicon, tokens)
        inside = {i for hit in found for i in range(hit.first, hit.last) if tokens.content[i]}
        covered += len(inside)
        for hit in found:
            hits[hit.theme] += sum(tokens.content[hit.first : hit.last])
        speeches.update({hit.theme for hit in found})
    rates = {theme.id: (1000 * hits[theme.id] / total, speeches[theme.id] / len(texts)) for theme in lexicon.themes}
    carried = [
        (theme, rows[0].word, rows[0].share) for theme, rows in word_shares(lexicon, texts).items() if rows and rows[0].share > 0.5 and hits[theme] >= 20
    ]
    shared = [(o.themes, o.share, o.words) for o in overlaps(lexicon, texts) if o.share >= 0.1 and o.tokens >= 20]
    return len(texts), covered / total, rates, carried, shared


def main():
    found = {corpus: measured(corpus) for corpus in CHECKED}
    themes = list(next(iter(found.values()))[2])
    lines = [HEAD, "## Coverage", "", "| area | " + " | ".join(CHECKED) + " |", "|---|" + "---|" * len(CHECKED)]
    lines.append("| speeches | " + " | ".join(str(found[corpus][0]) for corpus in CHECKED) + " |")
    lines.append("| words in any area | " + " | ".join(f"{found[corpus][1]:.0%}" for corpus in CHECKED) + " |")
    for theme in themes:
        cells = (found[corpus][2][theme] for corpus in CHECKED)
        lines.append(f"| {theme} | " + " | ".join(f"{rate:.1f} ({share:.0%})" for rate, share in cells) + " |")
    lines += ["", "Cells: content words per 1,000 (speeches that mention it).", "", "## Areas that one word carries", ""]
    lines += [f"- {corpus}: " + (", ".join(f"{theme} by *{word}* ({share:.0%})" for theme, word, share in found[corpus][3]) or "none") for corpus in CHECKED]
    lines += ["", "## Areas that count the same words", "", "Pairs that share a tenth or more of the smaller one's hits.", ""]
    lines += [
        f"- {corpus}: " + ("; ".join(f"{a} and {b} {share:.0%} (*{', '.join(words[:3])}*)" for (a, b), share, words in found[corpus][4]) or "none")
        for corpus in CHECKED
    ]
    (ROOT / "docs" / "codebooks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
