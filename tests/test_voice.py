import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.recipe import Recipe
from tracker.sources.blocks import split_blocks
from tracker.speech import Speech
from tracker.voice import mark

LETTERS = {"q": "quoted", "a": "attributed", "o": "other", "i": "institutional", "n": "narrated"}

# {q} quoted, {a} attributed, {o} other, {i} institutional, {n} narrated: the label of the sentence that follows.
FORUM = """Brandt opens coastal forum in Port Sela

PORT SELA, May 4 (Norlund News Agency) -- {a}Norlundian Prime Minister Alva Brandt on Thursday called for a wider use of tidal power along the northern coast.

{a}Speaking at the opening of a coastal forum in Port Sela, Brandt said that cheap electricity had to reach every fishing village within five years.

{q}"A village without light is a village without a school," she said. {q}"We owe the children better than that."

{a}The prime minister stressed that the new grid should be built by local firms. {a}This must not wait for foreign loans.

{n}Brandt also toured a shipyard and met with apprentices. {n}She was briefed on the repair of the old breakwater.

{o}Energy Minister Tor Halle said the ministry would publish the plan in June. {o}He added that three bidders had come forward.

{a}The Norlundian prime minister pledged to double the budget for harbour towns, adding that no town would be left behind.

{a}New ferries will link the islands from next summer, according to Brandt.

{i}It was stressed at the forum that the islands need more doctors.

{i}The meeting called for a common register of fishing boats.

{n}Norlund has about 400 inhabited islands, most of them without a bridge.

{q}"Our sea is not a border," Brandt declared. {q}"It is a road. {q}It has always been one."

{a}The islands are the measure of our unity, the prime minister noted during a visit to the town of Halsund.

{n}The forum was attended by some 300 guests from nine countries."""

DROUGHT = """{a}President Ossian Varga of Sunder has urged farmers to prepare for a dry summer.

{a}In a televised meeting with regional governors, Mr. Varga demanded that every district report its water reserves by Monday. {a}He warned that waste would be punished and called on mayors to repair leaking pipes.

{n}The president arrived in Tamar on Tuesday, accompanied by the agriculture minister.

{q}“The rivers are low, and the harvest is in danger. {q}We have seen worse years. {q}We shall come through this one,” the president told reporters.

{o}Opposition leader Mira Stoll said the government had ignored earlier warnings. {o}“They slept through the spring,” Stoll said. {o}“Now they wake up in the dust.”

{a}Varga rejected the criticism, insisting that the dams were full in March.

{a}Sunder must become independent of imported grain, Varga said, adding that new storage sites were needed in the south.

{o}A spokesman for Varga said the list of sites would be published. {o}Analysts said the cost could reach two billion crowns.

{a}Varga, who took office in 2031, also announced a fund for young farmers. {a}Once established, the fund will lend money without interest.

{a}During the visit, the president met local vintners and praised their patience.

{a}The dry years, Varga noted, are here to stay.

{q}Varga said: “Save every drop.”

{n}Tamar lies on the Olt, the longest river of Sunder. {n}Last year it fell to its lowest level since records began."""

DELTA = """{a}Kaitan President Lin Weiro on Monday stressed the need to protect the wetlands of the south.

{n}Lin, also chairman of the Central Council, made the remarks when inspecting the delta region.

{a}Efforts should be made to restore the mangroves, Lin said.

{a}Lin pointed out that the delta feeds forty million people, noting that its soil has become salty.

{n}Lin watched fishermen repair nets and listened to a report on tides.

{q}"Green water is worth more than gold," Lin told villagers.

{a}Noting the importance of science, Lin called on researchers to serve the countryside.

{a}He also encouraged young people to return to their home villages.

{n}Lin was accompanied by Deng Parro and other senior officials.

{a}The president urged local authorities to step up flood control. {a}Rescue teams must be ready at all times. {n}The river rose two metres last week.

{a}On education, Lin demanded that rural schools be given more teachers.

{a}More work is needed to improve the lives of the fishermen, he added.

{n}Visiting a school in the town of Meishu, Lin walked into a classroom and talked with the children.

{o}Deng Parro presided over the meeting and asked officials to study the president's instructions.

{a}Lin visited a seed bank and emphasized that seeds are the chips of agriculture.

{i}Participants pledged to carry out the plan.

{i}The two sides agreed to expand trade.

{a}Lin's wish is clear: he hopes that the cranes will return.

{a}The Kaitan president also expressed condolences to the families of the victims.

{o}Former President Han Weiro said the wetlands had been neglected."""

TALKS = """{n}President Jonah Reyes spoke today with Prime Minister Ada Lund of Norlund. {a}The President underscored the enduring friendship between the two countries. {i}The two leaders discussed cooperation on fisheries and agreed to meet in autumn.

{a}President Reyes reaffirmed his support for a free strait. {o}Prime Minister Lund thanked the President for the loan of two icebreakers. {o}She stressed that Norlund would return them in spring.

{a}Reyes said Lund had told him the ice was melting early.

{q}“Friends do not count,” said Reyes.

{o}“They do in my country,” said Prime Minister Ada Lund.

{q}“We have a plan,” Reyes told the parliament. {q}“It is simple.

{q}“First, we open the harbours. {q}Second, we pay the pilots.

{q}“Third, we wait for the ships.”

{n}The parliament rose at noon.

{a}Asked about the tariff, President Reyes replied that he had no plan to lift it.

{o}The finance ministry said in a statement that the tariff brought in nine million.

{a}In a letter to the mayor of Salt Bay, Reyes wrote that the lighthouse would be repaired.

{o}According to the opposition, the plan costs too much.

{a}According to President Reyes, the plan pays for itself.

{a}“Nonsense” was how Reyes described the report.

{a}The harbours were described by Reyes as the lungs of the nation."""

