"""Invented speeches about a few subjects, for topics that can be told apart."""

import random

import pytest

SUBJECTS = {
    "harbour": "harbour ferry quay dock anchor sailor lighthouse cargo pilot tide wharf vessel",
    "orchard": "orchard apple cider harvest blossom pruning grower grafting barrel pear cellar press",
    "school": "school teacher pupil lesson classroom reading arithmetic spelling notebook graduate exam library",
    "railway": "railway locomotive carriage station signal timetable freight conductor platform tunnel viaduct junction",
}


def speech(subjects, number, *, year=2000, paragraphs=3):
    """A speech whose paragraphs turn through some subjects."""
    rng = random.Random(number)  # noqa: S311 - the same speech every time
    subjects = list(subjects)
    lines = []
    for turn in range(paragraphs):
        words = SUBJECTS[subjects[(turn + number) % len(subjects)]].split()
        lines.append(" ".join(f"We know the {rng.choice(words)} and the {rng.choice(words)} beside every {rng.choice(words)}." for _ in range(20)))
    head = f"---\ntitle: Speech {number}\ndate: {year + number}-03-01\nspeaker: Ada Berg\nkind: transcript\nlanguage: en\n---\n"
    return head + "\n\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def subject_texts():
    """Make texts by file name: speeches `first` to `last` about the subjects named."""

    def make(subjects, first, last, **how):
        return {f"s{number:02d}.md": speech(subjects, number, **how) for number in range(first, last)}

    return make


@pytest.fixture(scope="session")
def add_texts():
    """Write texts beside a workspace and add them."""
    from tracker.tasks.add import add

    def put(workspace, texts):
        folder = workspace.path.parent / "speeches"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
            add(workspace, [str(folder / name)])

    return put
