"""Words cut by turns are those that a plain search from left to right finds."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.languages import _LATIN, _MARKS, _NOT_LATIN, APOSTROPHES, cut_words

SIGNS = st.text(st.sampled_from("aZé’'ʼ‘ 0-_.,\n中д́\u00ad\u0966\u093f\u200dلَ"), max_size=40)
PLAIN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|[{APOSTROPHES}](?=[^\W_]))*")
LATIN = re.compile(rf"[{_LATIN}]+(?:[{APOSTROPHES}][{_LATIN}]+)*")


@given(SIGNS | st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_words_and_their_places_are_those_of_a_plain_search(text):
    found = [(match[0], *match.span()) for match in (PLAIN if _NOT_LATIN.search(text) else LATIN).finditer(text)]
    assert list(zip(*cut_words(text, "und"), strict=True)) == found
