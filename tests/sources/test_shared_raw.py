"""Every raw file and every table of the shared corpora is read, or skipped with the true reason."""

from pathlib import Path

import pytest

from tracker.sources import Skipped, read_sources
from tracker.speech import Speech

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
RAW = {"canada_throne": (12, 0), "fomc_statements": (12, 0), "gwr_en": (0, 11), "inaugural": (12, 0), "sotu": (11, 1), "ungdc": (10, 2)}
TABLES = {"canada_throne": 51, "ecb_pressconf": 155, "fomc_statements": 159, "gwr_en": 15, "gwr_zh": 32, "inaugural": 60, "sotu": 104, "ungdc": 399}
DATES = {"su1790": "1790-01-08", "su1862": "1862-12-01", "su1945": "1945-01-06", "su1980b": "1980-01-21", "su2001": "2001-02-27"}
pytestmark = pytest.mark.shared


@pytest.fixture(autouse=True)
def beside():
    if not CORPORA.is_dir():
        pytest.skip("the shared corpora are not beside the checkout")


def read(path):
    found = list(read_sources([str(path)]))
    return [s for s in found if isinstance(s, Speech)], [s for s in found if isinstance(s, Skipped)]


@pytest.mark.parametrize("corpus", RAW)
def test_every_raw_file_is_added_or_skipped_with_the_true_reason(corpus):
    raw = CORPORA / corpus / "raw"
    speeches, skipped = read(raw)
    assert (len(speeches), len(skipped)) == RAW[corpus]
    assert {s.key for s in speeches} | {Path(s.source).name for s in skipped} == {p.name for p in raw.iterdir()}
    for speech in speeches:
        data = (raw / speech.key).read_bytes()
        assert speech.text == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    for one in skipped:
        name = Path(one.source).name
        reason = (
            "is a hidden file"
            if name.startswith("._")
            else "234 of its 245 rows name no file here"
            if name == "SOTU_metadata.csv"
            else "no reader for `.tmx` files"
        )
        assert one.reason.startswith(reason)


def test_the_metadata_of_the_messages_dates_each_of_them():
    speeches, _ = read(CORPORA / "sotu/raw")
    assert {(s.date.basis, s.date.status) for s in speeches} == {("sidecar", "stated")}
    assert {s.key.removesuffix(".txt"): s.date.text for s in speeches}.items() >= DATES.items()
    assert all({"FirstName", "President", "delivery", "party", "type"} <= set(s.tags) for s in speeches)


@pytest.mark.parametrize("corpus", TABLES)
def test_every_table_loads_with_all_its_speeches(corpus):
    speeches, skipped = read(CORPORA / corpus / "speeches.jsonl")
    assert (len(speeches), skipped) == (TABLES[corpus], [])
    assert all(s.date.status in ("stated", "agreed") for s in speeches)


@pytest.mark.parametrize(
    ("corpus", "encoding"),
    [
        ("gwr_zh", "gb18030"),
        ("gwr_zh", "gbk"),
        ("gwr_zh", "utf-16"),
        ("gwr_zh", "utf-8-sig"),
        ("ecb_pressconf", "cp1252"),
        ("ungdc", "cp1252"),
        ("sotu", "utf-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_real_texts_are_read_right_in_other_encodings(tmp_path, corpus, encoding, end):
    speeches, _ = read(CORPORA / corpus / "speeches.jsonl")
    tried = 0
    for i, speech in enumerate(speeches[:: max(1, len(speeches) // 8)]):
        text = speech.text.encode(encoding, "ignore").decode(encoding)
        (tmp_path / f"{i}.txt").write_bytes(text.replace("\n", end).encode(encoding))
        (again,), _ = read(tmp_path / f"{i}.txt")
        assert again.text == text, (speech.key, again.tags.get("encoding"))
        tried += 1
    assert tried >= 8


def test_a_folder_of_raw_files_reads_the_same_packed(tmp_path):
    import shutil

    raw = CORPORA / "sotu/raw"
    packed = shutil.make_archive(str(tmp_path / "sotu"), "zip", raw)
    ids = [[(s.id, s.date) for s in read(source)[0]] for source in (raw, packed, CORPORA / "sotu/raw/")]
    assert ids[0] == ids[1] == ids[2]
