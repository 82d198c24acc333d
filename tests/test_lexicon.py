"""Named themes: reading the file, matching, overlaps and carrying words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import ThemesError
from tracker.lexicon import Lexicon, match, overlaps, parse_themes, read_themes, word_shares
from tracker.tokens import fold, tokenise


def lexicon(**themes: list[str]) -> Lexicon:
    """Make a lexicon of themes with terms; a name ending in _core gives the core terms of the theme before it."""
    lines = []
    for name, terms in themes.items():
        lines += [f"core = {terms}"] if name.endswith("_core") else [f"[themes.{name}]", f"terms = {terms}"]
    return parse_themes("\n".join(lines), "themes.toml")


def found(lexicon: Lexicon, text: str, language: str = "en") -> list[str]:
    """Return the matched stretches of a text."""
    return [text[hit.start : hit.end] for hit in match(lexicon, tokenise(text, language))]


def refusal(text: str) -> str:
    with pytest.raises(ThemesError) as caught:
        parse_themes(text, "themes.toml")
    return caught.value.render()


# --- matching -----------------------------------------------------------------------------------------------------------------


def test_words_match_whole_and_in_any_case():
    assert found(lexicon(x=["port"]), "PORT, ports, airport, export; Port") == ["PORT", "Port"]


def test_words_match_as_they_stand_not_by_lemma():
    assert found(lexicon(x=["factory"]), "factories and a factory") == ["factory"]


def test_a_star_is_any_ending_or_none():
    assert found(lexicon(x=["harbo*"]), "harbo harbour harbours arbour") == ["harbo", "harbour", "harbours"]


def test_a_star_may_stand_on_any_word_of_a_phrase():
    assert found(lexicon(x=["strateg* emerging sector*"]), "strategic emerging sectors, strategy emerging sector") == [
        "strategic emerging sectors",
        "strategy emerging sector",
    ]


def test_a_possessive_is_still_the_word():
    assert found(lexicon(x=["harbour", "old port"]), "The harbour’s and the old port's gates") == ["harbour’s", "old port's"]


def test_a_possessive_inside_a_phrase_breaks_it():
    assert found(lexicon(x=["harbour master"]), "the harbour's master") == []


@pytest.mark.parametrize("joint", [" ", "-", "\n", "  ", " - ", "‑", "–", "-\n", "\u00a0"])
def test_space_hyphen_and_newline_match_each_other(joint):
    text = f"Our self{joint}reliant yards"
    for term in ("self-reliant", "self reliant", "self reli*"):
        assert found(lexicon(x=[term]), text) == [f"self{joint}reliant"]


@pytest.mark.parametrize("joint", [", ", ". ", "/", "; ", " “"])
def test_other_characters_break_a_phrase(joint):
    assert found(lexicon(x=["clean energy"]), f"clean{joint}energy") == []


def test_characters_written_in_a_term_must_stand_in_the_text():
    assert found(lexicon(x=["R&D spending"]), "R&D spending, R & D spending, R D spending") == ["R&D spending", "R & D spending"]


def test_the_longest_match_goes_first():
    hits = match(lexicon(x=["rail", "high-speed rail", "high-speed rail link*"]), tokenise("A high-speed rail link, high-speed rail, rail", "en"))
    assert [hit.term for hit in hits] == ["high-speed rail link*", "high-speed rail", "rail"]


def test_a_longer_match_that_begins_later_still_goes_first():
    assert found(lexicon(x=["new clean", "clean energy supply"]), "new clean energy supply") == ["clean energy supply"]


def test_of_two_terms_with_the_same_words_the_more_exact_is_named():
    hits = match(lexicon(x=["tech*", "technolog*", "technology"]), tokenise("technology", "en"))
    assert [hit.term for hit in hits] == ["technology"]


def test_a_core_term_inside_a_longer_term_counts_as_core():
    hits = match(lexicon(x=["technological self-reliance"], x_core=["self-relian*"]), tokenise("technological self-reliance", "en"))
    assert [(hit.term, hit.core, hit.first, hit.last, hit.core_tokens) for hit in hits] == [("technological self-reliance", True, 0, 3, (1, 2))]


def test_an_entry_of_core_is_also_a_term():
    hits = match(parse_themes('[themes.x]\ncore = ["harbour"]', "themes.toml"), tokenise("harbour", "en"))
    assert [(hit.core, hit.core_tokens) for hit in hits] == [(True, (0,))]


def test_themes_are_matched_independently():
    hits = match(lexicon(a=["clean energy"], b=["energy"]), tokenise("clean energy", "en"))
    assert [(hit.theme, hit.start) for hit in hits] == [("a", 0), ("b", 6)]


def test_terms_of_a_language_are_added_for_that_language_only():
    themes = parse_themes('[themes.x]\nterms = ["port"]\n[themes.x.de]\nterms = ["hafen"]', "themes.toml")
    assert found(themes, "port hafen", "en") == ["port"]
    assert found(themes, "port hafen", "und") == ["port"]
    assert [term for term, _ in themes.theme("x").vocabulary("de")] == ["port", "hafen"]


def test_chinese_terms_match_as_substrings_and_count_the_tokens_they_touch():
    pytest.importorskip("rjieba", reason="the extra [zh] is not installed")
    text = "我们要加快科技创新，保障粮食安全。"
    tokens = tokenise(text, "zh")
    hits = match(parse_themes('[themes.x.zh]\nterms = ["科技创新", "科技", "粮食"]', "themes.toml"), tokens)
    assert [text[hit.start : hit.end] for hit in hits] == ["科技创新", "粮食"]
    for hit in hits:
        assert tokens.starts[hit.first] < hit.end
        assert tokens.ends[hit.last - 1] > hit.start


def test_latin_letters_in_a_chinese_term_match_in_any_case():
    pytest.importorskip("rjieba", reason="the extra [zh] is not installed")
    assert found(parse_themes('[themes.x]\nterms = ["5G技术"]', "themes.toml"), "推广5g技术应用", "zh") == ["5g技术"]


def test_a_token_that_two_chinese_terms_touch_counts_once():
    pytest.importorskip("rjieba", reason="the extra [zh] is not installed")
    tokens = tokenise("现代化建设", "zh")
    hits = match(parse_themes('[themes.x]\nterms = ["现", "代", "化"]', "themes.toml"), tokens)
    indices = [index for hit in hits for index in range(hit.first, hit.last)]
    assert len(indices) == len(set(indices))


def test_an_empty_text_and_an_empty_lexicon_have_no_hits():
    assert match(lexicon(x=["port"]), tokenise("", "en")) == ()
    assert match(parse_themes("[themes]", "themes.toml"), tokenise("port", "en")) == ()


# --- reading ------------------------------------------------------------------------------------------------------------------


def test_a_missing_label_is_made_from_the_key():
    assert parse_themes('[themes.food-security]\nterms = ["grain"]', "t").theme("food-security").label == "Food security"


def test_a_term_given_twice_is_kept_once_and_core_wins():
    theme = parse_themes('[themes.x]\ncore = ["Self-reliance"]\nterms = ["self reliance", "yards", "YARDS"]', "t").theme("x")
    assert (theme.core[""], theme.terms[""]) == (("Self-reliance",), ("yards",))


def test_an_unknown_theme_is_refused_with_the_ids():
    with pytest.raises(ThemesError) as caught:
        lexicon(energy=["oil"], ports=["port"]).theme("enrgy")
    assert caught.value.render() == "error: no theme `enrgy`, did you mean `energy`?\n  themes: energy, ports\n\nhint: tracker themes"


def test_broken_toml_is_reported_with_its_line():
    assert refusal("[themes.x]\nterms = [port]") == (
        "error: `themes.toml` is not valid TOML: Invalid value (at line 2, column 10)\n  line 2: terms = [port]\n\nhint: edit themes.toml"
    )


def test_a_file_without_themes_is_refused():
    assert refusal('[theme.x]\nterms = ["port"]') == (
        "error: `themes.toml` has no [themes.NAME] table\n  found: `theme`\n\nhint: edit themes.toml; a theme starts with a line like [themes.energy]"
    )


def test_all_problems_of_a_file_are_reported_together():
    text = """
    title = "mine"
    [themes]
    loose = 3
    "two words" = { terms = ["a port"] }
    [themes.a]
    labels = "A"
    terms = ["te*ch", "*", "", 7, "?!", "2022", "good"]
    [themes.b]
    label = 4
    terms = "port"
    [themes.c]
    label = "C"
    [themes.d]
    terms = ["port"]
    zh = ["港口"]
    [themes.d.de]
    label = "Hafen"
    term = ["hafen"]
    """
    assert refusal(text).splitlines() == [
        "error: 15 problems in `themes.toml`",
        "  `title`: stands outside [themes.NAME]",
        "  themes.loose: must be a table [themes.loose] with `terms`, not `3`",
        "  themes.two words: a theme's name is letters, digits, `-` and `_`, not `two words`",
        "  themes.a: unknown field `labels`, did you mean `label`?; a theme has label, core, terms and tables like [themes.a.zh]",
        "  themes.a: `terms` holds `te*ch`; `*` can only stand at the end of a word, like `technolog*`",
        "  themes.a: `terms` holds `*`, which would match every word",
        "  themes.a: `terms` holds an empty term",
        "  themes.a: `terms` holds `7`, which is not text in quotes",
        "  themes.a: `terms` holds `?!`, which has no letter or digit",
        "  themes.b: `label` must be text in quotes, not `4`",
        '  themes.b: `terms` must be a list like ["energy", "power plant*"], not `port`',
        '  themes.c: has no terms; add a line like terms = ["energy", "power plant*"]',
        "  themes.d: `zh` must be a table [themes.d.zh] with `terms`, not `['港口']`",
        "  themes.d.de: unknown field `label`; a language has core and terms",
        "  themes.d.de: unknown field `term`, did you mean `terms`?; a language has core and terms",
        "",
        "hint: edit themes.toml",
    ]


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_text('\ufeff[themes.x]\nterms = ["port"]', encoding="utf-8")
    assert [theme.id for theme in read_themes(path).themes] == ["x"]


def test_a_missing_file_is_refused_with_a_command(tmp_path):
    with pytest.raises(ThemesError) as caught:
        read_themes(tmp_path / "themes.toml")
    assert caught.value.message == "cannot read `themes.toml`: No such file or directory"
    assert caught.value.hint == f"tracker init {tmp_path}"


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_bytes('[themes.x]\nterms = ["é"]'.encode("latin-1"))
    with pytest.raises(ThemesError, match="not UTF-8"):
        read_themes(path)


def test_the_hash_depends_on_content_not_on_order():
    first = lexicon(a=["oil", "gas"], b=["port"])
    assert first.hash == lexicon(b=["port"], a=["gas", "oil"]).hash
    assert len(first.hash) == 12
    assert first.hash != lexicon(a=["oil", "gas"], c=["port"]).hash
    assert first.hash != lexicon(a=["oil"], b=["port"]).hash


# --- checking -----------------------------------------------------------------------------------------------------------------


def test_overlaps_count_shared_content_tokens():
    shared = overlaps(lexicon(a=["clean energy"], b=["energy", "the"], c=["port"]), [tokenise("The clean energy and the energy port", "en")])
    assert [(o.themes, o.tokens, o.share, o.words) for o in shared] == [(("a", "b"), 1, 0.5, ("energy",))]


def test_word_shares_say_what_each_surface_form_supplies():
    shares = word_shares(lexicon(a=["harbo*", "sea port"], b=["grain"]), [tokenise("Harbours, harbours, harbour; sea-port", "en")])
    assert [(row.word, row.term, row.hits, row.share) for row in shares["a"]] == [
        ("harbours", "harbo*", 2, 0.4),
        ("sea port", "sea port", 2, 0.4),
        ("harbour", "harbo*", 1, 0.2),
    ]
    assert shares["b"] == ()


# --- properties ---------------------------------------------------------------------------------------------------------------

WORDS = ["grain", "grains", "sea", "port", "clean", "energy"]
TERM = st.lists(st.sampled_from([*WORDS, "gr*", "port*"]), min_size=1, max_size=3).map(" ".join)
TERMS = st.lists(TERM, min_size=1, max_size=6)
SAID = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", "\n", ", "])), max_size=30)
FEW = settings(deadline=None, max_examples=60)


def text_of(said: list[tuple[str, str]]) -> str:
    return "".join(word + gap for word, gap in said)


@FEW
@given(TERMS, TERMS, SAID)
def test_a_token_counts_once_per_theme(terms, core, said):
    tokens = tokenise(text_of(said), "en")
    hits = match(lexicon(a=terms, a_core=core, b=core), tokens)
    for theme in "ab":
        indices = [index for hit in hits if hit.theme == theme for index in range(hit.first, hit.last)]
        assert len(indices) == len(set(indices)) <= len(tokens.words)
        assert {index for hit in hits if hit.theme == theme for index in hit.core_tokens} <= set(indices)
    assert list(hits) == sorted(hits, key=lambda hit: (hit.start, hit.theme))


@FEW
@given(TERMS, TERMS, TERMS, SAID)
def test_editing_one_theme_never_moves_another(terms, edited, other, said):
    tokens = tokenise(text_of(said), "en")
    before = [hit for hit in match(lexicon(a=terms, b=other), tokens) if hit.theme == "b"]
    after = [hit for hit in match(lexicon(a=edited, b=other), tokens) if hit.theme == "b"]
    assert before == after


@FEW
@given(TERMS, SAID, st.sampled_from([" ", "-", "\n", " – "]))
def test_any_joint_gives_the_same_matches(terms, said, joint):
    themes = lexicon(a=terms)
    spaced = [(word, gap if gap == ", " else " ") for word, gap in said]
    joined = [(word, gap if gap == ", " else joint) for word, gap in said]
    first, second = (match(themes, tokenise(text_of(version), "en")) for version in (spaced, joined))
    assert [(hit.term, hit.first, hit.last) for hit in first] == [(hit.term, hit.first, hit.last) for hit in second]


@FEW
@given(TERMS, SAID)
def test_hits_are_verbatim(terms, said):
    text = text_of(said).upper()
    tokens = tokenise(text, "en")
    for hit in match(lexicon(a=terms), tokens):
        words = fold(text[hit.start : hit.end]).replace("-", " ").split()
        assert " ".join(words) == hit.words
        stems = hit.term.split()
        assert len(stems) == len(words)
        assert all(word.startswith(stem[:-1]) if stem.endswith("*") else word == stem for stem, word in zip(stems, words, strict=True))


@FEW
@given(TERMS, SAID)
def test_no_longer_match_stands_across_a_hit(terms, said):
    tokens = tokenise(text_of(said), "en")
    hits = match(lexicon(a=terms), tokens)
    lengths = {index: hit.last - hit.first for hit in hits for index in range(hit.first, hit.last)}
    for term in terms:
        for alone in match(lexicon(a=[term]), tokens):
            assert max(lengths.get(index, 0) for index in range(alone.first, alone.last)) >= alone.last - alone.first


@FEW
@given(TERMS, SAID, st.randoms())
def test_the_order_of_terms_changes_nothing(terms, said, random):
    tokens = tokenise(text_of(said), "en")
    assert match(lexicon(a=terms), tokens) == match(lexicon(a=random.sample(terms, len(terms))), tokens)
