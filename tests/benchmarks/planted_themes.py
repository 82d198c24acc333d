"""Twenty-four themes for each kind of corpus: lists of real words, from rare ones to common ones."""

from __future__ import annotations

import json
from collections.abc import Mapping

POLITICS = {
    "nuclear": "nuclear weapon* disarmament missile*", "climate": "climate* warming emission*", "oceans": "ocean* sea seas island* maritime",
    "health": "health disease* hospital* doctor* medicine*", "children": "child* youth* young", "women": "women woman girl* gender",
    "poverty": "poverty hunger poor", "trade": "trade export* market*", "finance": "financ* debt* bank*", "technology": "technolog* science* scientific digital",
    "energy": "energy oil fuel*", "farming": "agricultur* food farm* rural", "courts": "law laws court* judge*", "rights": "rights liberty liberties",
    "elections": "democra* election* vote*", "crime": "crime* criminal* drug* corrupt*", "migration": "refugee* migrant* migration immigra*",
    "reform": "reform*", "peace": "peace* war wars conflict*", "development": "develop* econom*", "middle-east": "israel* palestin* iraq* iran*",
    "schools": "school* educat* teacher* universit*", "terror": "terror* extremis*", "work": "worker* job* employment labor labour wage*",
}  # fmt: skip
ECONOMY = {
    "loans": "loan*", "fiscal": "fiscal", "energy": "energy oil", "credit": "credit*", "labour": "labour wage*", "money": "m1 m3",
    "firms": "firm firms corporation*", "employment": "employment unemployment job*", "recovery": "recover*", "liquidity": "liquidity refinancing",
    "reforms": "reform*", "uncertainty": "uncertain*", "world": "global world*", "households": "household*", "banks": "bank banks banking", "trade": "export* import*",
    "purchases": "purchase*", "confidence": "confidence sentiment", "debt": "consolidation deficit* debt*", "investment": "investment*",
    "commodities": "commodity commodities food", "competition": "competit* productivity", "taxes": "tax taxes taxation", "tensions": "tension* volatil*",
}  # fmt: skip
THEMES = {"ecb_pressconf": ECONOMY, "fomc_statements": ECONOMY}


def themes_for(corpus: str) -> Mapping[str, str]:
    """The themes of a corpus: id to words."""
    return THEMES.get(corpus, POLITICS)


def themes_toml(themes: Mapping[str, str]) -> str:
    """The themes as the text of a themes.toml."""
    return "\n".join(f"[themes.{name}]\nterms = {json.dumps(words.split())}\n" for name, words in themes.items())
