"""Series over years, speakers and edges, through the tasks and the command line, on invented speeches whose course is known."""

import json

import numpy as np
import pytest

from tracker.errors import SliceError, ThemesError
from tracker.tasks.add import add
from tracker.tasks.trend import SeriesChoices, parse_edges, trend
from tracker.tasks.workspace import init

THEMES = """
[themes.orchards]
label = "Orchards"
terms = ["orchard*"]

[themes.harbours]
label = "Harbours"
terms = ["harbour*"]

[themes.railways]
label = "Railways"
terms = ["railway*"]

[themes.airships]
label = "Airships"
terms = ["airship*"]
"""
FILLER = [
    "river",
    "ledger",
    "bridge",
    "evening",
    "neighbour",
    "teacher",
    "window",
    "garden",
    "letter",
    "council",
    "winter",
    "meadow",
    "lantern",
    "workshop",
    "kitchen",
    "village",
    "morning",
    "machine",
]
YEARS = range(2001, 2017)


def text(shares, rng, words=150):
    """One speech: each theme word as often as its share says, the rest filler."""
    counts = rng.multinomial(words, [*shares, 1 - sum(shares)])
    tokens = ["orchards"] * counts[0] + ["harbours"] * counts[1] + ["railways"] * counts[2] + [FILLER[i] for i in rng.integers(len(FILLER), size=counts[3])]
    mixed = list(rng.permutation(tokens))
    return "I thank you all. " + " ".join("We see the " + " and the ".join(mixed[i : i + 10]) + "." for i in range(0, len(mixed), 10))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Sixteen years, three speeches each, none in 2009: orchards grow, harbours fall at once in 2010, railways stay."""
    made = init(tmp_path_factory.mktemp("series"), themes="none")
    made.themes_path.write_text(THEMES, encoding="utf-8")
    rng, rows = np.random.default_rng(8), []
    for year in YEARS:
        for i in range(3 if year != 2009 else 0):
            shares = [share * np.exp(0.15 * rng.standard_normal()) for share in (0.02 + 0.005 * (year - 2001), 0.10 if year < 2010 else 0.03, 0.05)]
            day = f"{year}-{1 + 4 * i:02d}-{10 + i}"
            rows.append(
                {
                    "id": f"{year}-{i}",
                    "date": day,
                    "speaker": ("Ada Berg", "Jon Hale", "Ida Moor")[i],
                    "party": "north" if i else "south",
                    "text": text(shares, rng),
                }
            )
    rows.append({"id": "loose", "speaker": "Ada Berg", "text": text((0.05, 0.05, 0.05), rng)})
    table = made.path / "speeches.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    add(made, [str(table)])
    return made


@pytest.fixture(scope="module")
def yearly(workspace):
    return trend(workspace)


def named(series, theme):
    return next(one for one in series.themes if one.id == theme)


def test_what_grows_is_rising_and_what_stays_is_not(yearly):
    verdicts = {theme.id: theme.trend.verdict for theme in yearly.themes}
    assert verdicts["orchards"] == "rising"
    assert verdicts["railways"] == "no trend shown"
    assert verdicts["airships"] == "too rare"


def test_the_slope_is_in_points_a_year_and_covers_the_truth(yearly):
    slope = named(yearly, "orchards").trend.slope
    assert slope.unit == "points"
    assert slope.low <= 0.5 <= slope.high
    assert slope.n == len(YEARS) - 1


def test_a_fall_at_once_is_a_change_at_its_year(yearly):
    change = named(yearly, "harbours").change
    assert (change.before, change.after) == ("2008", "2010")  # nothing is held of 2009
    assert change.verdict == "changed"
    assert "2010" in change.could_be
    assert named(yearly, "railways").change.verdict == "no change shown"


def test_a_year_without_speeches_is_a_gap(yearly):
    gap = next(point for point in named(yearly, "harbours").points if point.group == "2009")
    assert (gap.share.value, gap.drawn.value, gap.contrast) == (None, None, None)
    assert [group.label for group in yearly.groups] == [str(year) for year in YEARS]


def test_a_year_is_tested_against_all_others_and_the_family_is_counted(yearly):
    tested = [p.contrast for t in yearly.themes for p in t.points if p.contrast is not None and p.contrast.p is not None]
    assert all(contrast.q >= contrast.p for contrast in tested)
    assert yearly.contrasts == sum(p.contrast is not None and p.contrast.p is not None for t in yearly.themes for p in t.points)
    assert yearly.trends == 3


def test_a_speech_without_a_date_is_said_to_be_left_out(yearly):
    assert yearly.outside == 1
    assert any(w.code == "W30" and w.text.startswith("1 speech fits into no group by year") for w in yearly.warnings)


def test_asking_for_one_theme_does_not_move_its_numbers(workspace, yearly):
    alone = named(trend(workspace, ("harbours",)), "harbours")
    assert alone.trend.p == named(yearly, "harbours").trend.p
    assert [p.share for p in alone.points] == [p.share for p in named(yearly, "harbours").points]


def test_speakers_and_tags_make_groups_that_are_no_series_in_time(workspace):
    by_speaker = trend(workspace, choices=SeriesChoices(by="speaker"))
    assert [group.label for group in by_speaker.groups] == ["Ada Berg", "Ida Moor", "Jon Hale"]
    assert all(theme.trend is None and theme.change is None for theme in by_speaker.themes)
    by_party = trend(workspace, choices=SeriesChoices(by="party"))
    assert [(group.label, group.events) for group in by_party.groups] == [("north", 30), ("south", 15)]


def test_edges_make_the_periods(workspace):
    series = trend(workspace, choices=SeriesChoices(edges=parse_edges("2001-01-01,2005-06-01,2010-01-01")))
    assert [group.label for group in series.groups] == ["2001-01-01..2005-05-31", "2005-06-01..2009-12-31", "2010-01-01..2016-09-12"]
    assert all(theme.trend.verdict in ("too few periods", "too rare") for theme in series.themes)
    assert [point.contrast.verdict for point in named(series, "harbours").points] == ["rose", "cannot tell", "fell"]
    assert any(w.code == "W11" for w in series.warnings)


def test_a_slice_narrows_the_series(workspace):
    series = trend(workspace, choices=SeriesChoices(where="2001..2004,speaker:Ada Berg"))
    assert [group.label for group in series.groups] == ["2001", "2002", "2003", "2004"]
    assert {group.speeches for group in series.groups} == {1}


@pytest.mark.parametrize(
    ("choices", "error", "text"),
    [
        (SeriesChoices(by="colour"), SliceError, "no speech has a value for `colour`"),
        (SeriesChoices(where="1950"), SliceError, "no speech in `1950`"),
    ],
)
def test_groups_that_do_not_exist_are_an_error(workspace, choices, error, text):
    with pytest.raises(error, match=text):
        trend(workspace, choices=choices)


def test_an_unknown_theme_is_an_error(workspace):
    with pytest.raises(ThemesError, match="no theme `orchard`"):
        trend(workspace, ("orchard",))


def test_the_command_prints_the_series_and_json_has_every_point(workspace, run):
    told = run("trend", "orchards", "harbours", "--workspace", workspace.path)
    assert told.code == 0
    assert "Orchards rose steadily" in told.out
    answer = json.loads(run("trend", "orchards", "--by", "year", "--workspace", workspace.path, "--json").out)
    assert answer["schema"] == "tracker/trend/1"
    points = answer["data"]["themes"][0]["points"]
    assert len(points) == len(YEARS)
    assert points[0]["share"]["unit"] == "share"


def test_days_that_only_stand_for_their_year_make_no_series_by_month(tmp_path, run):
    made = init(tmp_path / "w", themes="none")
    made.themes_path.write_text(THEMES, encoding="utf-8")
    rng = np.random.default_rng(6)
    rows = [{"id": f"{y}-{i}", "date": f"{y}-09-01", "speaker": f"Speaker {i}", "text": text((0.05, 0.05, 0.05), rng)} for y in (2001, 2002) for i in range(10)]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    add(made, [str(tmp_path / "t.jsonl")])
    refused = run("trend", "--by", "month", "--workspace", made.path)
    assert refused.code == 1
    assert refused.err.startswith("error: no series by month: days that only stand for their year\n  2001-09-01: 10 different texts of 10 speakers")
    assert refused.err.endswith("hint: tracker trend --by year\n")
    assert run("trend", "--by", "year", "--workspace", made.path).code == 0
