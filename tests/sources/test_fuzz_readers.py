"""Whatever the bytes, a reader gives speeches, things skipped, or an error of ours: 200 cases each."""

import gzip
import io
import json
import zipfile
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.sources import ReadOptions, Skipped, read_sources
from tracker.speech import Speech

CASES = settings(max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
LINES = '---\n+++\ndate: 2023-03-14\nDate: 14.3.2023\n# \ntext,id\n"""\n\'"\',;\t|\n{"text": "We begin."}\n[[\nx = 1\n[tags]\n\\ud800\n9月7日\nsep=;\n</p><![CDATA[\n&amp;\n'
PIECES = st.sampled_from([*LINES.splitlines(keepends=True), *LINES.split(), "\r", "\0", "\u2028", "\x1b[31m", "\ufeff", "港口", "é", "𝄞", " " * 50, "a" * 300])
TEXT = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))
ENCODED = st.one_of(
    st.binary(max_size=400),
    TEXT.map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.tuples(TEXT, st.sampled_from(["utf-16", "utf-32", "utf-8-sig", "cp1252", "gb18030", "big5"])).map(lambda p: p[0].encode(p[1], "replace")),
)
CELL = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["text", "id", "date", "kind", "language", "source", "", "Text"]), st.one_of(CELL, st.lists(CELL, max_size=2)), max_size=5),
    max_size=5,
)
OPTIONS = st.builds(ReadOptions, text_column=st.sampled_from(["", "text", "id"]), date_order=st.sampled_from([None, "dmy", "mdy"]))


def whole(folder, options=None, stdin=None):
    """Read everything and assert that it is whole; return the texts and the reasons."""
    found = []
    try:
        for one in read_sources([str(folder)], options, stdin=stdin):
            assert isinstance(one, Speech | Skipped)
            if isinstance(one, Speech):
                assert one.text.strip()
                one.text.encode("utf-8")
            found.append(one)
    except TrackerError:
        pass
    return found


@pytest.mark.parametrize("suffix", [".txt", ".md", ".jsonl", ".json", ".csv", ".tsv", ".html", ".docx"])
def test_any_bytes_are_read_or_refused(tmp_path, suffix):
    module = {".html": "trafilatura", ".docx": "mammoth"}.get(suffix)
    if module and find_spec(module) is None:
        pytest.skip(f"{module} is not installed; the extra that reads {suffix} has it")

    @CASES
    @given(ENCODED, OPTIONS)
    def reads(data, options):
        (tmp_path / f"a{suffix}").write_bytes(data)
        whole(tmp_path / f"a{suffix}", options)

    reads()


@CASES
@given(ENCODED, OPTIONS)
def test_any_standard_input_is_read_or_refused(data, options):
    whole("-", options, io.BytesIO(data))


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_any_rows_are_read_or_refused_one_by_one(tmp_path, suffix):
    @CASES
    @given(ROWS)
    def reads(rows):
        lines = [json.dumps(row) for row in rows]
        (tmp_path / f"a{suffix}").write_text("\n".join(lines) if suffix == ".jsonl" else f"[{','.join(lines)}]", encoding="utf-8")
        found = whole(tmp_path / f"a{suffix}")
        assert len(found) == len(rows) or len(found) == 1

    reads()


@pytest.mark.parametrize("name", ["a.meta.toml", "a.txt.meta.toml", "metadata.csv"])
def test_any_sidecar_leaves_the_speech_whole(tmp_path, name):
    (tmp_path / "a.txt").write_text("We begin.", encoding="utf-8")

    @CASES
    @given(ENCODED)
    def reads(data):
        (tmp_path / name).write_bytes(data)
        assert "We begin." in [s.text for s in whole(tmp_path) if isinstance(s, Speech)]

    reads()


MEMBERS = st.lists(
    st.tuples(st.one_of(st.text(min_size=1, max_size=12), st.sampled_from(["a.txt", "../a.txt", "b/metadata.csv", "b/a.jsonl", "/x.md", "in.zip"])), ENCODED),
    max_size=4,
)
CUTS = st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), max_size=6)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_archive_is_read_or_refused(tmp_path):
    @CASES
    @given(MEMBERS, CUTS, st.integers(0, 40))
    def reads(members, cuts, end):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members:
                archive.writestr(name.encode("utf-8", "replace").decode().partition("\0")[0] or "a", data)  # zipfile itself cannot write a nameless member
        raw = bytearray(packed.getvalue())
        for at, change in cuts:
            raw[at % len(raw) : at % len(raw) + len(change)] = change
        (tmp_path / "a.zip").write_bytes(raw[: len(raw) - end] if cuts else raw)
        whole(tmp_path / "a.zip")

    reads()


def test_any_bytes_under_any_known_suffix_are_read_or_refused(tmp_path):
    suffixes = st.sampled_from([".zip", ".parquet", ".gz", ".TXT", ".Csv", "", ".meta.toml"])

    @CASES
    @given(ENCODED, suffixes)
    def reads(data, suffix):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(gzip.compress(data) if suffix == ".gz" else data)
        whole(path)
        path.unlink()

    reads()


@CASES
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_goes_in_and_comes_out_equal_but_for_its_line_ends(text):
    row = json.dumps({"text": text, "kind": "transcript", "language": "en"}).encode()
    speeches = [s for s in whole("-", None, io.BytesIO(row)) if isinstance(s, Speech)]
    assert [s.text for s in speeches] == ([text.replace("\r\n", "\n").replace("\r", "\n")] if text.strip() else [])
