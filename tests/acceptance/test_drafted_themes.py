"""Lists drafted from three real corpora without a human edit hold the themes that these are known to have."""

import re
from pathlib import Path

import pytest
from known_themes import KNOWN

from tracker.tasks.add import add
from tracker.tasks.lists.draft import draft
from tracker.tasks.workspace import init

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.skipif(not CORPORA.is_dir(), reason="no ../shared/corpora beside the checkout")]


@pytest.mark.parametrize("corpus", sorted(KNOWN))
def test_at_least_eight_of_ten_known_themes_lead_a_cluster_of_their_own(corpus, tmp_path):
    workspace = init(tmp_path / "w")
    add(workspace, [str(CORPORA / corpus / "speeches.jsonl")])
    found = draft(workspace)
    leads = {theme.core[0] for theme in found.themes}
    told = {name: {lead for lead in leads if re.fullmatch(pattern, lead)} for name, pattern in KNOWN[corpus].items()}
    assert len(found.themes) <= 25
    assert matched(list(told.values())) >= 8, told
    for theme in found.themes:
        for quote in theme.quotes:
            assert workspace.store.get(quote.speech).text[quote.start : quote.end] == quote.quote
    again = draft(workspace, tmp_path / "again.toml")
    assert Path(again.path).read_bytes() == Path(found.path).read_bytes()


def matched(wanted, taken=frozenset()):
    """How many themes can each have a cluster of their own."""
    if not wanted:
        return 0
    rest = matched(wanted[1:], taken)
    return max([rest, *(1 + matched(wanted[1:], taken | {lead}) for lead in wanted[0] - taken)])
