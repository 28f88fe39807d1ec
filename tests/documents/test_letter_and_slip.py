"""The letter to a facility and the messenger's receipt as they are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from claims_desk.documents.letter import letter_pdf
from claims_desk.documents.slip import receipt_slip_pdf
from tests.sample_papers import OFFICE, PATIENTS, PAYEE, READERS, by_viewer, letter, page_count, slip, strays

READ_ANY = pytest.mark.parametrize("read", READERS, ids=lambda reader: reader.__name__)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@READ_ANY
def test_the_letter_gives_code_reason_fix_and_last_day(read: Callable[[bytes], str]) -> None:
    text = squeezed(read(letter_pdf(letter(), "en")))
    for wanted in (
        "A07",
        "No document was seen.",
        "What to do: Tick the documents seen.",
        "Correct it by 30/6/2026.",
        "M02",
        "Coverage ended on 31/12/2025.",
        "bundle 1003-2026-00031 for 3/2026",
        PAYEE.name.roman,
        *PATIENTS[:3],
    ):
        assert wanted in text


def test_what_can_be_cured_stands_apart_from_what_is_final() -> None:
    text = squeezed(by_viewer(letter_pdf(letter(4), "en")))
    curable, final = text.split("B. Final decisions (2)")
    assert "A. To be corrected and sent again (2)" in curable
    assert "H00000" in curable
    assert "H00002" in curable
    assert "H00001" in final
    assert "H00003" in final
    assert "Correct it by" not in final


def test_a_letter_without_final_decisions_does_not_mention_any() -> None:
    paper = letter(1)
    assert "Final decisions" not in by_viewer(letter_pdf(paper, "en"))


def test_unpaid_kip_is_told_apart_by_whether_it_can_still_be_had() -> None:
    text = squeezed(by_viewer(letter_pdf(letter(3), "en")))
    assert "Can still be corrected (kip)" in text
    assert "700.000" in text
    assert "350.000" in text


@pytest.mark.parametrize("language", ["lo", "en"])
@pytest.mark.parametrize("count", [0, 3, 60])
def test_nothing_of_the_letter_leaves_the_page(language: str, count: int) -> None:
    paper = letter(count)
    long = tuple(replace(claim, patient_name=claim.patient_name * 8) for claim in paper.claims)
    assert not list(strays(letter_pdf(replace(paper, claims=long), language)))


@READ_ANY
def test_the_slip_gives_what_was_counted(read: Callable[[bytes], str]) -> None:
    pdf = receipt_slip_pdf(slip(), "lo")
    text = squeezed(read(pdf))
    for wanted in (OFFICE.lao, PAYEE.name.lao, "1003-2026-00031", "412", "123.456.789", "98.765.432", "2/4/2026"):
        assert wanted in text
    assert page_count(pdf) == 1
    assert not list(strays(pdf))


def test_letter_and_slip_always_have_the_same_bytes() -> None:
    assert letter_pdf(letter(), "lo") == letter_pdf(letter(), "lo")
    assert receipt_slip_pdf(slip(), "en") == receipt_slip_pdf(slip(), "en")


def test_papers_printed_by_several_threads_at_once_are_the_same_as_alone() -> None:
    alone = letter_pdf(letter(20), "lo")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: letter_pdf(letter(20), "lo"), range(8))) == {alone}
