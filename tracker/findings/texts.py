"""What these texts say: themes and words said only before, only after or in both, where, first and last; exact, needing no inference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis import Analysed
from tracker.counts import where
from tracker.findings.quotes import quotes, segment_at
from tracker.findings.records import Side as Only
from tracker.findings.records import TextFinding, Where
from tracker.findings.sides import Side, noun, plural_noun
from tracker.lexicon import Hit, Lexicon, Theme, match_terms

ORDER: tuple[Where, ...] = ("headline", "lead", "quoted", "attributed", "narrated")
IN_WORDS: dict[Where, str] = {
    "headline": "in a headline",
    "lead": "in the lead",
    "quoted": "in a direct quotation",
    "attributed": "in words attributed to the speaker",
    "narrated": "in the reporter's own words",
}

OTHERS = ("other", "institutional")
MOST_FORMS = 3


Uses = dict[tuple[str, str], list["Use"]]


@dataclass(frozen=True, slots=True)
class Use:
    """One mention of a theme: in which speech and where."""

    item: Analysed
    hit: Hit
    where: tuple[Where, ...]

    @property
    def word(self) -> str:
        """The words as they stand in the text, on one line."""
        return " ".join(self.item.speech.text[self.hit.start : self.hit.end].split())


def text_findings(before: Side, after: Side, lexicon: Lexicon, span: dict[tuple[str, str], tuple[str, str]]) -> tuple[TextFinding, ...]:
    """Say of every theme, and of every term of it, on which side it stands.

    Args:
        before: The first side.
        after: The second side.
        lexicon: The named themes.
        span: (theme, term) to the dates of first and last use in the whole corpus; term "" is the theme.

    Returns:
        Per theme one finding for the theme itself (term ""), then one per term that occurs, themes that divide the texts most
        sharply first. Themes that occur on neither side are left out.
    """
    uses = _uses(before, lexicon), _uses(after, lexicon)
    groups = [_theme_findings(theme, before, after, uses, span) for theme in lexicon.themes]
    groups = sorted((g for g in groups if g), key=lambda g: (not any(f.divides for f in g), -max((f.weight for f in g if f.divides), default=0.0), g[0].theme))
    return tuple(finding for group in groups for finding in group)


def first_and_last(speeches: Sequence[tuple[str, Sequence[Hit]]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Dates of first and last use over a corpus.

    Args:
        speeches: (date, hits of every term for itself) of every speech; an empty date is left out.
    """
    dates: dict[tuple[str, str], set[str]] = defaultdict(set)
    for date, hits in speeches:
        for hit in hits:
            if date:
                dates[hit.theme, hit.term].add(date)
                dates[hit.theme, ""].add(date)
    return {key: (min(held), max(held)) for key, held in dates.items()}


def term_hits(item: Analysed, lexicon: Lexicon) -> list[Hit]:
    """Every occurrence of every term, each for itself; words of themes left out are left out here too."""
    return [hit for hit in match_terms(lexicon, item.tokens) if not item.gone or not item.gone.issuperset(range(hit.first, hit.last))]


def _uses(side: Side, lexicon: Lexicon) -> Uses:
    held: Uses = defaultdict(list)
    for item in side.speeches:
        for hit in item.counts.hits:
            held[hit.theme, ""].append(Use(item, hit, where((hit,), item.segments)))
        for hit in term_hits(item, lexicon):
            held[hit.theme, hit.term].append(Use(item, hit, where((hit,), item.segments)))
    return held


def _by_speech(uses: Sequence[Use]) -> dict[str, list[Hit]]:
    held: dict[str, list[Hit]] = defaultdict(list)
    for use in uses:
        held[use.item.speech.id].append(use.hit)
    return held


def _theme_findings(theme: Theme, before: Side, after: Side, uses: tuple[Uses, Uses], span: dict[tuple[str, str], tuple[str, str]]) -> list[TextFinding]:
    terms = sorted({term for side in uses for name, term in side if name == theme.id})
    findings = []
    for term in terms:
        mine = uses[0].get((theme.id, term), []), uses[1].get((theme.id, term), [])
        counts = len(mine[0]), len(mine[1])
        only: Only = "both" if all(counts) else "before" if counts[0] else "after"
        found = tuple(w for w in ORDER if any(w in use.where for held in mine for use in held))
        first, last = span.get((theme.id, term), ("", ""))
        shown = [quotes(side.speeches, theme.id, hits=_by_speech(held), most=2) for side, held in zip((before, after), mine, strict=True)]
        claim = _claim(theme, term, (before, after), mine)
        core = not term or any(term in words for words in theme.core.values())
        weight = _weight((before, after), mine)
        spread = max(len(_by_speech(held)) / len(side.speeches) for side, held in zip((before, after), mine, strict=True))
        findings.append(TextFinding(theme.id, theme.label, term, only, counts, found, first, last, claim, (*shown[0], *shown[1]), core, weight, spread))
    return findings


