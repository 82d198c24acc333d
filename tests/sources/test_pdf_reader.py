"""PDF files, made here."""

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SourceError
from tracker.sources import ReadOptions, pdf, read_sources
from tracker.sources.base import Item
from tracker.speech import Speech

pytest.importorskip("pypdfium2", reason="the extra [pdf] is not installed")
canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab makes the files of these tests")
INSTALL = "pip install 'speech-theme-tracker[pdf]'"
SAVE_OCR = "save the text that OCR finds in it as a .txt file"
WORDS = ["we", "will", "rebuild", "the", "harbour", "because", "the", "islands", "depend", "on", "it", "and", "nobody", "else", "will", "do", "that", "for"]


def sentence(start, n=11):
    return " ".join(WORDS[(start * 5 + i) % len(WORDS)] for i in range(n))


def made(*pages, encrypt=None):
    """A PDF of pages, each a list of (x, y, text[, size]), or a function that draws."""
    buffer = io.BytesIO()
    drawn = canvas.Canvas(buffer, pagesize=(595, 842), encrypt=encrypt)
    for page in pages:
        if callable(page):
            page(drawn)
        else:
            for x, y, text, *size in page:
                drawn.setFont("Times-Roman", size[0] if size else 11)
                drawn.drawString(x, y, text)
        drawn.showPage()
    drawn.save()
    return buffer.getvalue()


def column(x, lines, top=700, step=14):
    return [(x, top - step * n, line) for n, line in enumerate(lines)]


def read(data, name="a"):
    (speech,) = pdf.read(Item(f"{name}.pdf", f"{name}.pdf", name, data), ReadOptions())
    return speech


def refused(data):
    with pytest.raises(SourceError) as caught:
        read(data)
    return caught.value


def test_lines_become_paragraphs_and_a_title_of_two_lines_is_one():
    lines = [(60, 780, "A Quay for All the Islands", 18), (60, 758, "of the North", 18)]
    lines += (
        column(60, ["We will rebuild the harbour, and we", "will do so now."], 720)
        + column(60, ["(Applause.)"], 680)
        + column(60, ["I thank", "you all."], 654)
    )
    speech = read(made(lines))
    assert speech.text == "A Quay for All the Islands of the North\n\nWe will rebuild the harbour, and we will do so now.\n\n(Applause.)\n\nI thank you all."
    assert speech.title == "A Quay for All the Islands of the North"


def test_indented_paragraphs_without_gaps_are_kept_apart():
    lines = [
        (75, 700, "We will rebuild the harbour because the islands"),
        (60, 686, "depend on it."),
        (75, 672, "I thank you for your patience, and I thank the"),
        (60, 658, "builders."),
    ]
    assert read(made(lines)).text.split("\n\n") == [
        "We will rebuild the harbour because the islands depend on it.",
        "I thank you for your patience, and I thank the builders.",
    ]


@pytest.mark.parametrize("across", [False, True])
def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file(across):
    left = [f"left {n} {sentence(n, 5)}" for n in range(20)]
    right = [f"right {n} {sentence(n, 5)}" for n in range(20)]
    lines = [*column(60, left), *column(310, right)]
    if across:
        lines = [line for pair in zip(column(60, left), column(310, right), strict=True) for line in pair]
    text = read(made([(60, 760, "A headline that spans both of the columns below it", 16), *lines])).text
    assert text == "A headline that spans both of the columns below it\n\n" + " ".join([*left, *right])


def test_three_columns_are_read_from_the_left():
    columns = [[f"{name} {n} the islands" for n in range(12)] for name in ("first", "second", "third")]
    lines = [line for x, held in zip((40, 220, 400), columns, strict=True) for line in column(x, held)]
    assert read(made(lines)).text == " ".join(line for held in columns for line in held)


def test_names_of_speakers_and_numbers_beside_the_text_are_no_column():
    lines = [line for n in range(6) for line in ((60, 700 - 40 * n, f"{n + 1}."), (90, 700 - 40 * n, sentence(n)), (90, 686 - 40 * n, sentence(n + 1)))]
    assert read(made(lines)).text.startswith(f"1. {sentence(0)} {sentence(1)}")


