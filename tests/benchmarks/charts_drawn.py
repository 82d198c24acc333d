"""What the report's charts cost beside the same content laid out by matplotlib itself: `python tests/benchmarks/charts_drawn.py --write`."""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmark_page import put, table
from report_step import speeches
from turns import of_calls

READ = (
    "`python tests/benchmarks/charts_drawn.py --write`. The first {n} charts of a report, each drawn from its data and written as PNG (144 dpi) and SVG. The peer holds the same "
    'lines, points, bars and words in as many axes, laid out by `layout="constrained"` and written by `savefig` in the same sizes; ours computes every place itself. Imports and '
    "fonts are loaded before."
)


def laid_out(figure: Any) -> Any:
    """The figure's content in axes whose places matplotlib finds."""
    from matplotlib.figure import Figure

    copy = Figure(figsize=figure.get_size_inches(), layout="constrained")
    rooms = copy.subplots(max(1, len(figure.axes)), 1, squeeze=False).ravel()
    for source, axes in zip(figure.axes, rooms, strict=False):
        for line in source.lines:
            axes.plot(*line.get_data(), color=line.get_color(), marker=line.get_marker(), linewidth=line.get_linewidth())
        for drawn in source.collections:
            if len(drawn.get_offsets()):
                axes.scatter(*drawn.get_offsets().T)
        for patch in source.patches:
            box = patch.get_extents().transformed(source.transData.inverted())
            axes.bar(box.x0 + box.width / 2, box.height, width=box.width, bottom=box.y0)
        axes.set_xlim(source.get_xlim())
        axes.set_ylim(source.get_ylim())
        for text in source.texts:
            axes.text(*text.get_position(), text.get_text(), fontsize=text.get_fontsize(), transform=axes.transAxes)
    first = rooms[0]
    for i, text in enumerate(figure.texts):
        first.annotate(text.get_text(), (0, 1), xytext=text.get_position(), textcoords="figure fraction", fontsize=text.get_fontsize(), annotation_clip=False)
        if i == 0:
            copy.suptitle(text.get_text(), fontsize=text.get_fontsize())
    return copy


def main() -> None:
    """Measure a corpus, draw its charts in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=int, default=80)
    parser.add_argument("--charts", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    asked = parser.parse_args()
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from tracker.charts.files import png_bytes, svg_text
    from tracker.reports.figures import planned
    from tracker.tasks.add import add
    from tracker.tasks.compare import Choices
    from tracker.tasks.report import make
    from tracker.tasks.workspace import init

    rows = speeches(asked.speeches, 2500)
    middle = sorted(row["date"] for row in rows)[len(rows) // 2][:4]
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "speeches.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        workspace = init(Path(place) / "workspace")
        add(workspace, [str(source)])
        charts = planned(make(workspace, (f"..{int(middle) - 1}", f"{middle}.."), Choices()).content)[: asked.charts]
    drawn = [draw(chosen, 760) for _, chosen, draw in charts]
    for figure in drawn:
        FigureCanvasAgg(figure).draw()  # its places are known now

    def ours() -> None:
        for name, chosen, draw in charts:
            figure = draw(chosen, 760)
            png_bytes(figure)
            svg_text(figure, name, chosen.caption)

    def constrained() -> None:
        for figure in drawn:
            copy = laid_out(figure)
            for form, dpi in (("png", 144), ("svg", 72)):
                copy.savefig(io.BytesIO(), format=form, dpi=dpi)

    took = of_calls({"**ours**": ours, "matplotlib, constrained layout": constrained}, asked.rounds)
    peer = took["matplotlib, constrained layout"]
    told = table(("what", "CPU s", "times the peer"), [(name, f"{seconds:.2f}", f"{seconds / peer:.2f}") for name, seconds in took.items()])
    sys.stdout.write(f"{len(charts)} charts\n{told}\n")
    sys.stdout.write(json.dumps({"benchmark": "charts_drawn", "charts": len(charts), "seconds": took}) + "\n")
    if asked.write:
        put("Charts drawn", f"{READ.format(n=len(charts))}\n\n{told}", libraries=("matplotlib",))


if __name__ == "__main__":
    main()
