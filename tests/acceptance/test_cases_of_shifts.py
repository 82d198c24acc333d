"""The latest speech against all before it, comparisons within strata, and the lock, as a user meets them."""

import json
from pathlib import Path

import pytest

THEMES = '[themes.ports]\nlabel = "Ports"\ncore = ["harbour*"]\nterms = ["quay*"]\n\n[themes.farms]\nlabel = "Farms"\nterms = ["orchard*"]\n'
FILLER = ("market", "river", "ledger", "bridge", "evening", "neighbour", "teacher", "window", "garden", "letter")


def speech(name, day, harbours, *, quays=1, orchards=6, size=120, **fields):
    words = ["harbour"] * harbours + ["quay"] * quays + ["orchard"] * orchards
    words += [FILLER[(i * 7 + harbours) % 10] for i in range(size - len(words))]
    body = " ".join("The " + " and the ".join(words[i : i + 6]) + f" of {name}." for i in range(0, size, 6))
    told = {"title": name, "date": day, "speaker": "Mara Lind", "kind": "transcript", "language": "en", **fields}
    Path(f"{name}.md").write_text("---\n" + "".join(f"{k}: {v}\n" for k, v in told.items()) + f"---\n{body}\n", encoding="utf-8")


@pytest.fixture
def years(here, tracker):
    """Twelve usual speeches of 2022, half of them in Ostby and half in Norvik, and one of 2023 full of harbours."""
    assert tracker("init", "--themes", "none").code == 0
    Path("themes.toml").write_text(THEMES, encoding="utf-8")
    for i in range(12):
        speech(f"number {'abcdefghijkl'[i]}", f"2022-{i + 1:02d}-03", 3 + i % 3, orchards=5 + i % 4, place="Ostby" if i % 2 else "Norvik")
    speech("the last", "2023-02-01", 30, orchards=6, place="Ostby")
    assert tracker("add", ".", "--quiet").code == 0
    return here


def test_the_latest_speech_is_held_against_all_before_it(years, tracker):
    data = json.loads(tracker("compare", "..2023", "latest", "--json").out)["data"]
    themes = {theme["id"]: theme for theme in data["themes"]}
    assert (data["method"], data["before"]["events"], data["after"]["events"]) == ("stands-out", 12, 1)
    assert {name: theme["verdict"] for name, theme in themes.items()} == {"ports": "stands out", "farms": "within the usual range"}
    standing = themes["ports"]["standing"]
    assert (standing["side"], standing["high"], standing["higher_than"], standing["ranked"]) == ("after", True, 12, 12)
    assert standing["usual"]["method"] == "prediction-t"
    assert data["reference"] == {"side": "after", "events": 12, "df": 11, "same": ["kind", "language", "speaker"], "periods": "", "when": "earlier"}
    assert data["family"] == {"tests": 2, "level": 0.95, "min_log2_ratio": 0.3, "min_points": 0.5, "same_ratio": 1.5, "min_expected_hits": 5.0}


def test_the_terminal_says_what_stands_out_among_what_and_never_that_it_rose(years, tracker):
    said = tracker("compare", "..2023", "latest")
    assert said.code == 0
    assert "latest is held against 12 events of the same kind, language and speaker (11 df)" in said.out
    assert "stands out, high (higher than all 12 earlier speeches)" in " ".join(said.out.split())
    assert "2 themes tested, q over these; a change counts at q <= 0.05 and a |log2 ratio| of 0.3 or 5 theme words per 1,000" in said.out
    assert "W2: latest has one speech. It is compared with the usual spread among 12 speeches of the same kind (t, 11 df)" in said.err
    assert not [word for word in ("rose", "fell", "W1:") if word in said.out + said.err]


