"""The named themes: read `themes.toml`, match it in tokenised texts, check what its words do."""

from tracker.lexicon.check import Overlap, WordShare, overlaps, word_shares
from tracker.lexicon.match import Hit, match, match_terms, mentions
from tracker.lexicon.served import languages_without_terms, unserved
from tracker.lexicon.themes import Lexicon, Theme, parse_themes, read_themes

__all__ = [
    "Hit",
    "Lexicon",
    "Overlap",
    "Theme",
    "WordShare",
    "languages_without_terms",
    "match",
    "match_terms",
    "mentions",
    "overlaps",
    "parse_themes",
    "read_themes",
    "unserved",
    "word_shares",
]
