"""Tables on a narrow terminal: words stay whole, columns without room stand in a table of their own below."""

from rich.console import Console

from tracker.cli import render

ROW = (
    "good neighbours of all",
    "12",
    "1,234",
    "120",
    "2001-02-03",
    "2001-02-04",
    "2001",
    "… and we are all good neighbours of all for the best",
    "0123abcd 2001-03-04",
)
HEADS = ("phrase", "here", "uses", "events", "first", "last", "peak", "in its words", "said in")


def shown(monkeypatch, capsys, width, heads=HEADS, rows=(ROW,)):
    monkeypatch.setattr(render, "_console", lambda: Console(width=width, force_terminal=False))
    render.table(heads, rows, right=("here", "uses"))
    return capsys.readouterr().out


def test_words_are_never_broken_at_eighty_columns_and_nothing_is_lost(monkeypatch, capsys):
    said = shown(monkeypatch, capsys, 80)
    assert max(map(len, said.splitlines())) <= 80
    for word in (*" ".join(ROW).split(), *" ".join(HEADS).split()):
        assert word in said.split()


def test_columns_without_room_follow_in_a_second_table_that_begins_with_the_same_column(monkeypatch, capsys):
    first, second = shown(monkeypatch, capsys, 80).split("\n\n")
    assert "said in" not in first
    assert second.split("\n")[0].split() == ["phrase", "in", "its", "words", "said", "in"]


def test_a_wide_terminal_shows_one_table_on_one_line_a_row(monkeypatch, capsys):
    assert len(shown(monkeypatch, capsys, 200).splitlines()) == 3


def test_chinese_is_folded_and_not_put_aside(monkeypatch, capsys):
    said = shown(monkeypatch, capsys, 40, ("词", "数"), [("我们要坚持实事求是也要促进共同富裕还要建设新的学校", "12")])
    assert max(len(line.encode("gb18030")) for line in said.splitlines() if "─" not in line) <= 40
    assert "\n\n" not in said
