"""Numbers are read as people type them, and are near enough or not."""

from decimal import Decimal

import pytest

from lms.questions.contract import SourceFault, parse
from lms.questions.types.numerical.numbers import OutOfRange, is_near, number_in


def numerical(*answers, **more):
    return parse({"id": "n", "type": "numerical", "ask": "?", "answers": list(answers), **more})


@pytest.mark.parametrize(
    ("typed", "value", "rest"),
    [
        ("12", "12", ""),
        ("+1.5", "1.5", ""),
        ("-.5", "-0.5", ""),
        ("−3", "-3", ""),
        ("5.", "5", ""),
        ("1,5", "1.5", ""),
        ("1,234.5", "1234.5", ""),
        ("1,234,567", "1234567", ""),
        ("1.234,5", "1.2345", ""),
        ("1 000 000", "1000000", ""),
        ("1\u202f000", "1000", ""),
        ("1e3", "1000", ""),
        ("1E-3", "0.001", ""),
        ("2x10^3", "2000", ""),
        ("2×10^-3", "0.002", ""),
        ("2 × 10⁻³", "0.002", ""),
        ("2*10**3", "2000", ""),
        ("2·10³", "2000", ""),
        ("۱۲۳", "123", ""),
        ("٣٫٥", "3.5", ""),
        ("１２．５", "12.5", ""),
        ("\u200f12\u200e", "12", ""),
        ("12 kΩ", "12", "kΩ"),
        ("5 eV", "5", "eV"),
        ("10²", "10", "^2"),
        ("1½", "11", "⁄2"),  # not one and a half, but it is refused for what follows
        ("1.2.3", "1.2", ".3"),
    ],
)
def test_it_is_read(typed, value, rest):
    assert number_in(typed) == (Decimal(value), rest)


@pytest.mark.parametrize("typed", ["", "abc", "nan", "inf", "-", ".", ",", "--1", "V 5", "1" * 101, "二十"])
def test_it_is_no_number(typed):
    assert number_in(typed) is None


@pytest.mark.parametrize("typed", ["1e301", "1e-99999999", "5x10^999"])
def test_it_is_out_of_range(typed):
    with pytest.raises(OutOfRange):
        number_in(typed)


@pytest.mark.parametrize(
    ("value", "answer", "tolerance", "near"),
    [
        ("6", "7", "1", True),
        ("5.99", "7", "1", False),
        ("8", "7", "1", True),
        ("8.01", "7", "1", False),
        ("7.00000000000001", "7", "0", True),
        ("7.000000000001", "7", "0", False),
        ("0", "0", "0", True),
        ("1e-20", "0", "0", False),
        ("-7", "7", "1", False),
        ("1e300", "1e300", "1", True),
    ],
)
def test_the_interval_has_both_ends(value, answer, tolerance, near):
    assert is_near(Decimal(value), Decimal(answer), Decimal(tolerance)) is near


def test_what_the_author_wrote_is_taken_to_the_letter():
    question = numerical({"value": 0.1, "tolerance": 0.2})

    assert question.mark({"text": "0.3"}).fraction == 1
    assert question.mark({"text": "0.3000001"}).fraction == 0
    assert question.solution() == {"text": "0.1"}


def test_a_unit_beside_the_field_may_be_typed_in_any_language():
    question = numerical({"value": 5}, unit={"en": "metres", "ur": "میٹر", "zh": "米"})

    for typed in ("5", "5 metres", "5 METRES", "5میٹر", "５米"):
        assert question.mark(question.read({"answer": [typed]}, {})).fraction == 1
    assert question.summary({"text": "5"}, "zh") == "5 米"
    assert question.summary({"text": "5 m"}, "zh") == "5 m"


@pytest.mark.parametrize("value", ["nan", "inf", True, "1e400", "5 V", None, [5], "", "9" * 60, float("inf")])
def test_a_value_that_nobody_can_type_is_refused(value):
    with pytest.raises(SourceFault) as refused:
        numerical({"value": value})

    assert refused.value.field == "answers.0.value"
    assert refused.value.remedy


def test_an_answer_that_is_never_reached_is_refused():
    with pytest.raises(SourceFault):
        numerical({"value": 7, "tolerance": 1, "fraction": 0.5}, {"value": 7})
    with pytest.raises(SourceFault):
        numerical({"value": "*"})
    with pytest.raises(SourceFault):
        numerical({"value": 7, "tolerance": -1})


@pytest.mark.parametrize(
    ("value", "written"), [(1.5e-3, "0.0015"), ("6.02e23", "6.02E+23"), (1e6, "1000000.0")]
)
def test_a_solution_is_written_as_people_write(value, written):
    question = numerical({"value": value})

    assert question.solution() == {"text": written}
    assert question.mark(question.solution()).fraction == 1