def test_the_report_on_the_latest_speech_says_so_in_page_charts_and_tables(years, tracker):
    run = json.loads(tracker("report", "..2023", "latest", "--json").out)["data"]
    assert "Ports stands out in latest" in " ".join(f["claim"] for f in run["findings"])
    folder = years / "reports" / run["run"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    for words in (
        "What stands out",
        "Ports stands out in latest",
        "higher than all 12 earlier speeches",
        "usual low",
        "stands out, high",
        "prediction interval",
    ):
        assert words in page, words
    header, *rows = (folder / "data" / "themes.csv").read_text(encoding="utf-8").splitlines()
    first = dict(zip(header.split(","), rows[0].split(","), strict=True))
    assert (first["stands"], first["higher_than"], first["ranked"], first["verdict"]) == ("high", "12", "12", "stands out")
    assert "stands out, high" in (folder / "report.md").read_text(encoding="utf-8")


def test_a_comparison_within_places_says_what_enters_and_what_drops_out(years, tracker):
    speech("one more", "2023-03-01", 4, place="Ostby")
    speech("and another", "2023-04-01", 5, place="Norvik")
    assert tracker("add", ".", "--quiet").code == 0
    said = tracker("compare", "2022", "2023", "--within", "place")
    assert "within place: Ostby 6 and 2 events; 6 and 1 events left out" in said.out
    data = json.loads(tracker("compare", "2022", "2023", "--within", "place", "--json").out)["data"]
    assert data["within"] == {"key": "place", "strata": [["Ostby", 6, 2]], "dropped": [6, 1]}
    assert (data["before"]["events"], data["after"]["events"], data["before"]["places"]) == (6, 2, ["Ostby"])


def test_strata_that_do_not_exist_are_refused_with_a_command_that_works(years, tracker, refused):
    text = "error: no strata by `colour`\n  there are: speaker, place, outlet, kind, language\n\nhint: tracker compare 2022 2023 --within kind\n"
    refused(["compare", "2022", "2023", "--within", "colour"], text)
    text = "error: the balance of two themes is not measured within strata\n\nhint: tracker compare 2022 2023 --balance ports:farms\n"
    refused(["compare", "2022", "2023", "--within", "kind", "--balance", "ports:farms"], text)


def test_the_lock_is_made_shown_kept_and_released(years, tracker, refused):
    made = json.loads(tracker("lock", "--json").out)["data"]
    assert (made["state"], made["changed"], sorted(made["themes"])) == ("locked", [], ["farms", "ports"])
    shown = f"locked on {made['date']}: recipe {made['recipe']['id']}, 2 themes\n"
    assert (tracker("lock").out, tracker("lock", "--show").out) == (shown, shown)
    assert f"locked on {made['date']}, before this contrast was first looked at\n" in tracker("compare", "2022", "2023").out
    Path("themes.toml").write_text(THEMES.replace('"quay*"', '"pier*"'), encoding="utf-8")
    said = tracker("compare", "2022", "2023", "--level", "0.9")
    assert f"locked on {made['date']}, before this contrast was first looked at; changed since\n" in said.out
    assert f"W27: Recipe and themes were locked on {made['date']}; since then changed: measure.level was 0.95, is 0.9; the words of `ports`." in said.err
    assert tracker("lock", "--show").out == f"{shown}changed since: the words of `ports`\n"
    refused(["lock"], f"error: locked on {made['date']} already, with other settings or themes\n  the words of `ports`\n\nhint: tracker lock --release\n")
    assert tracker("lock", "--release").out.startswith(f"released: it was locked on {made['date']}")
    assert tracker("lock", "--show").out == "nothing is locked\n"
    assert json.loads(tracker("lock", "--show", "--json").out)["data"] == {"state": "none"}
    refused(["lock", "--release"], "error: nothing is locked\n\nhint: tracker lock\n")
    refused(["lock", "--show", "--release"], "error: `--show` and `--release` are two things\n\nhint: tracker lock --show\n", code=2)


def test_what_had_been_looked_at_before_the_lock_is_said(years, tracker):
    tracker("words", "2022", "2023")
    assert tracker("lock").err == "1 contrast was looked at before: the lock says nothing for it\n"
    assert ", after this contrast had been looked at" in tracker("compare", "2022", "2023").out