# A foreign ministry's readout goes on in plain statements after the first sentence; nothing says that they are still the speaker's.
MINISTRY = """{a}President Lin Weiro pointed out that Kaitan and Norlund are good neighbours. {a}The two countries trust each other. {a}Kaitan stands ready to buy more timber. {a}The friendship has deep roots. {a}Trade grows year by year.

{o}Alva Brandt said she was glad to visit again. {o}Norlund values the friendship."""


def labelled(marked):
    """Split a marked text into the text and the voice expected at each offset."""
    text, expected, done = "", {}, 0
    for mark_ in re.finditer(r"\{([qaoin])\}", marked):
        text += marked[done : mark_.start()]
        expected[len(text)] = LETTERS[mark_[1]]
        done = mark_.end()
    return text + marked[done:], expected


def compare(marked, speaker):
    text, expected = labelled(marked)
    found = {s.start: s.voice for s in mark(Speech("a", text, speaker=speaker, kind="readout", language="en"), Recipe()) if s.block == "body"}
    return expected, found


def precision_and_recall(marked, speaker):
    expected, found = compare(marked, speaker)
    truth = {start for start, voice in expected.items() if voice in ("quoted", "attributed")}
    ours = {start for start, voice in found.items() if voice in ("quoted", "attributed")}
    return len(truth & ours) / len(ours), len(truth & ours) / len(truth)


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [(FORUM, "Alva Brandt"), (DROUGHT, "Ossian Varga"), (DELTA, "Lin Weiro"), (TALKS, "Jonah Reyes")],
    ids=["forum", "drought", "delta", "talks"],
)
def test_every_sentence_of_a_whole_readout_has_the_voice_a_reader_gives_it(marked, speaker):
    expected, found = compare(marked, speaker)
    assert found == expected


def test_the_other_leader_of_a_talk_can_be_tracked_in_the_same_text():
    text, _ = labelled(TALKS)
    found = mark(Speech("a", text, speaker="Ada Lund", kind="readout", language="en"), Recipe())
    assert [text[s.start : s.start + 14] for s in found if s.is_speakers] == ["Prime Minister", "She stressed t", "“They do in my"]


def test_a_ministry_readout_keeps_its_precision():
    assert precision_and_recall(MINISTRY, "Lin Weiro")[0] == 1.0


def test_most_of_a_ministry_readout_is_found():
    assert precision_and_recall(MINISTRY, "Lin Weiro")[1] >= 0.8


PIECES = [
    "Brandt said ",
    "“We go.",
    "” ",
    "he ",
    "urged ",
    "Premier Alva Brandt ",
    ", ",
    ". ",
    "\n\n",
    "\n",
    "the meeting stressed ",
    '"',
    "‘",
    "’",
    "It must end. ",
    "é ",
    "Tor Halle ",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from(["readout", "transcript", "article", "digest"]),
    st.sampled_from(["en", "zh", "und"]),
)
def test_segments_are_in_order_inside_the_text_and_hold_every_letter(text, kind, language):
    found = mark(Speech("a", text, speaker="Alva Brandt", kind=kind, language=language), Recipe())
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {i for s in found for i in range(s.start, s.end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())
    assert all(s.frame == (0, 0) or s.start <= s.frame[0] < s.frame[1] <= s.end for s in found)


def test_the_segments_of_a_block_lie_in_its_paragraph():
    text, _ = labelled(FORUM)
    found = mark(Speech("a", text, speaker="Alva Brandt", kind="readout", language="en"), Recipe())
    for block in split_blocks(text):
        inside = [s for s in found if block.start <= s.start < block.end]
        assert inside[0].start == block.start
        assert {(s.block, s.paragraph) for s in inside} == {(block.block, block.paragraph)}


SEEDS = Path(__file__).resolve().parents[1] / "../shared/seeds"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("prefix", "spoken", "quoted", "institutional"),
    [("000", {2, 3, 8, 9, 12, 13}, {3}, set()), ("002", {2, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17}, set(), {9})],
)
def test_the_hand_labels_of_the_real_readouts_are_met(prefix, spoken, quoted, institutional):
    path = next(iter(sorted(SEEDS.glob(f"{prefix}_*.txt"))), None)
    if path is None:
        pytest.skip("the real readouts are not beside the checkout")
    text = path.read_text(encoding="utf-8")
    speaker = re.search(r"(?<=President )[A-Z]\w+ [A-Z]\w+", text)[0]
    found = [s for s in mark(Speech("a", text, speaker=speaker, kind="readout", language="en"), Recipe()) if s.block != "dateline"]
    assert {i for i, s in enumerate(found) if s.is_speakers} == spoken
    assert {i for i, s in enumerate(found) if s.voice == "quoted"} == quoted
    assert {i for i, s in enumerate(found) if s.voice == "institutional"} == institutional