def test_words_cut_at_the_line_end_are_joined_and_written_hyphens_stay():
    lines = [
        "We will rebuild the har-",
        "bour, and the self-",
        "reliance of the islands, with a cross-",
        "border bridge. A cross-border bridge is",
        "ours. The Anglo-",
        "Norlundian pact holds.",
    ]
    assert read(made(column(60, lines))).text == (
        "We will rebuild the harbour, and the self-reliance of the islands, with a cross-border bridge. A cross-border bridge is ours. The Anglo-Norlundian pact holds."
    )


def test_ligatures_are_letters():
    from tracker.sources.layout import Piece, lay_out

    assert lay_out([[Piece("ﬁnal oﬃce ﬂoor", 0, 90, 0, 12, 0)]]).text == "final office floor"


def test_running_heads_feet_and_page_numbers_are_left_out_and_said():
    pages = []
    for page in range(6):
        head = "Harbour Authority" if page % 2 else "Address to the Islands"
        pages.append([(60, 810, head, 8), (280, 30, f"- {page + 1} -", 9), *column(60, [f"{sentence(page + n)} p{page} n{n}" for n in range(30)], 760)])
    speech = read(made(*pages))
    assert "Authority" not in speech.text
    assert "- 3 -" not in speech.text
    assert speech.text.count(" n29") == 6
    assert speech.tags["left_out"] == "12 running heads, feet and page numbers: “Address to the Islands”, “Harbour Authority”, “- 1 -”"


def test_a_paragraph_goes_on_over_the_page():
    pages = [column(60, [sentence(n) for n in range(40)], 780), column(60, [*(sentence(n) for n in range(40, 60)), "and so we end."], 780)]
    assert "\n" not in read(made(*pages)).text


def test_a_watermark_aslant_is_left_out_and_said():
    def draw(drawn):
        drawn.setFont("Times-Roman", 11)
        drawn.drawString(60, 700, "We will rebuild the harbour now, and we will do so together.")
        drawn.translate(100, 300)
        drawn.rotate(45)
        drawn.setFont("Times-Roman", 60)
        drawn.drawString(0, 0, "DRAFT")

    speech = read(made(draw))
    assert speech.text == "We will rebuild the harbour now, and we will do so together."
    assert speech.tags["left_out"] == "5 characters set aslant"


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read(angle):
    def draw(drawn):
        drawn.translate(300, 420)
        drawn.rotate(angle)
        drawn.setFont("Times-Roman", 11)
        for n, line in enumerate(["We will rebuild the harbour and", "we will do so together."]):
            drawn.drawString(-150, -14 * n, line)

    assert read(made(draw)).text == "We will rebuild the harbour and we will do so together."


def test_note_marks_are_left_out():
    lines = [(60, 700, "We build the quay"), (141, 704, "12", 6), (152, 700, "for the islands.")]
    assert read(made(lines)).text == "We build the quay for the islands."


def test_chinese_lines_are_joined_without_spaces():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(drawn):
        drawn.setFont("STSong-Light", 12)
        for n, line in enumerate(["布兰特强调，要加快港口建设，推动经济高质量发", "展，为民众创造更多就业机会，坚持安全第一，", "落实责任。"]):
            drawn.drawString(60, 700 - 18 * n, line)

    assert read(made(draw)).text == "布兰特强调，要加快港口建设，推动经济高质量发展，为民众创造更多就业机会，坚持安全第一，落实责任。"


def test_the_creation_date_dates_nothing():
    data = made(column(60, ["We will rebuild the harbour."]))
    assert b"CreationDate" in data
    assert (read(data).date.status, read(data).date.published) == ("missing", None)
    assert read(data, "2023-03-14-tarnvik").date.text == "2023-03-14"


def picture(drawn):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawn.drawImage(ImageReader(Image.new("L", (20, 20), 128)), 0, 0, 595, 842)


