"""Codes forgive how they are typed and notice when they are wrong; names are shown in part only."""

from random import Random

import pytest

from lms.credentials import rules

CODE = rules.new_code(Random(7).getrandbits)


def test_a_code_has_eighty_random_bits_and_a_check_character():
    assert len(CODE) == 17
    assert rules.new_code(lambda bits: 2**bits - 1)[:16] == "Z" * 16
    assert rules.new_code(lambda bits: 0) == "0" * 17
    assert len({rules.new_code(Random(seed).getrandbits) for seed in range(500)}) == 500


@pytest.mark.parametrize("seed", range(5))
def test_every_single_slip_is_noticed(seed):
    code = rules.new_code(Random(seed).getrandbits)
    for place in range(len(code)):
        for character in set(rules.ALPHABET) - {code[place]}:
            assert rules.read_code(code[:place] + character + code[place + 1 :]) is None


@pytest.mark.parametrize("seed", range(5))
def test_every_swap_of_two_is_noticed(seed):
    code = rules.new_code(Random(seed).getrandbits)
    for first in range(len(code)):
        for second in range(first):
            swapped = list(code)
            swapped[first], swapped[second] = code[second], code[first]
            if code[first] != code[second]:
                assert rules.read_code("".join(swapped)) is None


def test_typing_is_forgiven():
    code = next(
        code
        for seed in range(99)
        if "0" in (code := rules.new_code(Random(seed).getrandbits)) and "1" in code
    )
    grouped = " ".join(code[start : start + 4] for start in range(0, 17, 4))

    for typed in (
        grouped,
        grouped.lower(),
        grouped.replace(" ", "-"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("1", "I"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in code),
    ):
        assert rules.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "hello", CODE[:-1], CODE + "0", "U" * 17, "٣" * 17, "🙂" * 17])
def test_what_is_no_code_is_refused(typed):
    assert rules.read_code(typed) is None


def test_numbers_count_year_by_year():
    assert rules.number_of("KK-2026", 1) == "KK-2026-000001"
    assert rules.number_of("KK-2026", 1_234_567) == "KK-2026-1234567"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ayesha Siddiqa", "A*** S***"), ("李爱莎", "李***"), ("عائشہ صدیقہ", "ع*** ص***"), ("", "")],
)
def test_a_name_is_shown_in_part(name, shown):
    assert rules.masked(name) == shown


@pytest.mark.parametrize(
    "typed", ["ayesha  siddiqa", "Ayesha Siddiqa.", "AYESHA SIDDIQA", "Li Aisha", "李爱莎", "عائشه صديقه"]
)
def test_a_name_is_recognised_however_it_is_typed(typed):
    assert rules.is_name(typed, ("Ayesha Siddiqa", "李爱莎", "Lǐ Àishā", "عائشہ صدیقہ"))


@pytest.mark.parametrize("typed", ["", "   ", "...", "Ayesha", "Ayesha Siddiqui"])
def test_another_name_is_not(typed):
    assert not rules.is_name(typed, ("Ayesha Siddiqa", "", "عائشہ صدیقہ"))
