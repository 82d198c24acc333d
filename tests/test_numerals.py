from hypothesis import given
from hypothesis import strategies as st

from tracker.numerals import NOTHING, number, p_value, p_words, scaled, signed, span

FLOATS = st.floats(-1e12, 1e12, allow_nan=False)


def test_thousands_are_separated_and_the_minus_sign_is_one():
    assert [number(1263, 0), number(-1263.04), number(999.95), number(-3.7)] == ["1,263", "−1,263.0", "1,000.0", "−3.7"]


def test_what_does_not_exist_is_a_dash():
    assert {number(None), number(float("inf")), number(float("nan")), signed(None), scaled(None, 10), span(None, 1.0), span(1.0, None), p_value(None)} == {
        NOTHING
    }


def test_nothing_has_no_sign():
    assert [number(-0.04), signed(-0.04), signed(0.04), scaled(-0.0, 10, sign=True)] == ["0.0", "0.0", "0.0", "0.0"]


def test_a_p_is_never_zero():
    assert [p_value(0.0), p_value(0.00099), p_value(0.001), p_value(1.0)] == ["< 0.001", "< 0.001", "0.001", "1.000"]
    assert [p_words(0.0), p_words(0.04)] == ["< 0.001", "= 0.040"]


@given(FLOATS, st.integers(0, 4))
def test_every_number_can_be_read_back(value, digits):
    for text in (number(value, digits), signed(value, digits)):
        assert "-" not in text
        assert abs(float(text.replace("−", "-").replace(",", "")) - value) <= 0.5 * 10.0**-digits + 1e-3 * (abs(value) > 1e10) + 1e-9 * abs(value)


@given(FLOATS, FLOATS)
def test_a_range_says_both_ends_as_they_stand_alone(low, high):
    assert span(low, high, 10, 2, sign=True) == f"{signed(10 * low, 2)} to {signed(10 * high, 2)}"