def test_a_scanned_file_needs_ocr():
    pytest.importorskip("PIL")
    error = refused(made(picture, picture))
    assert (error.message, error.hint) == ("is scanned: its pages are pictures without characters; it needs OCR", SAVE_OCR)


def test_a_scanned_page_among_others_is_said():
    pytest.importorskip("PIL")
    assert read(made(column(60, ["We will rebuild the harbour."]), picture, [])).tags["pages_without_text"] == "2"


def test_a_file_that_is_not_read_has_the_true_reason(monkeypatch):
    text = made(column(60, ["We will rebuild the harbour."]), [])
    assert refused(made([])).message == "has no text on its pages"
    assert refused(made([(280, 30, "1"), (280, 810, "- 1 -")])).message == "has no text on its pages but running heads and page numbers"
    assert refused(b"%PDF-1.7 We begin.").message == "is damaged or no PDF: it cannot be opened"
    assert refused(b"We begin.").message == "is damaged or no PDF: it cannot be opened"
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert refused(made([(60, 700, "We begin.")], encrypt=StandardEncryption("sesame"))).message == "is encrypted: it opens only with a password"
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    assert refused(text).message == "has 2 pages; PDF files of up to 1 pages are read"
    monkeypatch.setattr(pdf, "MAX_PAGES", 9)
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 5)
    assert refused(text).message == "has more than 5 characters"


def test_a_stream_packed_like_a_bomb_is_not_unpacked_whole():
    import zlib

    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * 10**6) for _ in range(120)) + packing.flush()
    data = b"%PDF-1.4\n4 0 obj\n<</Length 1/Filter/FlateDecode>>stream\n" + packed + b"\nendstream\nendobj\n"
    assert refused(data).message == "unpacks to more than a text needs; it was not read"


def test_characters_that_no_font_explains_are_no_text(monkeypatch):
    from tracker.sources.layout import Piece

    found = pdf._Read(pages=[[Piece("\ue001\ue002 we", 0, 50, 0, 12, 0)]], characters=5, unreadable=2)
    monkeypatch.setattr(pdf, "_read", lambda _: found)
    assert refused(b"").message == "its characters cannot be read: its fonts do not say which letters they draw; it needs OCR"


def test_a_file_is_skipped_with_the_install_line_where_the_extra_is_missing(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(made([(60, 700, "We begin.")]))
    (tmp_path / "b.txt").write_text("We begin.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    skipped, speech = read_sources([str(tmp_path)])
    assert (skipped.reason, skipped.hint) == ("is a PDF, and the reader of PDF files is not installed", INSTALL)
    assert speech.key == "b.txt"


SAMPLE = made(
    *([(60, 810, "Harbour Authority", 8), *column(60, [sentence(n) for n in range(10)]), *column(310, [sentence(n) for n in range(9)])] for _ in range(3))
)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)), st.integers(0, 300))
def test_damaged_files_give_a_speech_or_a_reason(junk, at, cut):
    try:
        found = list(pdf.read(Item("a.pdf", "a.pdf", "a", SAMPLE[:at] + junk + SAMPLE[at + cut :]), ReadOptions()))
    except SourceError:
        return
    assert all(isinstance(s, Speech) and s.text.strip() for s in found)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.tuples(st.text("ab1- .“漢", max_size=9), st.floats(-50, 900), st.floats(-50, 900), st.floats(0, 40)), max_size=12), max_size=3))
def test_no_character_is_lost_in_laying_out(pages):
    from tracker.sources.layout import Piece, in_order

    for number, page in enumerate(pages):
        pieces = [Piece(text, x, x + 5 * len(text), y, y + size, number) for text, x, y, size in page]
        before = sorted("".join(p.text for p in pieces if not p.text.strip().isdigit()).replace(" ", ""))
        after = sorted("".join(p.text for p in in_order([p for p in pieces if not p.text.strip().isdigit()])).replace(" ", ""))
        assert before == after
