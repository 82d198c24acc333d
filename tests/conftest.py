"""Workspaces made from invented texts, and the command line run inside the test's own process."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import hypothesis
import pytest

from tracker.cli.app import main
from tracker.tasks.add import add
from tracker.tasks.workspace import Workspace, init

# A busy machine is no failure, and every machine tries the same examples.
hypothesis.settings.register_profile("untimed", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("untimed")

SMALL_TOPICS = "[topics]\ntopics = 2\nrefits = 2\npasses = 1\n"
THEMES = """
[themes.shipyards]
label = "Shipyards"
core = ["shipyard*"]
terms = ["dry dock*", "slipway*"]

[themes.orchards]
label = "Orchards"
core = ["orchard*"]
terms = ["apple*", "cider"]

[themes.sea-walls]
label = "Sea walls"
terms = ["sea wall*", "dike*"]

[themes.airships]
label = "Airships"
terms = ["zeppelin*"]
"""

TARNVIK = """---
title: Lind calls for new life in the shipyards
date: 2022-03-08
place: Tarnvik
speaker: Mara Lind
outlet: Norpress
kind: readout
language: en
---
Norlundian Prime Minister Mara Lind on Tuesday called for a faster renewal of the shipyards along the southern coast.

"We have full trust in the shipyards of Tarnvik," Lind said during her visit to the old harbour.

For a hundred years the town built half of the ferries of the region. Three dry docks and two slipways stood beside the mouth of the river, and four thousand people went to work there every morning. Orders went away when larger yards opened abroad, and the younger families left.

A slow return began two winters ago. Small firms repair fishing boats in the halls that had stood empty, and a school for welders has opened.

The prime minister was shown the sea wall that broke in the autumn storm, and the dike behind it. Engineers explained how both will be raised.

Lind asked the councils to finish the sea wall before the next storms and to look after the families who lost their homes.

Visitors later walked through the museum of the harbour, where models of the ferries and the tools of the shipwrights are kept under glass.
"""

BELMARA = """---
title: Lind lays out the next years of the orchards
date: 2023-06-14
published: 2023-06-16
place: Belmara
speaker: Mara Lind
outlet: Valley Courier
kind: readout
language: en
---
On June 14 Prime Minister Mara Lind chaired a meeting in Belmara on the future of the valley.

Lind stressed that the orchards must feed the whole country. She called for new irrigation of the orchards and for cheaper pumps.

She urged the growers to plant apples that bear late frost, and she said that cider from the valley should be sold abroad.

The prime minister stated that the shipyards of the coast would build the barges for the harvest.

She emphasised that water must be shared, and she asked the councils to open the wells. Lind pointed out that the schools should teach grafting.

In conclusion, Lind expressed confidence in the growers of the valley and called for patience with the new orchards.
"""

GREETING = """---
title: New year's greeting
date: 2021-01-01
speaker: Mara Lind
kind: transcript
language: en
---
My friends, I thank you for the welcome. We shall open the shipyards to every apprentice, and I ask you to help us. Our orchards sleep under the snow, and we wish them a good year.
"""


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def run() -> Callable[..., Ran]:
    """Run one command line in this process."""

    def command(*words: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(word) for word in words])
        return Ran(code, out.getvalue(), err.getvalue())

    return command


@pytest.fixture(scope="session")
def make_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """Make a workspace from texts by file name; they are added one by one, in the order given, from a folder beside it."""

    def make(texts: Mapping[str, str], themes: str = THEMES, settings: str = SMALL_TOPICS) -> Workspace:
        root = tmp_path_factory.mktemp("corpus")
        workspace = init(root / "workspace", themes="none")
        workspace.themes_path.write_text(themes, encoding="utf-8")
        (workspace.path / "tracker.toml").write_text(settings, encoding="utf-8")
        for name, text in texts.items():
            place = root / "speeches" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            add(workspace, [str(place)])
        return workspace

    return make


@pytest.fixture(scope="session")
def two_texts() -> dict[str, str]:
    """Two readouts of one speaker, a year apart."""
    return {"tarnvik.md": TARNVIK, "belmara.md": BELMARA}


@pytest.fixture(scope="session")
def three_texts(two_texts: dict[str, str]) -> dict[str, str]:
    """The two readouts and an earlier transcript."""
    return {**two_texts, "greeting.md": GREETING}


@pytest.fixture
def two(make_workspace: Callable[..., Workspace], two_texts: dict[str, str]) -> Workspace:
    """A fresh workspace with the two readouts."""
    return make_workspace(two_texts)


@pytest.fixture(scope="session")
def planted(make_workspace: Callable[..., Workspace]) -> Callable[..., Workspace]:
    """Make a workspace from invented speeches with known shifts."""
    import numpy as np

    from tracker.synthetic import PLANTED, Lengths, simulate_speeches

    def make(n_before: int, n_after: int, themes: object = PLANTED, *, random_state: int = 7, passages: float = 4.0) -> Workspace:
        corpus = simulate_speeches(n_before, n_after, themes=themes, lengths=Lengths(passages, 60, 0.2), rng=np.random.default_rng(random_state))
        head = "---\ntitle: {0}\ndate: {1}\nspeaker: Ada Berg\nkind: transcript\nlanguage: en\n---\n"
        texts = {f"{s.key}.md": head.format(s.key, s.day) + s.text + "\n" for s in corpus.speeches}
        return make_workspace(texts, corpus.themes_toml())

    return make
