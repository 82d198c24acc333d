import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.sources.reading import SUFFIXES
from tracker.speech import KINDS, DateCandidate, Speech, SpokenDate
from tracker.tasks.add import add
from tracker.tasks.corpus import content_tokens, list_speeches, set_fields
from tracker.tasks.export import export
from tracker.tasks.workspace import init

FORMS = [form for form in ("jsonl", "csv", "parquet") if f".{form}" in SUFFIXES]


def formed(form):
    if form == "parquet":
        pytest.importorskip("duckdb", reason="the extra [tables] reads and writes Parquet")
    return form


@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_comes_back_as_the_same_corpus(form, make_workspace, three_texts, tmp_path):
    workspace = make_workspace({**three_texts, "undated.txt": "We thank you, my friends, for the long way that you came to us."})
    row = list_speeches(workspace)[1]
    set_fields(workspace, row.id, {"date": "2022-03", "tag:region": "south, east", "event": "visit", "outlet": ""})
    made = export(workspace, tmp_path / f"all.{formed(form)}")
    again = init(tmp_path / "again", themes="none")
    result = add(again, [made.path])
    assert (made.speeches, len(result.added), result.skipped) == (4, 4, ())
    assert again.store.hash() == workspace.store.hash()
    assert list(again.store.each()) == list(workspace.store.each())
    assert again.store.corrections(row.source) == workspace.store.corrections(row.source)
    assert len(add(again, [made.path]).unchanged) == 4
    assert len(add(workspace, [made.path]).unchanged) == 4


plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
days = st.dates(date(1800, 1, 1), date(2025, 1, 1))
candidates = st.builds(
    DateCandidate,
    role=st.sampled_from(["event", "published"]),
    day=days,
    precision=st.just("day"),
    basis=st.sampled_from(["text", "user", "table"]),
    quote=plain,
    start=st.integers(-1, 5),
)
dates = st.one_of(
    st.just(SpokenDate(evidence="Nothing dates it.")),
    st.builds(
        SpokenDate,
        event_date=days,
        published=st.none() | days,
        precision=st.sampled_from(["day"]),
        basis=st.sampled_from(["user", "text", "file name"]),
        status=st.sampled_from(["stated", "inferred", "conflicting"]),
        evidence=plain,
        candidates=st.lists(candidates, max_size=2).map(tuple),
    ),
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=80).filter(str.strip)
tags = st.dictionaries(st.sampled_from(["region", "text", "Date", "lang", "tracker2", "a b", "url", "party"]) | plain.filter(bool), plain, max_size=3)
speeches = st.builds(
    Speech, key=plain.filter(bool), text=texts, date=dates, title=plain, speaker=plain, place=plain, outlet=plain, kind=st.sampled_from(KINDS), language=st.sampled_from(["en", "de", "und"]),
    tags=tags, source=plain.filter(bool), event=plain, inferred=st.lists(st.sampled_from(["kind", "language", "title"]), unique=True).map(tuple),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    drawn=st.lists(speeches, min_size=1, max_size=3, unique_by=lambda s: " ".join(s.key.split())), form=st.sampled_from([f for f in FORMS if f != "parquet"])
)
def test_any_corpus_exported_and_added_again_is_the_same(tmp_path_factory, drawn, form):
    folder = tmp_path_factory.mktemp("any")
    first, second = init(folder / "first", themes="none"), init(folder / "second", themes="none")
    with first.store.writing():
        for speech in drawn:
            first.store.put(speech, content_tokens(speech))
    made = export(first, folder / f"all.{form}")
    assert add(second, [made.path]).skipped == ()
    assert list(second.store.each()) == list(first.store.each())
    assert second.store.hash() == first.store.hash()
    first.store.close()
    second.store.close()


@pytest.fixture
def exported(make_workspace, two_texts, tmp_path):
    """Two speeches, their rows, and a function that adds changed rows to a new workspace."""
    workspace = make_workspace(two_texts)
    stream = io.StringIO()
    export(workspace, to="jsonl", stream=stream)
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]

    def added(changed):
        path = tmp_path / "changed.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
        again = init(tmp_path / "again", themes="none")
        add(again, [str(path)])
        return list(again.store.each())

    return list(workspace.store.each()), rows, added


def test_a_cell_that_was_changed_counts_and_the_rest_stays_as_it_was(exported):
    speeches, rows, added = exported
    back = added([rows[0] | {"speaker": "Iva Holm", "region": "north", "date": "2022-03-09"}, rows[1]])
    assert back[1] == speeches[1]
    assert (back[0].speaker, back[0].tags["region"], back[0].date.text, back[0].date.basis) == ("Iva Holm", "north", "2022-03-09", "table")
    assert (back[0].title, back[0].outlet, back[0].id) == (speeches[0].title, speeches[0].outlet, speeches[0].id)


