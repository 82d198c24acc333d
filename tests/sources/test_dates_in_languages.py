"""One date out of many, in texts of other languages."""

from datetime import date

import pytest

from tracker.sources import resolve_date, stated_day
from tracker.sources.blocks import split_blocks


def resolve(text, **rest):
    return resolve_date(text, today=date(2026, 1, 1), **rest)


@pytest.mark.parametrize(
    "dateline",
    [
        "TARNVIK, 7. September 2023 (dpa) - ",
        "Tarnvik, 07. Sep 2023 (Reuters) – ",
        "TARNVIK, 7 sept 2023 (AFP) - ",
        "Tarnvik, le 7 septembre 2023 — ",
        "Árvik, 7 sep 2023 (EFE).- ",
        "Tarnvik, 7 de septiembre de 2023 (Norprensa) - ",
    ],
)
def test_the_dateline_of_an_agency_is_the_publication(dateline):
    text = f"Docks\n\n{dateline}Alva Brandt und der Hafen, el puerto, le port.\n\nEs ist gut."
    found = resolve(text)
    assert (found.text, str(found.published), found.basis) == ("2023-09-07", "2023-09-07", "dateline")
    assert [block.block for block in split_blocks(text)] == ["title", "dateline", "body", "body"]


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("TARNVIK, 7. September 2023 (dpa) - ", "Ministerpräsidentin Alva Brandt hat am Mittwoch den Hafen eröffnet."),
        ("TARNVIK, 7 sept 2023 (AFP) - ", "La première ministre Alva Brandt a ouvert mercredi le port."),
        ("Tarnvik, 7 sep 2023 (EFE).- ", "La primera ministra Alva Brandt abrió este miércoles el puerto."),
        ("新华社滨海2023年9月7日电 ", "国务院总理安和平周三在滨海出席港口开放仪式。"),
    ],
)
def test_a_weekday_before_the_dateline_is_the_event(dateline, sentence):
    found = resolve(f"Docks\n\n{dateline}{sentence}\n\nEs ist gut.")
    assert (found.text, str(found.published), found.status) == ("2023-09-06", "2023-09-07", "inferred")


def test_the_weekday_of_last_week_or_next_dates_nothing():
    for sentence in ("La première ministre a parlé mardi dernier du port.", "La ministra habló el martes pasado del puerto.", "总理上周二谈到港口。"):
        assert resolve(f"Docks\n\nTarnvik, 7 sep 2023 (EFE).- {sentence}\n\nNada.").basis == "dateline"


@pytest.mark.parametrize(
    "sentence",
    [
        "Am 7. September 2023 eröffnete Ministerpräsidentin Alva Brandt den Hafen.",
        "Ministerpräsidentin Alva Brandt hat am 7. September 2023 den Hafen eröffnet.",
        "Le 7 septembre 2023, la présidente Alva Brandt a ouvert le port.",
        "La présidente Alva Brandt a le 7 septembre 2023 ouvert le port.",
        "El pasado 7 de septiembre de 2023, la presidenta Alva Brandt abrió el puerto.",
        "2023年9月7日，国务院总理安和平在滨海出席港口开放仪式。",
        "国务院总理安和平2023年9月7日下午在滨海出席港口开放仪式。",
    ],
)
def test_the_day_in_the_first_paragraph_is_the_event(sentence):
    found = resolve(f"Docks\n\n{sentence}\n\nEs ist gut.", stated=[stated_day("published", "2023-09-09", "table")])
    assert (found.text, str(found.published), found.basis) == ("2023-09-07", "2023-09-09", "text")


def test_a_day_that_its_weekday_confirms_is_agreed_and_another_conflicts():
    text = "Docks\n\nEl {} 7 de septiembre de 2023, la presidenta Alva Brandt abrió el puerto.\n\nEs grande."
    assert resolve(text.format("jueves")).status == "agreed"
    assert resolve(text.format("lunes")).status == "conflicting"


def test_a_day_of_the_month_takes_its_month_from_the_dateline():
    report = "港口开放\n\n新华社滨海{}电 国务院总理安和平{}在滨海出席港口开放仪式。\n\n他很高兴。"
    found = resolve(report.format("2023年9月8日", "7日"))
    assert (found.text, str(found.published), found.status) == ("2023-09-07", "2023-09-08", "inferred")
    assert found.evidence == "The text says “7日”; the month is taken from the publication date “2023年9月8日” in the dateline."
    assert resolve(report.format("2023年9月1日", "31日")).text == "2023-08-31"
    assert resolve(report.format("2023年1月1日", "31日")).text == "2022-12-31"


