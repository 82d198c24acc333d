"""How well three words of a theme, widened by `tracker themes suggest`, find the passages that words held out tell to be about it.

    python tests/benchmarks/suggest_themes.py

writes its section of docs/benchmarks.md. A passage is about a theme when it holds at least two occurrences of held-out words. AUC: the
chance that a passage about the theme is ranked before one that is not; .5 is guessing.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import numpy as np
from benchmark_page import put, table
from scipy.stats import rankdata

from tracker.analysis import analyse_all
from tracker.lexicon import Lexicon
from tracker.measures.companions import companions
from tracker.tasks.add import add
from tracker.tasks.lists.candidates import collect
from tracker.tasks.lists.suggest import strongest
from tracker.tasks.topics.units import passages_of
from tracker.tasks.workspace import init

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "../shared/corpora"
TOPICS = 25
# corpus -> theme -> (three terms, words held out), each a regular expression over a whole term; chosen before any result was seen
THEMES = {
    "ungdc": {
        "terrorism": (r"terrorism|terrorist|terrorists", r"attacks?|extremis.*|al|taliban|coalition|daesh|violent.*|innocent|perpetrators?|radical.*"),
        "climate change": (
            r"climate|climate change|global warming",
            r"emissions?|greenhouse.*|carbon|kyoto.*|copenhagen|sea level.*|forests?|renewable.*|green|paris",
        ),
        "nuclear weapons": (r"nuclear|nuclear weapons|disarmament", r"proliferation|non proliferation|npt|treaty|iaea|missiles?|enrichment|arms|atomic.*|test"),
        "israel, palestine": (r"israel|palestine|palestinian", r"middle east|occupation|settlements?|gaza|two states?|quartet|arab|israelis|lebanon|jerusalem"),
        "development goals": (
            r"mdgs|millennium development goals|development goals",
            r"poverty|hunger|sdgs|sustainable.*|agenda|oda|partnership|education|goals?",
        ),
    },
    "sotu": {
        "energy": (r"energy|oil|gasoline", r"coal|fuels?|solar|petroleum|opec|imports|conservation|natural gas|barrels?|electricity"),
        "health": (r"health|health care|medicare", r"insurance|medical|doctors?|hospitals?|coverage|patients?|prescription.*|diseases?|medicaid|nurses?"),
        "education": (r"school|education|teachers", r"students?|colleges?|classrooms?|tuition|learn|math|read|university|universities|reading"),
        "terrorism": (r"terrorists|terror|al qaida", r"iraqi?|afghanistan|taliban|saddam.*|regime|intelligence|coalition|weapons of mass.*|troops|iraqis"),
        "taxes": (r"tax|taxes|tax cuts", r"deficits?|revenues?|income|spending|relief|budget|rates?|deductions?|credit|cut"),
    },
    "gwr_zh": {
        "agriculture": (r"农业|农民|农村", r"粮食|耕地|农产品|三农|乡镇企业|种粮.*|补贴|水利|乡村.*|灌溉"),
        "education": (r"教育|学校|教师", r"学生|义务教育|高校|办学|学前教育|高等教育|职业教育|免费|学费|助学.*"),
        "environment": (r"生态|污染|环境", r"排放|节能.*|减排|绿色|治理|大气|水污染|森林|碳.*|二氧化硫"),
        "epidemic": (r"疫情|疫苗|新冠", r"防控|抗疫|救治|传染病|公共卫生|病毒|防疫|患者|复工.*|常态化"),
        "health": (r"医疗|医保|医疗卫生", r"药品|医院|公共卫生|医生|疾病|报销|大病保险|基层|患者|合作医疗"),
    },
}


READ = """\
`python tests/benchmarks/suggest_themes.py`. `tracker themes suggest NAME` looks at the passages that mention a theme and proposes the words that are said there far more often than
elsewhere: log-odds with a prior (z > 3.5), and at least twice as often in the theme's passages as any word is. The table asks whether three words of a theme, widened by the first 25
proposals without a person looking at them, find the passages that *other* words of the theme (held out) tell to be about it. The widened list may find held-out words by itself, which
is its purpose; the next column bars them, so that only company counts. NMF: 25 topics of tf-idf, the one whose passages go most with the three terms; and the best of them chosen
afterwards, which nobody could do in earnest. AUC: .5 is guessing, 1 is perfect. The held-out list favours methods that count words; passages of one speech are not independent."""


def auc(score, truth):
    ranks = rankdata(score)
    n = truth.sum()
    return (ranks[truth].sum() - n * (n + 1) / 2) / (n * (~truth).sum())


def columns(candidates, pattern):
    forms = [candidates.written(i) for i in range(len(candidates.terms))]
    return np.array([any(re.fullmatch(pattern, form) for form in spelt) for spelt in forms])


def measured(candidates, topics, lengths, terms, held_out):
    """AUC of every method for one theme; the words held out may be found by widening, or are barred."""
    counts = candidates.counts
    own, hidden = columns(candidates, terms), columns(candidates, held_out)
    truth = np.asarray(counts[:, np.flatnonzero(hidden & ~own)].sum(axis=1)).ravel() >= 2
    plain = np.asarray(counts[:, np.flatnonzero(own)].sum(axis=1)).ravel()
    mentioned = plain > 0
    words = {word for i in np.flatnonzero(own) for word in candidates.terms[i]}
    found = {}
    for barred in (False, True):
        free = np.array([not words.intersection(term) for term in candidates.terms]) & ~(hidden if barred else False)
        kept = np.flatnonzero(free)
        part = type(candidates)(tuple(candidates.terms[i] for i in kept), candidates.spellings, counts[:, kept], (), (), 0)
        best = kept[strongest(part, companions(part.counts, mentioned), mentioned.mean())]
        found[barred] = plain + np.asarray(counts[:, best].sum(axis=1)).ravel()
    nearest = int(np.argmax([np.corrcoef(mentioned, topics[:, k])[0, 1] for k in range(topics.shape[1])]))
    return {
        "passages": int(truth.sum()),
        "three terms": auc(plain / lengths, truth),
        "widened": auc(found[False] / lengths, truth),
        "widened, held-out words barred": auc(found[True] / lengths, truth),
        "NMF topic nearest to the terms": auc(topics[:, nearest], truth),
        "best NMF topic, chosen afterwards": max(auc(topics[:, k], truth) for k in range(topics.shape[1])),
    }


def corpus_rows(corpus):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    with tempfile.TemporaryDirectory() as folder:
        workspace = init(Path(folder) / "w", themes="none")
        add(workspace, [str(CORPORA / corpus / "speeches.jsonl")])
        speeches = workspace.store.speeches()
        recipe = workspace.recipe
    units = passages_of(analyse_all(speeches, Lexicon(()), recipe), recipe)
    candidates = collect(units.passages, speeches, recipe, fewest=2)
    lengths = np.array([passage.tokens for _, passage in units.passages], dtype=float)
    common = np.flatnonzero(np.bincount(units.matrix.counts.indices, minlength=len(units.matrix.terms)) >= 10)
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(units.matrix.counts[:, common].astype(float))
    topics = NMF(TOPICS, init="nndsvd", max_iter=100, tol=1e-3).fit_transform(weights)
    for theme, (terms, held_out) in THEMES[corpus].items():
        yield corpus, theme, measured(candidates, topics, lengths, terms, held_out)


def told_in_rows(rows):
    names = [name for name in rows[0][2] if name != "passages"]
    lines = [(corpus, theme, f"{row['passages']:,}", *(f"{row[name]:.2f}" for name in names)) for corpus, theme, row in rows]
    means = (f"{np.mean([row[name] for _, _, row in rows]):.2f}" for name in names)
    return table(("corpus", "theme", "passages about it", *names), [*lines, ("all", "mean", "", *means)])


def main():
    rows = [row for corpus in (sys.argv[1:] or THEMES) for row in corpus_rows(corpus)]
    told = told_in_rows(rows)
    sys.stdout.write(told + "\n")
    if len(sys.argv) == 1:
        put("Themes: words suggested", f"{READ}\n\n{told}", libraries=("scikit-learn",))


if __name__ == "__main__":
    main()