def test_a_cell_that_was_emptied_changes_nothing(exported):
    speeches, rows, added = exported
    assert added([{**rows[0], "speaker": "", "date": ""}, {k: v for k, v in rows[1].items() if k not in ("title", "kind")}]) == speeches


def test_a_row_whose_text_was_changed_is_read_like_any_other(exported):
    speeches, rows, added = exported
    back = added([rows[0] | {"text": rows[0]["text"] + " And more."}])
    assert (back[0].text, back[0].date.basis, back[0].title) == (speeches[0].text + " And more.", "table", speeches[0].title)


@pytest.mark.parametrize("record", ["by hand", "{", '{"schema":"tracker/speech/1"}', '{"schema":"tracker/speech/9","id":3}'])
def test_a_column_called_tracker_that_is_none_of_ours_is_a_tag(exported, record):
    _, rows, added = exported
    assert added([rows[0] | {"tracker": record}])[0].tags["tracker"] == record


def test_the_columns_for_people_say_what_is_known(make_workspace, two_texts):
    stream = io.StringIO()
    workspace = make_workspace(two_texts)
    assert export(workspace, stream=stream).format == "csv"
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert list(rows[0]) == ["id", "date", "published", "speaker", "title", "place", "outlet", "kind", "language", "event", "source", "text", "tracker"]
    assert [(r["date"], r["speaker"], r["kind"]) for r in rows] == [("2022-03-08", "Mara Lind", "readout"), ("2023-06-14", "Mara Lind", "readout")]
    assert [r["text"] for r in rows] == [s.text for s in workspace.store.each()]


def test_a_file_that_exists_is_never_written_over(make_workspace, two_texts, tmp_path):
    workspace = make_workspace(two_texts)
    (tmp_path / "all.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(TrackerError) as caught:
        export(workspace, tmp_path / "all.csv")
    assert caught.value.hint == f"tracker export --to csv --output {tmp_path / 'all-2.csv'}"
    assert (tmp_path / "all.csv").read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["all.csv"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--to", "xlsx"), "error: no format `xlsx`\n  formats: csv, jsonl, parquet\n\nhint: --to csv\n"),
        (("--to", "parquet"), "error: parquet needs a file to be written to\n\nhint: tracker export --output speeches.parquet\n"),
    ],
)
def test_what_cannot_be_exported_is_an_error_with_a_command(run, make_workspace, two_texts, words, error):
    said = run("export", *words, "--workspace", make_workspace(two_texts).path)
    assert (said.code, said.out) == (1, "")
    assert said.err.replace(" --workspace", "").startswith(error.rstrip("\n").rsplit("\n", 1)[0])


def test_an_empty_corpus_is_an_error(run, tmp_path):
    init(tmp_path / "empty", themes="none")
    assert run("export", "--workspace", tmp_path / "empty").err.startswith("error: the corpus is empty")


def test_a_text_with_a_nul_is_refused_for_csv_and_kept_in_json_lines(tmp_path):
    workspace, again = init(tmp_path / "w", themes="none"), init(tmp_path / "again", themes="none")
    with workspace.store.writing():
        workspace.store.put(Speech(key="a", text="One\0two.", source="a"), 2)
    with pytest.raises(TrackerError, match="NUL"):
        export(workspace, tmp_path / "all.csv")
    assert not Path(tmp_path / "all.csv").exists()
    add(again, [export(workspace, tmp_path / "all.jsonl").path])
    assert [s.text for s in again.store.each()] == ["One\0two."]


def test_the_command_writes_rows_to_standard_output_or_a_file(run, make_workspace, two_texts, tmp_path):
    workspace = make_workspace(two_texts)
    said = run("export", "--to", "jsonl", "--workspace", workspace.path)
    assert (said.code, said.err, len(said.out.splitlines())) == (0, "", 2)
    said = run("export", "--output", tmp_path / "all.csv", "--workspace", workspace.path)
    assert (said.code, said.out) == (0, f"{tmp_path / 'all.csv'}\n")
    assert said.err == f"2 speeches as csv; back again: tracker add {tmp_path / 'all.csv'}\n"
    told = json.loads(run("export", "--json", "--workspace", workspace.path).out)
    assert (told["schema"], [row["kind"] for row in told["data"]["speeches"]]) == ("tracker/export/1", ["readout", "readout"])
