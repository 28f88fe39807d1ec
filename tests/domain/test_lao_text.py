"""Search form, order and line breaks of Lao text."""

from __future__ import annotations

import csv
import re
from functools import cmp_to_key
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QCollator, QLocale

from claims_desk.domain import lao
from claims_desk.domain.lao import fold, sort_key, syllables

LAO = st.text(st.characters(min_codepoint=0x0E81, max_codepoint=0x0EDF))
ANYTHING = st.one_of(st.text(), LAO, st.text(alphabet="ກຫນມລຼຳໍາະ້່ີົເແໄໝໜໆ\u200b 1໑aéĐ"))


def village_names() -> list[str]:
    source = files("claims_desk.resources") / "data" / "lao_villages.csv"
    with source.open(encoding="utf-8-sig", newline="") as stream:
        return sorted({row["name_lo"].replace("\u200b", "") for row in csv.DictReader(stream)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ນ້ຳ", "ນໍ້າ"),
        ("ນ້ໍາ", "ນ້ຳ"),
        ("ນຳ້", "ນ້ຳ"),
        ("ທ່ີ", "ທີ່"),
        ("ຫຼວງ", "ຫລວງ"),
        ("ຫຼັ່ງ", "ຫລ່ັງ"),
        ("ໝໍ", "ຫມໍ"),
        ("ໜອງ", "ຫນອງ"),
        ("ຄຳ\u200bໃສ", "ຄຳໃສ"),
        ("ບ້ານ ໑໒", "ບ້ານ 12"),
        ("  Khamsay \u00a0 VONG ", "khamsay vong"),
        ("Élodie Đặng", "elodie dang"),
    ],
)
def test_words_typed_in_different_ways_fold_to_one(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


def test_words_that_differ_in_a_tone_do_not_fold_to_one() -> None:
    assert len({fold(word) for word in ("ຂາວ", "ຂ່າວ", "ຂ້າວ")}) == 3


@given(ANYTHING)
@example("ະະ່")
@example("ະ່ະ່")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_leading_vowels_sort_after_their_consonant() -> None:
    assert sorted(["ໄກ", "ຂາ", "ເກ", "ກາ", "ແກ", "ຮາ"], key=sort_key) == ["ກາ", "ເກ", "ແກ", "ໄກ", "ຂາ", "ຮາ"]


def test_tone_marks_decide_only_between_words_otherwise_alike() -> None:
    assert sorted(["ຂ້າວ", "ຂາວກ", "ຂ່າວ", "ຂາວ"], key=sort_key) == ["ຂາວ", "ຂ່າວ", "ຂ້າວ", "ຂາວກ"]


def test_the_order_of_all_village_names_is_the_collators() -> None:
    """7,000 names; those with ໍາ in two parts are left out, which ICU puts elsewhere than the same word with ຳ.

    The one pair told has its marks typed in the wrong order, which we put right and ICU does not.
    """
    collator = QCollator(QLocale("lo_LA"))
    names = [name for name in village_names() if "ໍ" not in name and fold(name).isprintable()]
    names.sort(key=cmp_to_key(collator.compare))
    wrong = [pair for pair in pairwise(names) if sort_key(pair[0]) > sort_key(pair[1])]
    assert len(names) > 6500
    assert wrong == [("ຫັຼກ 20", "ຫາງການ")]


@given(ANYTHING)
def test_a_sort_key_is_of_digits_and_plain_letters_alone(text: str) -> None:
    assert not text or set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    "broken",
    [
        "ສະ|ຖານ|ບໍ|ລິ|ການ|ສຸ|ຂະ|ພາບ",
        "ຄຳ|ຮ້ອງ|ເບີກ|ຈ່າຍ",
        "ຫົວ|ໜ້າ|ຄອບ|ຄົວ",
        "ນະ|ຄອນ|ຫຼວງ|ວຽງ|ຈັນ",
        "ເຈັດ|ແສນ|ເກົ້າ|ສິບ|ສອງ|ພັນ|ຫ້າ|ຮ້ອຍ|ແປດ|ສິບ|ເອັດ|ກີບ|ຖ້ວນ",
        "ຜູ້|ປ່ວຍ|ນອກ",
        "ວັນ|ເດືອນ|ປີ|ເກີດ",
        "ນ້ຳ|ບໍ່|ນໍ້າ",
        "ທັງ|ໝົດໆ",
        "ອະ|ນຸ|ມັດ|ອອກ",
        "12.500 |ກີບ",
        "(ຊາຍ) |HC-Nathong, |ok",
    ],
)
def test_words_break_at_their_syllables(broken: str) -> None:
    assert syllables(broken.replace("|", "")) == broken.split("|")


@given(ANYTHING)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(syllables(text)) == text


def test_no_village_name_breaks_before_a_mark_or_after_a_leading_vowel() -> None:
    for name in village_names():
        for before, after in pairwise(syllables(name)):
            assert before[-1] not in "ເແໂໃໄ", name
            assert not re.match("[ະາຳຽໆຯ\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]", after), name


def plainly_keyed(text):
    primary, tones = lao._weights.__wrapped__(" ".join(lao._INVISIBLE.sub("", text).split()))
    return f"{primary}00{tones.rstrip('1')}"


@given(st.lists(ANYTHING, min_size=1), st.randoms())
def test_words_remembered_one_by_one_give_what_a_text_gives_as_a_whole_in_any_order_of_calls(texts, random):
    lao._folded_word.cache_clear()
    lao._weights.cache_clear()
    for text in random.sample(texts * 2, 2 * len(texts)):
        assert fold(text) == lao._folded_word.__wrapped__(text)
        assert sort_key(text) == plainly_keyed(text)
