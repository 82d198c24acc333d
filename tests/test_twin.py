import signal
import sys
import time
from threading import Thread

import pytest

from tracker.twin import Twin, answered


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


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process is stopped and goes on on POSIX alone")
def test_an_answer_is_whole_though_the_process_is_stopped_while_it_writes(monkeypatch):
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    twin = Twin(__name__, "doubling", "a")
    try:
        twin.say("b" * 10_000_000)
        for _ in range(40):  # nobody listens yet, so that it stands in the middle of its answer
            time.sleep(0.02)
            twin._process.send_signal(signal.SIGSTOP)
            twin._process.send_signal(signal.SIGCONT)
        heard = []
        listening = Thread(target=lambda: heard.append(len(twin.hear())), daemon=True)
        listening.start()
        listening.join(30)
        assert heard == [10_000_001]
    finally:
        twin.close()


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


class Answering:
    """What this process says; it waits so that the other one has its share, and notes what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, question):
        self.asked.append(question)
        time.sleep(0.01)
        return "a" + question


def test_two_answer_in_the_order_of_the_questions_and_each_has_a_share(twin):
    own, done = Answering(), []
    twin.say("ready?")
    twin.hear()
    questions = [f"{number}" for number in range(200)]
    assert answered(questions, twin, own, done.append) == ["a" + question for question in questions]
    assert 0 < len(own.asked) < 200
    assert own.asked == questions[: len(own.asked)]
    assert done == sorted(done)
    assert done[-1] == 200
    with pytest.raises((OSError, ValueError)):
        twin.say("closed")


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_what_one_that_is_ended_leaves_is_answered_here(twin, when):
    own = Answering()

    def ending(question):
        if question == "3":
            twin._process.kill()
        return own(question)

    if when == "before":
        twin._process.kill()
        twin._process.wait()
    questions = [f"{number}" for number in range(60)]
    assert answered(questions, twin, ending, lambda _: None) == ["a" + question for question in questions]


def test_a_question_that_it_cannot_answer_is_answered_here(twin):
    assert answered(["b", "c", 7], twin, lambda question: f"a{question}", lambda _: None) == ["ab", "ac", "a7"]


def test_an_error_here_ends_both(twin):
    def failing(_):
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        answered(["b", "c"], twin, failing, lambda _: None)
    assert twin._process.poll() is not None


def test_nothing_asked_is_nothing_answered(twin):
    assert answered([], twin, Answering(), lambda _: None) == []