def test_a_number_of_days_is_no_day_of_the_month():
    assert resolve("港口\n\n新华社滨海2023年9月8日电 会议于开幕后10日内结束。\n\n好。").text == "2023-09-08"


@pytest.mark.parametrize(
    "head",
    [
        "Rede zur Eröffnung\n\nTarnvik, den 7. September 2023\n\nIch begrüße Sie. Wir haben viel vor.",
        "Rede vor dem Hafenrat am 7. September 2023\n\nIch begrüße Sie. Wir haben viel vor.",
        "Discours d'ouverture\n\nTarnvik, le jeudi 7 septembre 2023\n\nJe vous salue. Nous avons des projets.",
        "Discours\n\nPrononcé le 7 septembre 2023 à Tarnvik\n\nJe vous salue. Nous avons des projets.",
        "Discurso\n\nPronunciado en Tarnvik el 7 de septiembre de 2023\n\nYo los saludo. Nuestro puerto es grande.",
        "港口大会报告\n\n——二〇二三年九月七日在港口大会上\n\n各位代表：我们很高兴。",
        "Speech\n\nTarnvik, 7/9/2023\n\nI greet you. We begin.",
    ],
)
def test_a_line_above_the_speech_dates_it(head):
    assert resolve(head, order="dmy").text == "2023-09-07"


@pytest.mark.parametrize(
    "title",
    [
        "Rede zum 50. Jahrestag des 8. Mai 1945",
        "Discours pour l'anniversaire du 8 mai 1945",
        "Discurso por el aniversario del 8 de mayo de 1945",
        "Address on the anniversary of 8 May 1945",
        "Remarks on the treaty signed on 8 May 1945",
        "The charter of 8 May 1945",
        "纪念一九四五年五月八日大会讲话",
    ],
)
def test_a_day_that_is_only_remembered_dates_nothing(title):
    found = resolve(f"{title}\n\nI greet you all. We remember, and our work goes on.")
    assert found.status == "missing"


@pytest.mark.parametrize(
    ("speech", "language"),
    [
        ("Am 3. Oktober 1990 wurde unser Hafen eröffnet. Wir haben seither viel gebaut, und ich danke Ihnen.", "de"),
        ("Le 3 octobre 1990, notre port a été ouvert. Nous avons beaucoup construit depuis, et je vous remercie.", "fr"),
        ("El 3 de octubre de 1990 se abrió nuestro puerto. Hemos construido mucho y yo les doy las gracias.", "es"),
        ("1990年10月3日，港口开放。我们建设了很多，我感谢各位。", "zh"),
    ],
)
def test_days_in_a_speech_in_the_first_person_are_history(speech, language):
    assert resolve(f"Hafen\n\n{speech}\n\nOK.").status == "missing", language


def test_a_german_quotation_does_not_hide_the_first_person():
    text = "Rede\n\nAm 3. Oktober 1990 hieß es „Auf geht es“. Wir haben seither viel gebaut, ich danke Ihnen, und unser Hafen wächst.\n\nGut."
    assert resolve(text).status == "missing"


def test_a_range_counts_with_its_first_day_and_says_so():
    found = resolve("Harbour talks\n\nTarnvik, 7-9 September 2023\n\nI greet you. We begin.")
    assert (found.text, found.evidence) == ("2023-09-07", "The header says “7-9 September 2023”, of which the first day counts.")


def test_a_weekday_inside_a_range_contradicts_nothing_and_one_outside_does():
    text = "Talks\n\nOn September 7-9, 2023, Premier Alva Brandt met farmers. They dined on {}.\n\nIt rained."
    assert resolve(text.format("Friday")).status == "inferred"
    assert "which is one of those days" in resolve(text.format("Friday")).evidence
    assert resolve(text.format("Thursday")).status == "agreed"
    assert resolve(text.format("Monday")).status == "conflicting"


@pytest.mark.parametrize(
    "words", ["On September 7 last year, ", "Am 7. September letzten Jahres hat ", "Le 7 septembre dernier, ", "El 7 de septiembre del año pasado, "]
)
def test_a_day_of_another_year_is_not_given_the_year_of_the_publication(words):
    found = resolve(f"Talks\n\n{words}Alva Brandt (Tarnvik).\n\nGut.", stated=[stated_day("published", "2023-10-08", "table")])
    assert found.text == "2023-10-08"


def test_an_ambiguous_line_above_the_speech_is_refused_with_the_reason():
    found = resolve("Speech\n\nTarnvik, 03/04/2023\n\nI greet you. We begin.")
    assert (found.status, found.evidence) == ("missing", "“03/04/2023” can be read as day/month or month/day.")
