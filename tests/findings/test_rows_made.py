import pytest

from tracker.findings.rows import Made


def test_items_are_made_again_each_time_and_are_those_of_the_list():
    asked = []

    def make():
        asked.append(1)
        return iter("abcdef")

    held, whole = Made(make, 6), list("abcdef")
    assert list(held) == list(held) == whole
    assert len(asked) == 2
    for at in (slice(None), slice(2, 4), slice(-2, None), slice(4, 2), slice(None, None, 2), slice(None, None, -1)):
        assert list(held[at]) == whole[at]
    assert (held[0], held[-1], "c" in held, len(held)) == ("a", "f", True, 6)
    with pytest.raises(IndexError):
        held[6]
