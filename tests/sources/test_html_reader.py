"""Web pages saved as files, made here."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SourceError
from tracker.sources import ReadOptions, html, read_sources
from tracker.sources.base import Item
from tracker.speech import Speech

pytest.importorskip("trafilatura", reason="the extra [web] is not installed")
INSTALL = "pip install 'speech-theme-tracker[web]'"
PUBLISHED = '<meta property="article:published_time" content="2023-03-16T08:00:00+01:00">'
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Brandt asks for patience with the docks | Norpress</title>
<meta property="og:site_name" content="Norpress"><meta property="og:title" content="Brandt asks for patience with the docks">{PUBLISHED}
<meta property="article:modified_time" content="2023-03-20T08:00:00+01:00"><meta name="author" content="Ada Quill">
<link rel="canonical" href="https://www.norpress.example/2022/01/02/docks"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/p">Politics</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to improve your experience. Accept all</p></div>
<main><article><h1>Brandt asks for patience with the docks</h1><div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>
<p>Norlundian Prime Minister Alva Brandt asked the port towns for patience while the docks of the southern coast are rebuilt.</p>
<p>“We will not leave one yard behind,” Brandt said during her visit to the city of Tarnvik, in the south of the country.</p>
<h2>Brandt puts safety of dock workers first</h2>
<p>The yards once built half of the ferries of the region.<br>They were <b>closed</b> in <a href="/x">2019</a>.</p>
<ul><li>First, the sea wall will be raised by two metres.</li><li>Second, the cranes will be replaced.</li></ul>
<table><tr><td>Yard</td><td>Cost</td></tr><tr><td>Old Ferry</td><td>12 million</td></tr></table>
<p>(Applause.)</p><p>The prime minister was also told about the new sea wall.</p><p>(Applause.)</p></article>
<aside><h3>Related</h3><ul><li><a href="/1">Storm hits the coast</a> <time datetime="2024-01-02">2 Jan 2024</time></li></ul></aside></main>
<footer><p>© 2025 Norpress. All rights reserved.</p></footer></body></html>"""
BODY = "<p>We will rebuild the harbour, and we will do so in two years, because the islands depend on it.</p><p>I thank you all for your patience.</p>"
CHINESE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>布兰特考察港口-北国新闻网</title></head>
<body><div id="nav"><a href="/">首页</a><a href="/b">时政</a></div><h1>布兰特考察港口</h1><div class="info">2023年03月16日 08:00 来源：北国社</div>
<div id="content"><p>　　首相布兰特考察了南部港口，强调要加快港口建设，推动经济高质量发展，为民众创造更多就业机会。</p>
<p>　　布兰特指出，要坚持安全第一，落实责任，加强管理，确保工程质量。</p></div><div class="footer">版权所有 2010-2024 北国新闻网</div></body></html>"""


def read(page, name="a.html"):
    (speech,) = html.read(Item(name, name, "a", page if isinstance(page, bytes) else page.encode()), ReadOptions())
    return speech


def body(inner, head=""):
    return f"<html><head>{head}</head><body><article>{inner}</article></body></html>"


def refused(page):
    with pytest.raises(SourceError) as caught:
        read(page)
    return caught.value.message


def test_the_main_text_is_kept_with_its_headings_lists_tables_and_line_breaks():
    assert read(PAGE).text.split("\n\n") == [
        "Brandt asks for patience with the docks",
        "Norlundian Prime Minister Alva Brandt asked the port towns for patience while the docks of the southern coast are rebuilt.",
        "“We will not leave one yard behind,” Brandt said during her visit to the city of Tarnvik, in the south of the country.",
        "Brandt puts safety of dock workers first",
        "The yards once built half of the ferries of the region.\nThey were closed in 2019.",
        "First, the sea wall will be raised by two metres.",
        "Second, the cranes will be replaced.",
        "Yard\tCost",
        "Old Ferry\t12 million",
        "(Applause.)",
        "The prime minister was also told about the new sea wall.",
        "(Applause.)",
    ]


def test_title_outlet_author_and_publication_come_from_the_page():
    speech = read(PAGE)
    assert (speech.title, speech.outlet, str(speech.date.published), speech.source) == (
        "Brandt asks for patience with the docks",
        "Norpress",
        "2023-03-16",
        "a.html",
    )
    assert dict(speech.tags) == {"author": "Ada Quill", "url": "https://www.norpress.example/2022/01/02/docks"}
    assert "title" not in speech.inferred


def test_the_page_date_is_the_publication_and_the_text_dates_the_event():
    speech = read(PAGE.replace("Brandt asked the port towns", "Brandt on March 14 asked the port towns"))
    assert (speech.date.text, speech.date.basis, str(speech.date.published)) == ("2023-03-14", "text", "2023-03-16")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("<p class='d'><span>Published: March 16, 2023</span> <span>Updated: March 20, 2023</span></p>", "2023-03-16"),
        ('<time datetime="2023-03-16T08:00">Thursday</time>', "2023-03-16"),
        ("<p><span>Posted March 15, 2023</span> <span>Filed March 16, 2023</span></p>", "None"),
        ("<p>Last updated on March 20, 2023</p>", "None"),
    ],
)
def test_without_metadata_one_date_between_headline_and_text_is_the_publication(line, published):
    assert str(read(PAGE.replace(PUBLISHED, "").replace("</h1>", f"</h1>{line}")).date.published) == published


def test_sidebars_addresses_footers_and_days_of_a_change_date_no_page():
    assert read(PAGE.replace(PUBLISHED, "")).date.status == "missing"


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "1900-01-01", "soon", "2023"])
def test_a_placeholder_is_no_publication_day(value):
    assert read(body(BODY, f'<meta name="dc.date" content="{value}">')).date.published is None


def test_a_day_before_there_were_pages_dates_the_event():
    date = read(body(BODY, '<meta name="dc.date" content="1961-05-03">')).date
    assert (date.text, date.published, date.basis) == ("1961-05-03", None, "page metadata")


def test_json_ld_gives_publication_and_the_event_that_the_page_is_about():
    head = (
        '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2023-03-16", "publisher": {"name": "Norpress"}},'
        '{"@type": "Event", "name": "Opening of the quay", "startDate": "2023-03-14T10:00"},'
        '{"@type": "Event", "name": "Spring fair", "startDate": "2023-04-01"}]</script>'
    )
    speech = read(body(f"<h1>Opening of the quay</h1>{BODY}", head))
    assert (speech.date.text, speech.date.basis, str(speech.date.published), speech.outlet) == ("2023-03-14", "page metadata", "2023-03-16", "Norpress")


@pytest.mark.parametrize("inside", ["{", "[" * 100_000, "null", '{"datePublished": 5}', '{"@graph": {"@graph": []}}'])
def test_json_ld_that_is_broken_is_passed_over(inside):
    assert read(body(BODY, f'<script type="application/ld+json">{inside}</script>')).date.published is None


def test_two_publication_days_keep_the_other_as_a_tag():
    speech = read(body(BODY, f'{PUBLISHED}<meta name="dc.date" content="2023-03-18">'))
    assert (str(speech.date.published), speech.tags["other_published"]) == ("2023-03-16", "2023-03-18")


def test_a_caption_stays_in_the_text_and_dates_the_event():
    figure = "<figure><img src='a.jpg'><figcaption>Alva Brandt looks at a dry dock in Tarnvik, March 14, 2023. /Norpress</figcaption></figure>"
    speech = read(PAGE.replace("</h1>", f"</h1>{figure}"))
    assert "\n\nAlva Brandt looks at a dry dock in Tarnvik, March 14, 2023. /Norpress\n\n" in speech.text
    assert (speech.date.text, speech.date.basis) == ("2023-03-14", "caption")


def test_set_text_keeps_its_lines():
    text = "Fellow citizens,\n\nI thank you for the welcome. We shall build\na bridge, and we shall build it well.\n\nI ask you to help us."
    assert read(f"<html><body><pre>{text.replace('bridge', '<b>bridge</b>')}\n</pre></body></html>").text == text


def test_a_headline_outside_the_main_text_is_put_above_it():
    speech = read(f"<html><body><header><h1>A Quay for All</h1></header><main><article>{BODY}</article></main></body></html>")
    assert (speech.text.split("\n\n")[0], speech.title) == ("A Quay for All", "A Quay for All")


def test_a_chinese_page_is_read_in_the_encoding_it_declares():
    speech = read(CHINESE.encode("gb18030"))
    assert speech.text.split("\n\n")[1].startswith("首相布兰特考察了南部港口")
    assert (speech.title, str(speech.date.published)) == ("布兰特考察港口", "2023-03-16")
    assert "encoding" not in speech.tags


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "utf-16"),
        ("utf-8", "utf-8-sig"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("no-such", "utf-8"),
    ],
)
def test_encodings_are_settled_by_mark_then_utf8_then_the_declaration(declared, written):
    text = "Le président a déclaré que la forêt était protégée, “pour toujours”, par l’État."
    assert read(body(f"<p>{text}</p><p>{text}!</p>", f'<meta charset="{declared}">').encode(written)).text.startswith(text)


def test_a_byte_that_does_not_fit_the_declared_encoding_is_said():
    page = body(BODY * 10 + "<p>caf\u00e9</p>", '<meta charset="utf-8">').encode().replace(b"caf\xc3\xa9", b"caf\xc3")
    assert read(page).tags["encoding"] == "utf-8, 1 unreadable characters"


def test_a_wrong_declaration_gives_way_to_a_guess_that_is_said():
    page = body("<p>Le président a déclaré que la forêt était protégée par l’État.</p>" * 9, '<meta charset="utf-8">').encode("cp1252")
    speech = read(page)
    assert speech.text.startswith("Le président a déclaré que la forêt était protégée par l’État.")
    assert speech.tags["encoding"] == "cp1252, guessed"


def test_a_damaged_chinese_page_keeps_its_encoding():
    page = CHINESE.encode("gb18030")
    at = page.index("强调".encode("gb18030"))
    speech = read(page[:at] + b"\xff\x00" + page[at + 2 :])
    assert "推动经济高质量发展" in speech.text
    assert speech.tags["encoding"].startswith("gb18030, ")


def test_a_web_archive_gives_its_page_and_address():
    envelope = (
        "From: <Saved>\r\nSnapshot-Content-Location: https://www.norpress.example/docks\r\nDate: Mon, 1 Jan 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{body(BODY).replace('=', '=3D')}\r\n--xx\r\nContent-Type: image/png\r\n\r\n\x01\r\n--xx--\r\n"
    )
    speech = read(envelope, "a.mhtml")
    assert speech.text.startswith("We will rebuild the harbour")
    assert (speech.outlet, speech.date.status) == ("www.norpress.example", "missing")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            "<html><body><nav><a href=1>Home</a><a href=2>News</a></nav><footer><a href=3>About</a></footer></body></html>",
            "has no main text: only menus, links or scripts",
        ),
        (
            "<html><body><div id=root></div><script>var a = 'We will rebuild the harbour'</script></body></html>",
            "has no main text: only menus, links or scripts",
        ),
        ("<html><body><div>Please enable JavaScript to read this page.</div></body></html>", "holds no text of its own: the page needs JavaScript to show it"),
        ("<", "has no main text: only menus, links or scripts"),
        (b"<html>\0\1\2", "is not text"),
        ("<div>" * 3000 + BODY, "is nested more than 512 elements deep"),
        ("<p>a</p>" * 100_001, "has more than 100,000 elements"),
        (f"<p {' '.join(f'a{i}=1' for i in range(600))}>We begin.</p>", "has an element with more than 500 attributes"),
    ],
)
def test_a_page_that_is_not_read_has_the_true_reason(page, reason):
    assert refused(page) == reason


def test_a_page_beyond_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(html, "MAX_BYTES", 10)
    assert refused(PAGE).endswith("pages up to 0 MB are read")


def test_entities_a_page_defines_are_not_expanded():
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "x" * 100}">' for i in range(9))
    assert len(read(f"<!DOCTYPE html [{bomb}]><html><body>{BODY}<p>&e8;</p></body></html>").text) < 2000


def test_a_page_is_skipped_with_the_install_line_where_the_extra_is_missing(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("We begin.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    skipped, speech = read_sources([str(tmp_path)])
    assert (skipped.reason, skipped.hint) == ("is a web page, and the reader of web pages is not installed", INSTALL)
    assert speech.key == "b.txt"


def test_a_folder_of_pages_is_read_like_any_other(tmp_path):
    for name in ("a.html", "b.htm", "c.xhtml"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert [s.key for s in read_sources([str(tmp_path)])] == ["a.html", "b.htm", "c.xhtml"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 5000), st.integers(0, 200), st.sampled_from([PAGE.encode(), CHINESE.encode("gb18030"), b""]))
def test_damaged_pages_give_a_speech_or_a_reason(junk, at, cut, page):
    try:
        found = list(html.read(Item("a.html", "a.html", "a", page[:at] + junk + page[at + cut :]), ReadOptions()))
    except SourceError:
        return
    assert all(isinstance(s, Speech) and s.text.strip() for s in found)
