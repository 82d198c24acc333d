"""What these texts say: themes and words said only before, only after or in both, where, first and last; exact, needing no inference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from tracker.analysis import Analysed
from tracker.counts import Places
from tracker.findings.quotes import Best
from tracker.findings.records import Evidence, TextFinding, Where
from tracker.findings.records import Side as Only
from tracker.findings.sides import Side, noun, plural_noun
from tracker.lexicon import Hit, Lexicon, Theme
from tracker.progress import Progress, followed

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
QUOTES_A_SIDE = 2
_QUOTES_OF_THEMES = 3


Key = tuple[str, str]
"""Theme and term; the term "" is the theme."""


class Said:
    """What is kept of the mentions of a theme or a term on one side.

    Args:
        term: The term; "" for the theme.
    """

    def __init__(self, term: str) -> None:
        self.term = term
        self.n = self.speeches = 0
        self.wanted = 0.0
        self.where: set[Where] = set()
        self.spoken = self.others = False
        self.forms: Counter[str] = Counter()
        self.best = Best(QUOTES_A_SIDE if term else _QUOTES_OF_THEMES)

    def add(self, item: Analysed, hits: Sequence[Hit], places: Places) -> None:
        """Count the mentions of one speech."""
        self.n += len(hits)
        self.speeches += 1
        for hit in hits:
            found = places.of(hit)
            self.where.update(found)
            self.wanted += (1 + hit.core) * max(_WEIGHTS[w] for w in found)
            if self.term:
                self.forms[" ".join(item.speech.text[hit.start : hit.end].split())] += 1
            if (found[-1] == "attributed" and not self.spoken) or (found[-1] == "narrated" and not self.others):
                segment = places.segment(hit.start)
                self.spoken |= found[-1] == "attributed" and segment is not None and segment.voice == "spoken"
                self.others |= found[-1] == "narrated" and segment is not None and segment.voice in OTHERS
        self.best.look(item, hits, places.segments)


SaidOn = dict[Key, Said]
"""What one side says, by theme and term."""


def text_findings(
    before: Side, after: Side, lexicon: Lexicon, span: Mapping[tuple[str, str], tuple[str, str]], said: tuple[SaidOn, SaidOn] | None = None
) -> tuple[TextFinding, ...]:
    """Say of every theme, and of every term of it, on which side it stands.

    Args:
        before: The first side.
        after: The second side.
        lexicon: The named themes.
        span: (theme, term) to the dates of first and last use in the whole corpus; term "" is the theme.
        said: What each side says, where it is at hand.

    Returns:
        Per theme one finding for the theme itself (term ""), then one per term that occurs, themes that divide the texts most
        sharply first. Themes that occur on neither side are left out.
    """
    said = said or (said_on(before, lexicon), said_on(after, lexicon))
    tokens = sum(item.content_tokens for item in before.speeches) or 1, sum(item.content_tokens for item in after.speeches) or 1
    groups = [_theme_findings(theme, (before, after), said, span, tokens) for theme in lexicon.themes]
    groups = sorted((g for g in groups if g), key=lambda g: (not any(f.divides for f in g), -max((f.weight for f in g if f.divides), default=0.0), g[0].theme))
    return tuple(finding for group in groups for finding in group)


def first_and_last(speeches: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Dates of first and last use over a corpus.

    Args:
        speeches: (date, the (theme, term) that are said) of every speech; an empty date is left out.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for date, used in speeches:
        if date:
            for key in {*used, *((theme, "") for theme, _ in used)}:
                first, last = found.get(key, (date, date))
                found[key] = min(first, date), max(last, date)
    return found


def term_hits(item: Analysed, themes: AbstractSet[str]) -> list[Hit]:
    """Every occurrence of every term of some themes, each for itself; words of themes left out are left out here too."""
    gone = item.gone
    return [hit for hit in item.said if hit.theme in themes and not (gone and gone.issuperset(range(hit.first, hit.last)))]


def said_on(side: Side, lexicon: Lexicon, *, progress: Progress | None = None) -> SaidOn:
    """What a side says of every theme and term, in one pass over its speeches."""
    held: SaidOn = {}
    themes = {theme.id for theme in lexicon.themes}
    for item in followed(side.speeches, f"finding what {side.label} says", len(side.speeches), progress):
        mentioned: dict[Key, list[Hit]] = defaultdict(list)
        for hit in item.counts.hits:
            mentioned[hit.theme, ""].append(hit)
        for hit in term_hits(item, themes):
            mentioned[hit.theme, hit.term].append(hit)
        places = Places(item.segments) if mentioned else Places(())
        for key, hits in mentioned.items():
            if key not in held:
                held[key] = Said(key[1])
            held[key].add(item, hits, places)
    return held


def quotes_of_themes(said: SaidOn) -> dict[str, tuple[Evidence, ...]]:
    """The three sentences of a side that show each theme best."""
    return {theme: held.best.evidence() for (theme, term), held in said.items() if not term}


def _theme_findings(theme: Theme, sides: tuple[Side, Side], said: tuple[SaidOn, SaidOn], span: Mapping[Key, Key], tokens: tuple[int, int]) -> list[TextFinding]:
    terms = sorted({term for side in said for name, term in side if name == theme.id})
    findings = []
    for term in terms:
        nothing = Said(term)
        mine = said[0].get((theme.id, term), nothing), said[1].get((theme.id, term), nothing)
        counts = mine[0].n, mine[1].n
        only: Only = "both" if all(counts) else "before" if counts[0] else "after"
        found = tuple(w for w in ORDER if any(w in held.where for held in mine))
        first, last = span.get((theme.id, term), ("", ""))
        evidence = tuple(quote for held in mine for quote in held.best.evidence()[:QUOTES_A_SIDE])
        claim = _claim(theme, sides, mine)
        core = not term or any(term in words for words in theme.core.values())
        weight = _weight(sides, mine, tokens)
        spread = max(held.speeches / len(side.speeches) for side, held in zip(sides, mine, strict=True))
        findings.append(TextFinding(theme.id, theme.label, term, only, counts, found, first, last, claim, evidence, core, weight, spread))
    return findings


_WEIGHTS: dict[Where, float] = {"headline": 1.0, "lead": 0.3, "quoted": 1.0, "attributed": 1.0, "narrated": 0.2}


def _weight(sides: tuple[Side, Side], said: tuple[Said, Said], tokens: tuple[int, int]) -> float:
    """How sharply mentions divide the texts: mentions per 1,000 tokens, times the share of speeches that have any, after less before.

    The speaker's words and headlines count most, core words twice.
    """
    rates = []
    for side, held, n in zip(sides, said, tokens, strict=True):
        spread = held.speeches / len(side.speeches)
        rates.append(1000 * spread * held.wanted / n)
    return abs(rates[0] - rates[1])


def _claim(theme: Theme, sides: tuple[Side, Side], said: tuple[Said, Said]) -> str:
    """One plain sentence from counts alone."""
    if said[0].n and said[1].n:
        return _both_claim(theme, sides, said)
    here, there = (0, 1) if said[0].n else (1, 0)
    side, other, held = sides[here], sides[there], said[here]
    single = len(side.speeches) == 1
    (subject, many), (rest, rest_many) = _subject(side), _subject(other)
    own = f"them, {len(side.speeches):,} in all" if many else f"its {len(side.speeches):,} {plural_noun(side)}"
    spread = "" if single else f" in {held.speeches:,} of {own}"
    times = ("once" if held.n == 1 else f"{held.n:,} times") + spread
    theme_said = f"{'speak' if many else 'speaks'} of {_lower(theme.label)}" + ("" if single else f" ({times})")
    words = f"{'say' if many else 'says'} {_forms(held.term, held.forms)} ({_lower(theme.label)}; {times})" if held.term else theme_said
    return f"Only {subject} {words}, {_where_in_words(held)}; {rest} never {'do' if rest_many else 'does'}."


def _subject(side: Side) -> tuple[str, bool]:
    """Who speaks in a sentence about a side, and whether that is a plural: a year speaks for its speeches, `until 1985` cannot."""
    if len(side.speeches) == 1:
        return noun(side), False
    open_ended = side.label.startswith(("until ", "from "))
    return (f"the {plural_noun(side)} {side.label}", True) if open_ended else (side.label, False)


def _both_claim(theme: Theme, sides: tuple[Side, Side], said: tuple[Said, Said]) -> str:
    term = said[0].term
    what = _forms(term, said[0].forms + said[1].forms) if term else _capital(_lower(theme.label))
    counts = " and ".join(f"{held.n:,} time{'s' if held.n > 1 else ''} in {noun(side)}" for side, held in zip(sides, said, strict=True))
    return f"{what} stands on both sides: {counts}."


def _where_in_words(said: Said) -> str:
    """The most prominent place, and the speaker's words if they are not that already."""
    found = [w for w in ORDER if w != "lead" and w in said.where]
    names = dict(IN_WORDS)
    if said.spoken:
        names["attributed"] = "in the speaker's own words"
    if said.others:
        names["narrated"] = "in words that are not the speaker's"
    named = [names[w] for w in found if w != "narrated" or len(found) == 1]
    return " and ".join(named[:2])


def _forms(term: str, written: Counter[str]) -> str:
    """The words a term matched, commonest first: their counts stand beside them, so none is left unsaid."""
    plain = term == term.lower() and " " not in term  # a word at the start of a sentence is no name
    folded: dict[str, list[str]] = defaultdict(list)
    for form in written:
        folded[form.casefold()].append(form)
    counted = {word: sum(written[form] for form in forms) for word, forms in folded.items()}
    shown = {word: word if plain else min(forms, key=lambda form: (-written[form], form)) for word, forms in folded.items()}
    words = [f"“{shown[word]}”" for word in sorted(counted, key=lambda word: (-counted[word], word))]
    if len(words) > MOST_FORMS:
        return f"{', '.join(words[: MOST_FORMS - 1])} or {len(words) - MOST_FORMS + 1:,} more forms"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(label: str) -> str:
    """A label inside a sentence: `Flood control` -> `flood control`; names (`GDP`, `Russia and Ukraine`) stay as they are."""
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label