_WEIGHTS: dict[Where, float] = {"headline": 1.0, "lead": 0.3, "quoted": 1.0, "attributed": 1.0, "narrated": 0.2}


def _weight(sides: tuple[Side, Side], uses: tuple[list[Use], list[Use]]) -> float:
    """How sharply mentions divide the texts: mentions per 1,000 tokens, times the share of speeches that have any, after less before.

    The speaker's words and headlines count most, core words twice.
    """
    rates = []
    for side, held in zip(sides, uses, strict=True):
        tokens = sum(item.content_tokens for item in side.speeches) or 1
        wanted = sum((1 + use.hit.core) * max(_WEIGHTS[w] for w in use.where) for use in held)
        spread = len({use.item.speech.id for use in held}) / len(side.speeches)
        rates.append(1000 * spread * wanted / tokens)
    return abs(rates[0] - rates[1])


def _claim(theme: Theme, term: str, sides: tuple[Side, Side], uses: tuple[list[Use], list[Use]]) -> str:
    """One plain sentence from counts alone."""
    if all(uses):
        return _both_claim(theme, term, sides, uses)
    here, there = (0, 1) if uses[0] else (1, 0)
    side, other, held = sides[here], sides[there], uses[here]
    single = len(side.speeches) == 1
    (subject, many), (rest, rest_many) = _subject(side), _subject(other)
    own = f"them, {len(side.speeches):,} in all" if many else f"its {len(side.speeches):,} {plural_noun(side)}"
    spread = "" if single else f" in {len({use.item.speech.id for use in held}):,} of {own}"
    times = ("once" if len(held) == 1 else f"{len(held):,} times") + spread
    theme_said = f"{'speak' if many else 'speaks'} of {_lower(theme.label)}" + ("" if single else f" ({times})")
    said = f"{'say' if many else 'says'} {_forms(held)} ({_lower(theme.label)}; {times})" if term else theme_said
    return f"Only {subject} {said}, {_where_in_words(held)}; {rest} never {'do' if rest_many else 'does'}."


def _subject(side: Side) -> tuple[str, bool]:
    """Who speaks in a sentence about a side, and whether that is a plural: a year speaks for its speeches, `until 1985` cannot."""
    if len(side.speeches) == 1:
        return noun(side), False
    open_ended = side.label.startswith(("until ", "from "))
    return (f"the {plural_noun(side)} {side.label}", True) if open_ended else (side.label, False)


def _both_claim(theme: Theme, term: str, sides: tuple[Side, Side], uses: tuple[list[Use], list[Use]]) -> str:
    what = _forms([*uses[0], *uses[1]]) if term else _capital(_lower(theme.label))
    counts = " and ".join(f"{len(held):,} time{'s' if len(held) > 1 else ''} in {noun(side)}" for side, held in zip(sides, uses, strict=True))
    return f"{what} stands on both sides: {counts}."


def _where_in_words(uses: Sequence[Use]) -> str:
    """The most prominent place, and the speaker's words if they are not that already."""
    found = [w for w in ORDER if w != "lead" and any(w in use.where for use in uses)]
    spoken = any(use.where[-1] == "attributed" and (s := segment_at(use.item, use.hit.start)) is not None and s.voice == "spoken" for use in uses)
    names = dict(IN_WORDS)
    if spoken:
        names["attributed"] = "in the speaker's own words"
    if any(use.where[-1] == "narrated" and (s := segment_at(use.item, use.hit.start)) is not None and s.voice in OTHERS for use in uses):
        names["narrated"] = "in words that are not the speaker's"
    named = [names[w] for w in found if w != "narrated" or len(found) == 1]
    return " and ".join(named[:2])


def _forms(uses: Sequence[Use]) -> str:
    """The words a term matched, commonest first: their counts stand beside them, so none is left unsaid."""
    counted = Counter(use.word.casefold() for use in uses)
    plain = all(use.hit.term == use.hit.term.lower() and " " not in use.hit.term for use in uses)  # a word at the start of a sentence is no name
    written = {word: Counter(use.word for use in uses if use.word.casefold() == word) for word in counted}
    shown = {word: word if plain else min(forms, key=lambda form: (-forms[form], form)) for word, forms in written.items()}
    words = [f"“{shown[word]}”" for word in sorted(counted, key=lambda word: (-counted[word], word))]
    if len(words) > MOST_FORMS:
        return f"{', '.join(words[: MOST_FORMS - 1])} or {len(words) - MOST_FORMS + 1:,} more forms"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(label: str) -> str:
    """A label inside a sentence: `Flood control` -> `flood control`; names (`GDP`, `Russia and Ukraine`) stay as they are."""
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label
