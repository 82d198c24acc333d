"""Pictures of results, as a report has them."""

import sys
from pathlib import Path

import pytest

import tracker
from tracker.errors import TrackerError
from tracker.tasks.pictures import picture

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))
from content_samples import two_speeches
from content_series import NAMES, by_speaker, by_year, novel


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("themes", lambda: two_speeches().comparison),
        ("words", lambda: two_speeches().words),
        ("topics", lambda: two_speeches().topics),
        ("series", lambda: by_year(5, 2, gaps=())),
        ("groups", lambda: by_speaker(NAMES[:4])),
        ("heatmap", lambda: by_year(20, 3)),
        ("novelty", novel),
    ],
)
def test_every_result_has_the_picture_of_its_kind(name, result):
    drawn = picture(result())
    assert drawn._repr_svg_() == drawn.svg
    assert f'aria-labelledby="{name}-title"' in drawn.svg
    assert drawn.title
    assert drawn.png.startswith(b"\x89PNG")


def test_the_same_result_gives_the_same_bytes():
    assert picture(by_year(5, 2)) == picture(by_year(5, 2))


def test_a_picture_is_saved_by_its_ending(tmp_path):
    drawn = tracker.picture(two_speeches().comparison)
    assert drawn.save(tmp_path / "a.svg").read_text(encoding="utf-8") == drawn.svg
    assert drawn.save(tmp_path / "a.PNG").read_bytes() == drawn.png
    with pytest.raises(TrackerError, match=r"no picture is written as `a.gif`"):
        drawn.save(tmp_path / "a.gif")


def test_what_has_no_picture_is_an_error_that_lists_what_has():
    with pytest.raises(TrackerError, match="`int` is nothing that can be drawn") as caught:
        picture(3)
    assert caught.value.looked_at == ("drawn are: Comparison, Series, WordList, TopicList, Novelty",)
