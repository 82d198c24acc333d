import signal
import sys
import time
from threading import Thread

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
