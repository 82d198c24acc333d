"""The built-in demonstration: two digests in our own words and two theme lists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
ORIGINALS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
FIRST = SEEDS / "2022-08-16-jinzhou.md"
SECOND = SEEDS / "2023-09-07-harbin.md"
DIGESTS = (FIRST, SECOND)
LISTS = (SEEDS / "themes" / "china-economy.toml", SEEDS / "themes" / "policy.toml", SEEDS / "themes" / "state-of-the-union.toml")
CHINA, POLICY, UNION = LISTS
needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original texts are not beside the checkout (../shared/seeds)")


def front_matter(path: Path) -> dict[str, str]:
    head = path.read_text(encoding="utf-8").split("---\n")[1]
    return {key.strip(): value.strip().strip('"') for key, _, value in (line.partition(":") for line in head.splitlines())}


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.replace("’", "'").lower())


def runs(text: str, n: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + n]) for i in range(len(found) - n + 1)}


def beginning_with(stem: str, text: str) -> list[str]:
    return re.findall(rf"\b{stem}\w*", text, flags=re.IGNORECASE)


def themes(path: Path) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["themes"]
    return loaded


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_a_digest_says_in_its_front_matter_what_it_is(path: Path) -> None:
    meta = front_matter(path)
    assert {"title", "date", "place", "speaker", "kind", "language", "original", "note"} <= meta.keys()
    assert (meta["kind"], meta["language"]) == ("digest", "en")
    assert path.name.startswith(meta["date"])
    assert "our own words" in meta["note"]


def test_only_the_second_digest_knows_when_it_was_published() -> None:
    assert "published" not in front_matter(FIRST)
    assert front_matter(SECOND)["published"] == "2023-09-09"


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_a_digest_opens_with_its_title_as_headline(path: Path) -> None:
    assert body(path).strip().splitlines()[0] == f"# {front_matter(path)['title']}"


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_a_digest_is_of_readable_length(path: Path) -> None:
    assert 400 <= len(body(path).split()) <= 500


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_a_digest_quotes_nobody_directly(path: Path) -> None:
    assert not set('"“”«»') & set(body(path))


def test_restructuring_stands_in_the_headline_and_once_in_the_words_of_the_first_digest_only() -> None:
    headline, _, rest = body(FIRST).strip().partition("\n")
    assert len(beginning_with("restructur", headline)) == 1
    assert len(beginning_with("restructur", rest)) == 1
    assert not beginning_with("restructur", body(SECOND))


def test_self_reliance_and_technology_stand_in_the_second_digest_only() -> None:
    assert len(beginning_with("self-relian", body(SECOND))) == 1
    assert len(beginning_with("technolog", body(SECOND))) == 2
    assert not beginning_with("self-relian", body(FIRST))
    assert not beginning_with("technolog", body(FIRST))


def test_floods_stand_in_the_first_digest_only() -> None:
    assert beginning_with("flood", body(FIRST))
    assert not beginning_with("flood", body(SECOND))


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_the_first_line_of_a_theme_list_tells_the_user_to_edit_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#")
    assert "edit" in first


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_theme_has_a_label_core_words_and_more_terms(path: Path) -> None:
    for key, theme in themes(path).items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", key)
        assert theme["label"], key
        assert theme["core"], key
        assert len(theme["terms"]) >= 10, key


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_no_theme_repeats_a_term(path: Path) -> None:
    for key, theme in themes(path).items():
        for table in (theme, theme.get("zh", {})):
            listed = [term.casefold().replace("-", " ") for term in table.get("core", []) + table.get("terms", [])]
            assert len(listed) == len(set(listed)), key


def test_no_two_themes_share_a_label() -> None:
    for path in LISTS:
        labels = [theme["label"] for theme in themes(path).values()]
        assert len(labels) == len(set(labels))


def test_every_theme_on_the_chinese_economy_has_chinese_terms() -> None:
    for key, theme in themes(CHINA).items():
        listed = theme["zh"]["core"] + theme["zh"]["terms"]
        assert len(listed) >= 10, key
        assert all(re.search(r"[\u4e00-\u9fff]", term) for term in listed), key


def test_the_lists_have_the_themes_they_promise() -> None:
    assert {"industrial-restructuring", "self-reliance", "revitalisation", "flood-safety", "ecology", "common-prosperity"} <= themes(CHINA).keys()
    assert 14 <= len(themes(CHINA)) <= 18
    assert 22 <= len(themes(POLICY)) <= 28


def test_restructuring_does_not_swallow_the_modern_industrial_system() -> None:
    narrow = themes(CHINA)["industrial-restructuring"]
    assert narrow["core"] == ["restructur*"]
    assert not [term for term in narrow["terms"] if "system" in term or "chain" in term]


def test_self_reliance_is_the_core_and_technology_widens_it() -> None:
    theme = themes(CHINA)["self-reliance"]
    assert theme["core"] == ["self-relian*"]
    assert "technolog*" in theme["terms"]


def test_words_that_mislead_are_left_out_of_the_general_list() -> None:
    traps = {"state", "states", "bill", "interest", "party", "power", "order", "right", "race", "house", "class", "drug*", "court", "gas", "import*"}
    for key, theme in themes(POLICY).items():
        assert not traps & {term.casefold() for term in theme["core"] + theme["terms"]}, key


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_the_theme_reader_takes_the_lists_as_they_are(path: Path) -> None:
    from tracker.lexicon import read_themes

    assert [theme.id for theme in read_themes(path).themes] == list(themes(path))


@pytest.mark.parametrize(("path", "least", "most"), [(FIRST, 0.34, 0.44), (SECOND, 0.68, 0.80)], ids=["first", "second"])
def test_the_speakers_part_of_a_digest_is_about_as_large_as_in_its_original(path: Path, least: float, most: float) -> None:
    from tracker.recipe import Recipe
    from tracker.speech import Speech
    from tracker.tokens import tokenise
    from tracker.voice import mark

    speech = Speech(key=path.name, text=body(path).lstrip(), speaker=front_matter(path)["speaker"], kind="digest", language="en")
    spans = [(s.start, s.end) for s in mark(speech, Recipe()) if s.is_speakers]
    tokens = tokenise(speech.text, "en")
    content = [start for start, counts in zip(tokens.starts, tokens.content, strict=True) if counts]
    share = sum(any(a <= start < b for a, b in spans) for start in content) / len(content)
    assert least <= share <= most


@pytest.mark.shared
@needs_originals
@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_no_eight_words_running_are_taken_from_an_original(path: Path) -> None:
    originals = [p.read_text(encoding="utf-8") for p in sorted(ORIGINALS.glob("*.txt"))]
    assert originals
    for original in originals:
        assert not runs(body(path), 8) & runs(original, 8)


@pytest.mark.shared
@needs_originals
@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.stem)
def test_a_digest_names_its_original(path: Path) -> None:
    title = front_matter(path)["original"]
    assert any(title in p.read_text(encoding="utf-8") for p in ORIGINALS.glob("*.txt"))
