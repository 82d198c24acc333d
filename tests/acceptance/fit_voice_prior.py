"""Fit the weights by which sentences without a cue are given to the speaker; run `python tests/acceptance/fit_voice_prior.py` from the repository's root.

Every labelled English report gives its sentences without a cue, those before them labelled rightly; words count as weights of a sentence. The figures printed are
those of each file with the weights fitted on all the others; with `--write` the weights fitted on all files are written to tracker/voice/prior_weights.py.
"""

import sys
from bisect import bisect_right
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from test_voice_excerpts import FILES, OWN, WORDS, excerpts, words_right

from tracker.recipe import Recipe
from tracker.sources.blocks import split_blocks
from tracker.speech import Speech
from tracker.voice.chains import chain_quotations, goes_on, reports_in_the_present, resume_quotations
from tracker.voice.mark import attributed_sentences, turns_of
from tracker.voice.names import learn_names
from tracker.voice.prior import begin, is_open, weigh_statements
from tracker.voice.prior_features import features

TARGET = Path(__file__).parents[2] / "tracker" / "voice" / "prior_weights.py"
STRENGTH, THRESHOLDS = 1.0, (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
EXACT, LOST = 0.95, 0.01  # precision that every file must reach; recall given up for a higher threshold


def read(one):
    """The sentences of a report, their own cues found."""
    speech = Speech("a", one.text, speaker=one.speaker, kind="readout", language="en")
    names = learn_names(speech, Recipe())
    return attributed_sentences(speech, split_blocks(speech.text), names), names


def dialogue(one):
    return turns_of(Speech("a", one.text, speaker=one.speaker, kind="readout", language="en"), Recipe())


def label(one, sentence):
    starts = sorted(one.labels)
    at = bisect_right(starts, sentence.end - 1) - 1
    return one.labels[starts[at]] if at >= 0 else None


def words(one, sentence):
    return len(WORDS["en"].findall(one.text[sentence.start : sentence.end]))


def examples(one):
    """(features, whether the speaker's, words) of every sentence without a cue."""
    if dialogue(one):
        return
    sentences, names = read(one)
    present, heard = reports_in_the_present(sentences), begin(sentences)
    for at, here in enumerate(sentences):
        going_on = at and goes_on(sentences[at - 1], here, present=present)
        true = label(one, here)
        if not going_on and is_open(here) and true is not None:
            yield features(sentences, at, names, heard), true in OWN, words(one, here)
            here.who, here.sure = ("speaker" if true in OWN else "other" if true == "other" else None), False
        heard.pass_on(here)


def fit(several):
    """Weights and intercept of a logistic regression on examples."""
    names = sorted(several[0][0])
    x = np.array([[held[name] for name in names] for held, _, _ in several])
    y, size = np.array([own for _, own, _ in several]), np.array([count for _, _, count in several], dtype=float)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, y, sample_weight=size / size.mean())
    return {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}, round(float(model.intercept_[0]), 2)


def counted(one, weights, intercept, threshold):
    """Words rightly the speaker's, wrongly, and missed."""
    if dialogue(one):
        return np.array(words_right(one))
    sentences, names = read(one)
    weigh_statements(sentences, names, weights=weights, intercept=intercept, threshold=threshold)
    chain_quotations(sentences)
    resume_quotations(sentences)
    sums = np.zeros(3, dtype=int)
    for s in sentences:
        true, ours = label(one, s) in OWN, s.who == "speaker"
        sums += words(one, s) * np.array([true and ours, ours and not true, true and not ours])
    return sums


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def told(sums):
    return f"P {sums[0] / max(1, sums[0] + sums[1]):.3f} R {sums[0] / max(1, sums[0] + sums[2]):.3f}"


def main():
    files = {name: list(excerpts(name, language)) for name, language in FILES if language == "en"}
    held = {name: [found for one in several for found in examples(one)] for name, several in files.items()}
    fitted = {name: fit([e for other in held if other != name for e in held[other]]) for name in files}
    recalls = {}
    for threshold in THRESHOLDS:
        sums = {name: sum(counted(one, *fitted[name], threshold) for one in several if one.kind == "one") for name, several in files.items()}
        say(threshold, "all", told(sum(sums.values())), *(f"{name} {told(figures)}" for name, figures in sums.items()))
        worst = min(figures[0] / (figures[0] + figures[1]) for figures in sums.values())
        if worst >= EXACT:
            every = sum(sums.values())
            recalls[threshold] = every[0] / (every[0] + every[2])
    chosen = max(threshold for threshold, recall in recalls.items() if recall >= max(recalls.values()) - LOST)
    weights, intercept = fit([e for several in held.values() for e in several])
    say("threshold", chosen, "sentences", sum(map(len, held.values())), "features", len(weights))
    if "--write" in sys.argv:
        lines = "".join(f'    "{name}": {weight},\n' for name, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])))
        head = '"""Weights of what a sentence without a cue shows; written by `python tests/acceptance/fit_voice_prior.py --write`, not by hand."""\n\n'
        TARGET.write_text(f"{head}THRESHOLD = {chosen}\nINTERCEPT = {intercept}\nWEIGHTS = {{\n{lines}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
