"""Whatever was said of a corpus goes through an export, and whatever the order of adding: the same corpus, the same report."""

import json
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.tasks.add import add
from tracker.tasks.corpus import list_speeches, set_fields
from tracker.tasks.export import export
from tracker.tasks.report import report
from tracker.tasks.workspace import init

FORMS = ("csv", "jsonl", *(["parquet"] if find_spec("duckdb") else []))
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.sampled_from(["2022-03-08", "2022-03", "2022", "8 March 2022", "", "soon"])
SENTENCES = (
    "Premier Alva Brandt said the harbour will open in spring.", "“We will mend the sea wall,” Brandt said.", "It rained on the town all day.",
    "We thank you, my friends.", "港口建设开始了。", "Wir danken euch für den langen Weg.", "She called for patience with the orchards.", "Who came?",
)  # fmt: skip
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
odd = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=30).filter(str.strip)
rows = st.fixed_dictionaries(
    {"text": texts | odd},
    optional={
        "date": DAYS, "published": st.sampled_from(["2022-03-09", "2021"]), "speaker": st.sampled_from(["Alva Brandt", "Ada Berg"]), "title": odd,
        "kind": st.sampled_from(["readout", "transcript", "article", "sermon"]), "region": odd, "source": st.just("https://example.org/a"),
        "event": st.sampled_from(["visit", "own"]), "language": st.sampled_from(["en", "zh", "de"]),
    },
)  # fmt: skip
corpora = st.lists(rows, min_size=1, max_size=5, unique_by=lambda row: row["text"])
changes = st.fixed_dictionaries(
    {},
    optional={
        "date": st.sampled_from(["2021-05-06", "2021-05", "2021"]), "published": st.just("2021-05-07"), "title": odd, "speaker": st.sampled_from(["", "Ada Berg"]),
        "place": odd, "outlet": st.sampled_from(["", "Norpress"]), "kind": st.sampled_from(["readout", "article"]), "language": st.sampled_from(["en", "fr"]),
        "event": st.sampled_from(["visit", "own", ""]), "tag:region": odd, "tag:text": odd, "voice:1": st.sampled_from(["other", "quoted", "narrated"]),
    },
)  # fmt: skip


def write(path, held):
    path.write_text("".join(json.dumps({"id": f"s{n}", **row}) + "\n" for n, row in enumerate(held)), encoding="utf-8")
    return str(path)


def everything(workspace):
    """All that the corpus knows, and what follows from it."""
    store = workspace.store
    return store.hash(), list(store.each()), [store.corrections(s.key) for s in store.each()], store.groupings().held(), list_speeches(workspace)


@settings(SETTINGS, max_examples=8)
@given(held=corpora, said=st.lists(changes, max_size=5), form=st.sampled_from(FORMS))
def test_export_then_add_is_the_identity(tmp_path_factory, held, said, form):
    folder = tmp_path_factory.mktemp("identity")
    first, second = init(folder / "first", themes="none"), init(folder / "second", themes="none")
    add(first, [write(folder / "rows.jsonl", held)])
    for row, changed in zip(list_speeches(first), said, strict=False):
        kind = changed.get("kind", row.kind)
        set_fields(first, row.id, {name: value for name, value in changed.items() if kind != "transcript" or name != "voice:1"})
    made = export(first, folder / f"all.{form}")
    assert add(second, [made.path]).skipped == ()
    assert everything(second) == everything(first)
    again = init(folder / "again", themes="none")
    add(again, [export(second, folder / f"again.{form}").path])
    assert everything(again) == everything(first)
    for workspace in (first, second, again):
        workspace.store.close()


@settings(SETTINGS, max_examples=8)
@given(held=corpora, order=st.randoms(use_true_random=False), parts=st.integers(1, 3))
def test_any_order_of_adding_makes_the_same_corpus(tmp_path_factory, held, order, parts):
    folder = tmp_path_factory.mktemp("order")
    named = [{"id": f"s{n}", **row, "source": f"https://example.org/{n}"} for n, row in enumerate(held)]
    first, second = init(folder / "first", themes="none"), init(folder / "second", themes="none")
    add(first, [write(folder / "rows.jsonl", named)])
    shuffled = order.sample(named, len(named))
    for part in range(parts):
        if shuffled[part::parts]:
            add(second, [write(folder / f"part{part}.jsonl", shuffled[part::parts])])
    assert everything(second) == everything(first)
    first.store.close()
    second.store.close()


@pytest.mark.slow
@settings(SETTINGS, max_examples=6)
@given(order=st.randoms(use_true_random=False))
def test_any_order_of_adding_makes_the_same_report(tmp_path_factory, make_workspace, three_texts, order):
    more = {f"more{n}.md": text.replace("2022", f"20{18 + n}").replace("Tarnvik", "Ostby") for n, text in enumerate([*three_texts.values()] * 2)}
    texts = {**three_texts, **more}
    written = []
    for names in (list(texts), order.sample(list(texts), len(texts))):
        workspace = make_workspace({name: texts[name] for name in names})
        folder = report(workspace, "2022", "2023").path
        written.append({name: (workspace.path / folder / name).read_bytes() for name in ("report.json", "report.md")})
        workspace.store.close()
    assert written[0] == written[1]
