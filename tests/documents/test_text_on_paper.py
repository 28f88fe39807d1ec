"""Lao and Latin on paper: drawn right, wrapped at syllables, and given back letter for letter."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from claims_desk.documents.fonts import runs
from claims_desk.documents.text import Style, draw_line, width_of, wrap
from claims_desk.domain.lao import syllables
from tests.sample_papers import READERS

WORDS = ["ທີ່", "ຊື່", "ປິ່ນ", "ນ້ຳ", "ຕື້", "ກີ່", "ໝື່ນ", "ຢູ່"]
LINES = [
    *WORDS,
    " ".join(WORDS),
    "ເລກທີ 10/2026/00012 ຊື່ Somphone ຢູ່ ບ້ານ 7 (ທີ່ຢູ່)",
    "1.234.567 ກີບ = one kip",
    "ນໍ້າ ນ້ຳ ທ່ີ",
    "ຫຼວງພະບາງ ຫລວງພະບາງ ໜຶ່ງ",
]
READ_ANY = pytest.mark.parametrize("read", READERS, ids=lambda reader: reader.__name__)


def printed(*lines: str, bold: bool = False) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    for at, line in enumerate(lines):
        draw_line(canvas, 50, 780 - at * 30, line, Style(12, bold))
    canvas.save()
    return stream.getvalue()


@READ_ANY
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("line", LINES)
def test_what_is_copied_from_the_paper_is_what_was_printed(line: str, bold: bool, read: Callable[[bytes], str]) -> None:
    assert read(printed(line, bold=bold)).strip() == line


def test_a_tone_mark_is_drawn_above_the_vowel_and_not_over_it() -> None:
    (run,) = runs("ທີ່", bold=False)
    consonant, vowel, tone = run.glyphs.__shapeData__  # type: ignore[attr-defined]
    assert consonant.x_advance > 0
    assert vowel.x_advance == tone.x_advance == 0
    assert tone.x_offset < 0, "the small mark is moved back over its letter"
    assert run.glyphs[2] != "\u0ec8", "above a vowel the smaller form of the mark is taken"


def test_marks_typed_the_wrong_way_round_look_the_same() -> None:
    assert runs("ທ່ີ", bold=False) == runs("ທີ່", bold=False)


def test_digits_and_roman_letters_come_from_the_roman_face_and_lao_from_the_lao_face() -> None:
    faces = [run.face for run in runs("ຊື່ A1 ກີບ", bold=True)]
    assert faces == ["NotoSansLao-Bold", "NotoSans-Bold", "NotoSansLao-Bold"]


def test_a_letter_no_face_has_is_seen_to_be_missing_and_still_copied() -> None:
    pdf = printed("名 Chan")
    assert [run.glyphs for run in runs("名 Chan", bold=False)] == ["? Chan"]
    assert READERS[0](pdf).strip() == "名 Chan"


def test_zero_width_spaces_are_layout_and_not_printed() -> None:
    assert READERS[0](printed("ທີ່\u200bຢູ່")).strip() == "ທີ່ຢູ່"


def test_lao_wraps_between_syllables() -> None:
    text = "ສະຖານບໍລິການສຸຂະພາບຕ້ອງສົ່ງຄຳຮ້ອງເບີກຈ່າຍ"
    lines = wrap(text, 60, Style(10))
    assert len(lines) > 2
    assert "".join(lines) == text
    ends = set()
    at = 0
    for syllable in syllables(text):
        at += len(syllable)
        ends.add(at)
    at = 0
    for line in lines:
        at += len(line)
        assert at in ends


def test_a_repetition_mark_and_closing_brackets_never_begin_a_line() -> None:
    for width in range(30, 140, 5):
        for line in wrap("ການປິ່ນປົວຕ່າງໆ (ຜູ້ປ່ວຍໃນ, ຜູ້ປ່ວຍນອກ) ຈຳນວນ 10%.", width, Style(9))[1:]:
            assert line[0] not in "ໆຯ),.%"


def test_a_word_longer_than_the_line_is_broken_and_not_cut_off() -> None:
    lines = wrap("Mr Phommachanhthavongsarattanavongsay", 60, Style(9))
    assert lines[0] == "Mr"
    assert "".join(lines[1:]) == "Phommachanhthavongsarattanavongsay"
    assert all(30 < width_of(line, Style(9)) <= 60.1 for line in lines[1:-1])


@given(
    st.text(alphabet=st.sampled_from(sorted({*"".join(WORDS), *"ABab019 /-.,()ແໂາະໆຽຼ\n"})), max_size=80),
    st.floats(min_value=40, max_value=300),
)
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = wrap(text, width, Style(9))
    assert all(width_of(line, Style(9)) <= width + 0.1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_same_text_has_the_same_bytes_whatever_was_printed_before() -> None:
    first = printed(*LINES[:3])
    printed("ກຸ້ງ ຟ້າ ປີ້", bold=True)
    assert printed(*LINES[:3]) == first
