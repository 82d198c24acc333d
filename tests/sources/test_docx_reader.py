"""Word files, made here."""

import io
import re
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SourceError
from tracker.sources import ReadOptions, docx, read_sources
from tracker.sources.base import Item
from tracker.speech import Speech

pytest.importorskip("mammoth", reason="the extra [docx] is not installed")
word = pytest.importorskip("docx", reason="python-docx makes the files of these tests")
INSTALL = "pip install 'speech-theme-tracker[docx]'"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def made(fill):
    document = word.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def quay(document):
    document.add_heading("A Quay for All", 0)
    document.add_paragraph("Delivered at Tarnvik, 14 March 2023")
    paragraph = document.add_paragraph("We build")
    paragraph.add_run().add_break()
    paragraph.add_run("the quay\tnow.")
    document.add_heading("The docks", 1)
    document.add_paragraph("First, the sea wall.", "List Bullet")
    table = document.add_table(2, 2)
    for place, text in (((0, 0), "Yard"), ((0, 1), "Cost"), ((1, 0), "Old Ferry"), ((1, 1), "12 million")):
        table.cell(*place).text = text


QUAY = made(quay)


def patched(change, member="word/document.xml", data=QUAY):
    """The same file with one member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            inside = source.read(info)
            target.writestr(info.filename, change(inside) if info.filename == member else inside)
    return out.getvalue()


def with_body(inner):
    return patched(lambda xml: re.sub(rb"(<w:body>).*?(<w:sectPr|</w:body>)", lambda m: m[1] + inner.encode() + m[2], xml, flags=re.DOTALL))


def run(text):
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def read(data, name="a"):
    (speech,) = docx.read(Item(f"{name}.docx", f"{name}.docx", name, data), ReadOptions())
    return speech


def refused(data):
    with pytest.raises(SourceError) as caught:
        read(data)
    return caught.value.message


def test_paragraphs_headings_lists_tables_and_line_breaks_are_kept():
    speech = read(QUAY)
    assert speech.text.split("\n\n") == [
        "A Quay for All",
        "Delivered at Tarnvik, 14 March 2023",
        "We build\nthe quay\tnow.",
        "The docks",
        "First, the sea wall.",
        "Yard\tCost",
        "Old Ferry\t12 million",
    ]
    assert (speech.title, speech.date.text) == ("A Quay for All", "2023-03-14")
    assert "title" not in speech.inferred


def test_the_dates_of_the_properties_date_nothing():
    data = made(lambda document: document.add_paragraph("We build the quay."))
    assert b"<dcterms:created" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
    assert (read(data).date.status, read(data).date.published) == ("missing", None)
    assert read(data, "2023-03-14").date.basis == "file name"


def test_tracked_changes_are_read_as_accepted_and_said():
    body = f"<w:p>{run('We build ')}<w:ins w:id='1' w:author='x'>{run('the quay')}</w:ins><w:del w:id='2' w:author='x'><w:r><w:delText>a wall</w:delText></w:r></w:del></w:p>"
    speech = read(with_body(body))
    assert (speech.text, speech.tags["tracked_changes"]) == ("We build the quay", "read as accepted: 1 insertions, 1 deletions")


def test_comments_and_notes_are_left_out_and_said():
    body = (
        f"<w:p><w:commentRangeStart w:id='0'/>{run('We build.')}<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    speech = read(with_body(body))
    assert (speech.text, speech.tags["left_out"]) == ("We build.", "1 comments, 1 footnotes")


def test_a_comment_made_in_word_is_not_text():
    def fill(document):
        document.add_comment(document.add_paragraph("We build.").runs, text="Is that so?", author="Ada", initials="A")

    assert read(made(fill)).text == "We build."


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>", "one\ntwo"),
        (f"<w:fldSimple w:instr='DATE'>{run('7 May')}</w:fldSimple>", "7 May"),
        (f"<w:bdo w:val='rtl'>{run('back')}</w:bdo>", "back"),
        (f"<w:hyperlink w:anchor='x'>{run('a link')}</w:hyperlink>", "a link"),
        ("<w:r><w:t>cross</w:t><w:noBreakHyphen/><w:t>border</w:t></w:r>", "cross\u2011border"),
    ],
)
def test_no_word_is_lost_in_what_stands_inside_a_paragraph(inner, text):
    assert read(with_body(f"<w:p>{inner}</w:p>")).text == text


def test_chinese_text_is_read():
    assert read(made(lambda document: document.add_paragraph("我们要加快港口建设。"))).text == "我们要加快港口建设。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLE, "is a Word file of the old kind (.doc), which is not read"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted: it opens only with a password"),
        (b"{\\rtf1 We begin.}", "is an RTF file, which is not read"),
        (b"We begin.", "is damaged or no Word file: it cannot be unpacked"),
        (QUAY[:-400], "is damaged or no Word file: it cannot be unpacked"),
        (patched(lambda xml: xml[:900]), "is damaged or no Word file: no document can be read in it"),
        (patched(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:smartTag>" * 3000)), "is damaged or no Word file: no document can be read in it"),
        (patched(lambda xml: b'<!DOCTYPE x [<!ENTITY a "a">]>' + xml), "holds a document type, as no Word file does; it was not read"),
        (with_body("<w:p/>"), "has no text"),
    ],
    ids=["doc", "encrypted", "rtf", "text", "cut", "damaged", "deep", "doctype", "empty"],
)
def test_a_file_that_is_not_read_has_the_true_reason(data, reason):
    assert refused(data) == reason


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml"])
def test_a_part_packed_like_a_bomb_is_not_unpacked_whole(member):
    assert refused(patched(lambda xml: xml + b" " * 30_000_000, member)) == f"unpacks to more than a text needs ({member}); it was not read"


def test_a_part_within_the_limit_but_packed_too_tightly_is_not_read():
    assert refused(patched(lambda xml: xml + b" " * 3_000_000)) == "unpacks to more than a text needs (word/document.xml); it was not read"


def test_pictures_of_any_size_are_not_unpacked():
    out = io.BytesIO(QUAY)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", b"\0" * 30_000_000)
    assert read(out.getvalue()).title == "A Quay for All"


def test_a_file_is_skipped_with_the_install_line_where_the_extra_is_missing(tmp_path, monkeypatch):
    (tmp_path / "a.docx").write_bytes(QUAY)
    (tmp_path / "b.txt").write_text("We begin.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "mammoth", None)
    skipped, speech = read_sources([str(tmp_path)])
    assert (skipped.reason, skipped.hint) == ("is a Word file, and the reader of Word files is not installed", INSTALL)
    assert speech.key == "b.txt"


SMALL = patched(lambda _: b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>', "word/styles.xml")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000), st.integers(0, 300), st.booleans())
def test_damaged_files_give_a_speech_or_a_reason(junk, at, cut, inside):
    def damage(data):
        return data[:at] + junk + data[at + cut :]

    data = patched(damage, data=SMALL) if inside else damage(SMALL)
    try:
        found = list(docx.read(Item("a.docx", "a.docx", "a", data), ReadOptions()))
    except SourceError:
        return
    assert all(isinstance(s, Speech) and s.text.strip() for s in found)
