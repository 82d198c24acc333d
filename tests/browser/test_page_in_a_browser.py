"""The report in a real browser: it opens, says nothing on the console, asks for nothing, and its evidence, sorting and filter work."""

from __future__ import annotations

import re
from pathlib import Path


def column(table, at):
    return table.locator("tbody tr").evaluate_all("(rows, at) => rows.map(row => row.cells[at].textContent.trim())", at)


def number(text):
    known = re.match(r"[-−+]?[\d,.]+", text)
    return float(known[0].replace(",", "").replace("−", "-")) if known else float("-inf")


def test_the_page_asks_for_nothing_but_itself_and_its_script_runs(opened, any_page):
    asked = []
    page = opened("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(any_page.as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [any_page.as_uri()]
    assert page.locator("thead button").count() > 0  # the tools that only the script adds


def test_the_page_names_no_address_to_load_from(demo_page):
    source = demo_page.read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)[^"']*//""", source) == []
    assert "@import" not in source
    assert "default-src 'none'" in source  # and the page's own policy forbids it


def test_the_pages_own_policy_stops_a_script_and_a_picture_that_somebody_puts_in(browser, demo_page, tmp_path):
    source = demo_page.read_text(encoding="utf-8")
    put_in = '<script>document.title = "taken"</script><img src="https://elsewhere.example/x.png">'
    copy = tmp_path / "index.html"
    copy.write_text(source.replace("<main>", f"<main>{put_in}", 1), encoding="utf-8")
    window = browser.new_context()
    page = window.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(copy.as_uri())
    assert page.title() != "taken"
    assert sum("Content Security Policy" in line for line in said) == 2
    window.close()


def test_without_script_the_page_is_complete_and_opens_its_evidence(opened, any_page):
    with_script, without = opened(any_page), opened(any_page, java_script_enabled=False)
    for what in ("h2", "h3", "tbody tr", "details", "blockquote", "svg", ".claim"):
        assert without.locator(what).count() == with_script.locator(what).count(), what
    assert without.locator("button, input").count() == 0
    theme = without.locator("#evidence details.theme").first
    quote = theme.locator("blockquote, .more").first
    assert not quote.is_visible()
    theme.locator("summary").click()
    assert quote.is_visible()


def test_a_theme_opens_to_its_sentences_with_the_counted_words_marked(opened, demo_page):
    page = opened(demo_page)
    theme = page.locator("#evidence #theme-self-reliance")
    assert not theme.locator("blockquote").first.is_visible()
    theme.locator("summary").click()
    assert theme.locator("blockquote").first.is_visible()
    assert re.search("self-reli", " ".join(theme.locator("blockquote mark").all_text_contents()), re.IGNORECASE)


def test_the_link_at_a_claim_opens_its_evidence_and_goes_there(opened, demo_page):
    page = opened(demo_page)
    links = page.locator("#texts .claim a[href^='#']")
    assert links.count() > 0
    for at in range(links.count()):
        target = page.locator(links.nth(at).get_attribute("href"))
        links.nth(at).click()
        assert target.locator("blockquote").first.is_visible()
        top = page.wait_for_function(
            "id => { const t = document.querySelector(id).getBoundingClientRect().top; return t > -2 && t < innerHeight && [t]; }",
            arg=links.nth(at).get_attribute("href"),
        )
        assert top


def test_every_link_within_the_page_leads_somewhere(opened, any_page):
    broken = "links => links.map(a => a.getAttribute('href')).filter(h => !document.getElementById(decodeURIComponent(h.slice(1))))"
    assert opened(any_page).locator("a[href^='#']").evaluate_all(broken) == []


def test_every_file_that_the_page_links_to_is_there(opened, any_page):
    links = opened(any_page).locator("a[href]:not([href^='#'])").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert [link for link in links if not (Path(any_page).parent / link).is_file()] == []


def test_a_table_sorts_by_a_number_down_then_up_and_by_a_name(opened, many_page):
    page = opened(many_page)
    page.locator("#themes details.numbers > summary").click()
    table = page.locator("#themes details.numbers table").first
    heads = table.locator("thead th").all_text_contents()
    at = heads.index("change")
    before = column(table, at)
    button = table.locator("thead th").nth(at).locator("button")
    button.click()
    down = column(table, at)
    assert [number(t) for t in down] == sorted(map(number, before), reverse=True)
    assert table.locator("thead th").nth(at).get_attribute("aria-sort") == "descending"
    button.click()
    assert [number(t) for t in column(table, at)] == sorted(map(number, before))
    assert table.locator("thead th").nth(at).get_attribute("aria-sort") == "ascending"
    table.locator("thead th").nth(0).locator("button").click()
    names = column(table, 0)
    assert names == page.evaluate("names => [...names].sort((a, b) => b.localeCompare(a))", names)
    assert table.locator("thead th[aria-sort]").count() == 1


def test_sorting_keeps_every_row_whole(opened, many_page):
    page = opened(many_page)
    whole = "rows => rows.map(row => row.textContent).sort()"
    for table in page.locator("table:has(thead button)").all():
        before = table.locator("tbody tr").evaluate_all(whole)
        table.locator("thead button").last.evaluate("button => button.click()")
        assert table.locator("tbody tr").evaluate_all(whole) == before


def test_the_filter_leaves_what_holds_the_words_says_how_many_and_gives_all_back(opened, many_page):
    page = opened(many_page)
    section = page.locator("#evidence")
    themes, box = section.locator("details.theme"), section.locator("input[type=search]")
    labels = themes.locator("summary .term").all_text_contents()
    wanted = labels[len(labels) // 2]
    box.fill(wanted.upper())
    shown = [label for label, item in zip(labels, themes.all(), strict=True) if item.is_visible()]
    assert wanted in shown
    assert len(shown) < len(labels)
    assert section.locator("[role=status]").text_content() == f"{len(shown)} shown"
    box.fill("no theme has these words")
    assert section.locator("details.theme:visible").count() == 0
    box.fill("")
    assert section.locator("details.theme:visible").count() == len(labels)


def test_all_evidence_opens_and_closes_at_once(opened, demo_page):
    section = opened(demo_page).locator("#evidence")
    button = section.get_by_role("button", name="Open all")
    button.click()
    assert section.locator("details.theme:not([open])").count() == 0
    section.get_by_role("button", name="Close all").click()
    assert section.locator("details.theme[open]").count() == 0
