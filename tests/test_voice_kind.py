import json
from pathlib import Path

import pytest

from tracker.recipe import Recipe, SpeakerRecipe
from tracker.speech import Speech
from tracker.voice import detect_kind, headline_scope, kind_of, mark
from tracker.voice.reach import cues_reach

CORPORA = Path(__file__).resolve().parents[1] / "../shared/corpora"

SPEECH = "Fellow islanders, we have built a harbour. I thank every one of you. Our children will sail from it."
READOUT = "Premier Alva Brandt said the port will open in May. She stressed that the work is done. The port lies in Halsund."
ARTICLE = "The port of Halsund was built in 1930. It is 90 metres long. The council will repair it in May."


def test_words_in_the_first_person_make_a_transcript():
    assert detect_kind(SPEECH, "", Recipe()) == ("transcript", "157.9 first-person words per 1,000 outside quotation marks")


def test_a_speaker_cued_in_two_sentences_makes_a_readout():
    kind, reason = detect_kind(READOUT, "Alva Brandt", Recipe())
    assert kind == "readout"
    assert reason == "0.0 first-person words per 1,000 outside quotation marks; 2 sentences reported as words of Alva Brandt"


def test_first_person_words_inside_quotation_marks_do_not_make_a_transcript():
    assert detect_kind(READOUT + " “We did it, we and our friends,” she said.", "Alva Brandt", Recipe())[0] == "readout"


def test_one_cue_is_too_few_for_a_readout():
    assert detect_kind(ARTICLE + " Alva Brandt said so.", "Alva Brandt", Recipe())[0] == "article"


def test_a_text_without_a_known_speaker_is_an_article():
    kind, reason = detect_kind(READOUT, "", Recipe())
    assert kind == "article"
    assert reason.endswith("no speaker is known")


def test_a_speaker_never_cued_makes_an_article():
    assert detect_kind(ARTICLE, "Alva Brandt", Recipe())[0] == "article"


def test_a_single_we_in_a_long_text_does_not_make_a_transcript():
    assert detect_kind(ARTICLE * 20 + " We shall see.", "", Recipe())[0] == "article"


def test_the_abbreviated_country_is_not_the_pronoun():
    assert detect_kind("The US and the U.S. Senate in the US agreed with World War I. " * 3, "", Recipe())[0] == "article"


def test_chinese_first_person_makes_a_transcript():
    assert detect_kind("各位代表，我们要建设新的港口，我国的渔业很好。", "", Recipe())[0] == "transcript"
    assert detect_kind("港口于五月开放，渔业很好，委员会将于六月修缮码头。", "", Recipe())[0] == "article"


def test_other_languages_are_taken_for_transcripts_and_the_reason_says_so():
    kind, reason = detect_kind("Le port sera ouvert en mai et les travaux sont finis dans la ville.", "", Recipe())
    assert (kind, reason) == ("transcript", "not examined: the rules do not cover `fr`")


def test_an_empty_text_is_an_article():
    assert detect_kind("", "Alva Brandt", Recipe())[0] == "article"


def test_only_readouts_and_digests_are_measured_on_the_speakers_words():
    assert [headline_scope(k) for k in ("transcript", "readout", "article", "digest")] == ["all", "speaker", "all", "speaker"]


@pytest.mark.shared
@pytest.mark.parametrize("corpus", ["inaugural", "ecb_pressconf", "canada_throne", "gwr_zh", "fomc_statements"])
def test_published_corpora_are_told_by_their_kind(corpus):
    path = CORPORA / corpus / "speeches.jsonl"
    if not path.exists():
        pytest.skip("the published corpora are not beside the checkout")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:60]]
    kinds = [detect_kind(row["text"], row.get("speaker", ""), Recipe())[0] for row in rows]
    assert set(kinds) == {"article" if corpus == "fomc_statements" else "transcript"}


MIXED = (
    SPEECH,
    READOUT,
    ARTICLE,
    ARTICLE + " Alva Brandt said so.",
    READOUT + " “We did it, we and our friends,” she said.",
    "I was there. We saw it. " + READOUT,
    "I was there. We saw it, my friends and I. " + READOUT * 3,
    READOUT.replace("”", ""),
    "Alva Brandt said:\n\nThe port will open.\n\nI thank you all.\n\nWe sail.",
    "“The port will open in May. And we shall all be there.” “So it is,” Alva Brandt said. “Go on.”\n\n“We will,” she added.",
    "Q. Why?\nA. We had to.\nQ. When?\nA. In May.",
    "各位代表，我们要建设新的港口，我国的渔业很好。",
    "陶某强调，我们要建设港口。他指出，渔业很好。",
    "The US and the U.S. Senate in the US agreed with World War I. " * 3,
    "Le port sera ouvert en mai et les travaux sont finis dans la ville.",
    "",
)


@pytest.mark.parametrize("speaker", ["Alva Brandt", "", " ", "陶某", "Port Authority"])
@pytest.mark.parametrize("text", MIXED)
def test_the_kind_alone_is_the_kind_with_its_reason(text, speaker):
    assert kind_of(text, speaker, Recipe()) == detect_kind(text, speaker, Recipe())[0]


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(speakers={"Alva Brandt": SpeakerRecipe(surname="Brandt", titles=("Prime Minister",), pronoun="she")})])
def test_the_sentences_counted_for_the_kind_are_those_that_are_marked(recipe):
    for text in MIXED[:10]:
        speech = Speech("", text, speaker="Alva Brandt", kind="readout", language="en")
        count = sum(s.is_speakers and (s.cued or s.sure) for s in mark(speech, recipe))
        assert cues_reach(speech, recipe, count)
        assert not cues_reach(speech, recipe, count + 1)
