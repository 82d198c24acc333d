"""What several languages on the two sides of a comparison mean for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.findings.records import ThemeShift, Warning
from tracker.findings.sides import Side
from tracker.languages import more_lists_installed, stop_words
from tracker.slices import during

MOST_NAMED = 6


def mixed_languages(themes: Sequence[ThemeShift], before: Side, after: Side) -> list[Warning]:
    """Return W23 to W25: the sides hold several languages, themes have no words in one of them, a language has no list of function words.

    Args:
        themes: The themes as measured.
        before: The first side.
        after: The second side.
    """
    known = sorted({*before.languages, *after.languages} - {"und", ""})
    found = []
    if len(known) > 1:
        found.append(
            Warning(
                "W23",
                f"The speeches are in several languages ({_counted(before)}; {_counted(after)}). Each is counted with the words of its own language; "
                "shares of different languages are not the same measure, and a change in the mixture looks like a shift.",
            )
        )
        found += _without_terms(themes, before, after)
    found += _unheard(themes, before, known)
    bare = [code for code in known if not stop_words(code)]
    if bare:
        lists = "" if more_lists_installed() else " Lists for more languages come with pip install 'speech-theme-tracker[languages]'."
        text = f"No list of function words for {', '.join(bare)}: every word counts as content there, so that shares are lower than in other languages.{lists}"
        found.append(Warning("W25", text))
    return found


def language_confound(before: Side, after: Side) -> tuple[str, ...]:
    """One line when the two sides differ in language."""
    if set(before.languages) == set(after.languages):
        return ()
    return (f"language: {_listed(before.languages)} {during(before.label)}, {_listed(after.languages)} {during(after.label)}",)


def one_language(what: str, language: str, left_out: Counter[str]) -> list[Warning]:
    """Return W23 for something that can be measured in one language at a time; nothing when no speech is left out."""
    if not left_out:
        return []
    n = left_out.total()
    others = ", ".join(f"{count:,} in {_named(code)}" for code, count in sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0])))
    other = next((code for code, _ in left_out.most_common() if code != "und"), "")
    choose = f" (--language {other} measures another)" if other else ""
    return [Warning("W23", f"{what} are measured in one language at a time, here in {language}: {n:,} speech{'es' * (n > 1)} left out, {others}{choose}.")]


def _without_terms(themes: Sequence[ThemeShift], before: Side, after: Side) -> list[Warning]:
    """W24 for every set of languages that themes have no words for."""
    present = {code for side in (before, after) for code in side.languages}
    gaps: dict[tuple[str, ...], list[str]] = {}
    for theme in themes:
        lacking = tuple(sorted(before.lacking.get(theme.id, frozenset()) & present))
        if lacking:
            gaps.setdefault(lacking, []).append(theme.label)
    return [
        Warning(
            "W24",
            f"No words for {', '.join(lacking)} in {_few(labels)}: "
            f"{'this theme is' if len(labels) == 1 else 'these themes are'} measured only over the speeches in other languages. "
            f"To measure them there, write a list [themes.NAME.{lacking[0]}] in themes.toml.",
        )
        for lacking, labels in sorted(gaps.items())
    ]


def _unheard(themes: Sequence[ThemeShift], before: Side, known: Sequence[str]) -> list[Warning]:
    """W24 where all speeches are in one language, and themes have no words for it: their silence says nothing."""
    labels = [theme.label for theme in themes if theme.id in before.unheard]
    if not labels or len(known) != 1:
        return []
    code = known[0]
    all_, them = ("The list", "it") if len(labels) == len(themes) else (_few(labels), "them" if len(labels) > 1 else "it")
    verb = "has" if all_ == "The list" or len(labels) == 1 else "have"
    return [
        Warning(
            "W24",
            f"{all_} {verb} no words for texts in {code}, so that hardly anything of {them} can be found here: what is silent or rare says nothing. "
            f"A list from these texts' own words: tracker themes draft; by hand: [themes.NAME.{code}] in themes.toml.",
        )
    ]


def _few(labels: Sequence[str]) -> str:
    shown = ", ".join(f'"{label}"' for label in labels[:MOST_NAMED])
    return shown if len(labels) <= MOST_NAMED else f"{shown} and {len(labels) - MOST_NAMED:,} more"


def _counted(side: Side) -> str:
    return f"{side.label}: " + ", ".join(f"{n:,} in {_named(code)}" for code, n in side.languages.items())


def _listed(codes: dict[str, int]) -> str:
    return ", ".join(map(_named, sorted(codes)))


def _named(code: str) -> str:
    return "no known language" if code in ("und", "") else code
