"""Texts that are read from the right stand as Unicode's UAX 9 says: as in browsers."""

from __future__ import annotations

import pytest

from archdoc.render.bidi import in_visual_order, is_right_to_left, levels

_AL = str.maketrans("ABC", "ابج")
_R = str.maketrans("DEF", "דהו")
_AN = str.maketrans("789", "٧٨٩")
"""Cases say A to C for Arabic letters, D to F for Hebrew ones, 7 to 9 for Arabic digits."""

_CASES = {
    # As a text is written → how deep its letters stand.
    "first letters say the direction": [
        ("ab", "00"), ("DE", "11"), ("AB", "11"), ("a DE", "0011"), ("DE a", "1112"),
        ("1 DE", "2111"), ("(a) DE", "000011"), ("- DE", "1111"),
    ],
    "W1: marks are as what is before them": [
        ("A\u0301", "11"), ("a\u0301", "00"), ("D1\u0301", "122"), ("\u0301D", "11"),
        ("aD\u0301", "011"), ("\u2067\u0301D", "111"),
    ],
    "W2 and W3: digits after Arabic letters are Arabic ones": [
        ("A1-2", "1212"), ("D1-2", "1222"), ("A D1-2", "111222"), ("A1", "12"), ("aA1", "012"),
    ],
    "W4: one separator between digits is one of them": [
        ("D1.2", "1222"), ("D1+2", "1222"), ("D1,,2", "12112"), ("A1,2", "1222"), ("A1+2", "1212"),
        ("D7,8", "1222"), ("D7-8", "1212"), ("D1,8", "1212"), ("D1.2.1", "122222"),
    ],
    "W5: signs beside digits are some of them": [
        ("D1%", "122"), ("D$1", "122"), ("D1%%", "1222"), ("A1%", "121"), ("D%7", "112"),
        ("D 1°", "1122"), ("D#1", "122"),
    ],
    "W6: other separators and signs are neutral": [
        ("D1.", "121"), ("D1-", "121"), ("D.1", "112"), ("D -1", "1112"), ("a,D", "001"),
    ],
    "W7: digits after letters from the left are as these": [
        ("a1", "00"), ("D a1", "1122"), ("a 1D", "0001"), ("aD1", "012"), ("a.1D", "0001"),
    ],
    "N0: brackets have the direction of what is in them": [
        ("D(a)", "1121"), ("D (a) b", "1112112"), ("a(D)b", "00100"), ("a D(E) b", "00111100"),
        ("a(D b)E", "0010001"), ("D[a(E)]", "1121111"), ("D(1)", "1121"), ("a(D]b", "00100"),
        ("a D(b)c", "0010000"), ("D 〈a〉", "11121"), ("aD(E)\u0301 b", "01111100"), ("D(a", "112"),
        ("a D\u2329E\u3009 b", "00111100"),
    ],
    "N1 and N2: neutral letters are as those on both sides, else as the text": [
        ("D-E", "111"), ("a D E b", "0011100"), ("D a-b E", "1122211"), ("D, a", "1112"),
        ("D1 - 2E", "1211121"), ("aD1 2b", "012120"), ("a D: b", "001000"),
    ],
    "L1: blanks at the end are as the text": [
        ("aD ", "010"), ("aD \t", "0100"), ("D a ", "1121"), ("aD \tE", "01001"), ("Da\t", "121"),
    ],
    "what is not seen is as what is before it": [
        ("D\u200dE", "111"), ("D a\u00adb", "11222"), ("\u200dD", "11"), ("D1\u200d.2", "12222"),
    ],
    "Arabic digits alone": [("a 7", "002"), ("7 8", "212")],
}  # fmt: skip


@pytest.mark.parametrize("rule", _CASES)
def test_letters_stand_as_deep_as_unicode_says(rule: str) -> None:
    said = [(case.translate(_AL | _R | _AN), deep) for case, deep in _CASES[rule]]

    assert [(case, "".join(map(str, levels(case)))) for case, _ in said] == said


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("DE 123.", ".123 ED"),
        ("AB 123.", ".123 BA"),
        ("12 A 13.", ".13 A 12"),
        ("A 2026-11-27", "27-11-2026 A"),
        ("D 2026-11-27", "2026-11-27 D"),
        ("50% A", "A 50%"),
        ('D"E 50%', '50% E"D'),
        ("A 10:30", "10:30 A"),
        ("A 1/2", "1/2 A"),
        ("A +20 123", "123 20+ A"),
        ("D c++", "++c D"),
        ("c++ D", "c++ D"),
        ("D, E, F.", ".F ,E ,D"),
        ("D django 4.2!", "!django 4.2 D"),
    ],
)
def test_numbers_and_their_punctuation_stand_as_in_browsers(said: str, seen: str) -> None:
    said, seen = (text.translate(_AL | _R) for text in (said, seen))
    pieces = list(zip(levels(said), said, strict=True))

    assert "".join(letter for _, letter in in_visual_order(pieces)) == seen


def test_brackets_beyond_any_sense_are_no_pairs() -> None:
    many = "a" + "(" * 70 + "ד" + ")" * 70

    assert not is_right_to_left(many)
    assert set(levels(many)) == {0, 1}
