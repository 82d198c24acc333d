import sys

import pytest

from tracker.twin import Twin


def doubling(given):
    def answer(question):
        sys.stdout.write("noise that is no answer")
        return None if question is None else given + question

    return answer


@pytest.fixture
def twin():
    made = Twin(__name__, "doubling", "a")
    yield made
    made.close()


def test_it_answers_one_question_after_another(twin):
    said = []
    for question in ("b", "half a sign \ud83d, NUL \0", "c" * 3_000_000):
        twin.say(question)
        said.append(twin.hear())
    assert said == ["ab", "ahalf a sign \ud83d, NUL \0", "a" + "c" * 3_000_000]


def test_one_that_is_ended_is_an_error_and_no_wait(twin):
    twin._process.kill()
    twin._process.wait()
    with pytest.raises(BrokenPipeError):
        _asked(twin)


def _asked(twin):
    twin.say("b")
    return twin.hear()


def test_one_that_fails_is_an_error(twin):
    twin.say(7)
    with pytest.raises(BrokenPipeError):
        twin.hear()


def test_one_that_does_not_begin_is_an_error():
    twin = Twin("tracker.nowhere", "nothing", None)
    with pytest.raises(BrokenPipeError):
        twin.hear()
    twin.close()
