"""Topics of a comparison and themes beside topics in the terminal."""

from tracker.cli.render_missed import missed
from tracker.cli.render_topic_shifts import topic_shifts
from tracker.estimates import Estimate
from tracker.findings.cases import Family
from tracker.findings.records import Evidence, ThemeShift, ThemeSide
from tracker.findings.theme_topics import ThemeTopic
from tracker.findings.topic_shift_records import TopicShift, TopicShifts
from tracker.tasks.guided import Missed

FAMILY = Family(1, 0.95, 0.3, 0.5, 1.5, 5.0)


def row(label: str, *, verdict: str = "rose", reproducible: bool = True, unsettled: bool = False) -> TopicShift:
    share = Estimate(0.02, 0.01, 0.03, 0.95, 4, "share", "mean-share-t")
    side = ThemeSide(share, 20, 0, 1000, 0.02)
    points = Estimate(1.5, 0.5, 2.5, 0.95, 8, "points", "welch-share-refits")
    shift = ThemeShift(
        f"topic-{label}", label, "topic", side, side, points, Estimate(2.0, 1.2, 3.0, 0.95, 8, "ratio", "welch-share-refits"),
        0.01, 0.02, 0.02, None, 1.8, verdict, False, None, (), (None, None),
    )  # fmt: skip
    return TopicShift(shift, 0.8, reproducible, (1.4, -0.2), 0.5 if unsettled else 0.0, 0.1, unsettled)


def shifts(*rows: TopicShift, untested: str = "") -> TopicShifts:
    return TopicShifts("abc123", "lda", 40, 2, True, rows, FAMILY, (), untested)


def test_topics_stand_per_thousand_with_range_q_and_verdict(capsys):
    topic_shifts(shifts(row("tides")), ("2001", "2002"), 0.95)
    out = capsys.readouterr().out
    assert "topic-tides tides" in out
    assert "+15.0" in out
    assert "+5.0 to +25.0" in out
    assert "rose" in out
    assert "1 topic tested, q over this one" in out


def test_an_unsettled_topic_says_in_how_many_refits_it_turns(capsys):
    topic_shifts(shifts(row("tides", verdict="cannot tell", unsettled=True)), ("2001", "2002"), 0.95)
    assert "cannot tell (other direction in 1 of 2 refits)" in " ".join(capsys.readouterr().out.split())


def test_topics_that_did_not_come_back_are_named_without_a_verdict(capsys):
    topic_shifts(shifts(row("tides"), row("mist", verdict="not testable", reproducible=False)), ("2001", "2002"), 0.95)
    assert "1 of 2 topics did not come back in 2 refits and have no verdict: mist" in capsys.readouterr().out


def test_untested_topics_are_shown_with_the_reason(capsys):
    topic_shifts(shifts(row("tides", verdict="not testable"), untested="topics are not tested within strata"), ("2001", "2002"), 0.95)
    out = capsys.readouterr().out
    assert "not tested: topics are not tested within strata" in out
    assert "topic-tides" in out


def test_a_theme_beside_its_topic_is_told_in_lines(capsys):
    quote = Evidence("f" * 12, "2001-02-03", 0, 9, "The tide.", "spoken")
    agreement = Estimate(0.2, -0.1, 0.45, 0.95, 30, "rank correlation", "spearman")
    told = ThemeTopic("sea", "The sea", "topic-01", "tide, reef", True, True, ("reef",), agreement, 9, 4, (quote,))
    missed(Missed("abc123", ("sea",), (told,)), quiet=False)
    out = capsys.readouterr().out
    assert "The sea [sea]: topic-01 began at it (tide, reef)" in out
    assert "rank agreement +0.20 (−0.10 to 0.45) over 30 events: they do not measure the same" in out
    assert "4 of 9 passages that the topic fills hold no word of the theme" in out
    assert "“The tide.” ffffffff 2001-02-03" in out
