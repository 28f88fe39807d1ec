"""The letter to a facility and the messenger's receipt as they are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest

from claims_desk.documents.letter import letter_pdf
from claims_desk.documents.slip import receipt_slip_pdf
from claims_desk.domain.papers import LetterSum
from tests.sample_papers import (
    OFFICE,
    PATIENTS,
    PAYEE,
    READERS,
    by_viewer,
    letter,
    letter_claim,
    page_count,
    slip,
    strays,
)

READ_ANY = pytest.mark.parametrize("read", READERS, ids=lambda reader: reader.__name__)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@READ_ANY
def test_the_letter_gives_code_reason_fix_and_last_day(read: Callable[[bytes], str]) -> None:
    text = squeezed(read(letter_pdf(letter(), "en")))
    for wanted in (
        "No. 1003/DH1003/2026-03",
        "Of your claims of 3/2026, 8 are decided. 3 of them are listed below",
        "Bundles: 1003-2026-00031, 1003-2026-00032.",
        "A07",
        "No document was seen.",
        "What to do: Tick the documents seen.",
        "Send it again by 30/6/2026.",
        "M02",
        "Coverage ended on 31/12/2025.",
        "1/3/2026–4/3/2026",
        PAYEE.name.roman,
        *PATIENTS[:3],
    ):
        assert wanted in text


@READ_ANY
def test_the_lao_letter_comes_back_as_it_was_written(read: Callable[[bytes], str]) -> None:
    text = re.sub(r"\s", "", read(letter_pdf(letter(4), "lo")))
    for wanted in (
        OFFICE.lao,
        PAYEE.name.lao,
        *PATIENTS,
        "ກ. ຄຳຮ້ອງທີ່ແກ້ໄຂ ແລະ ສົ່ງຄືນໄດ້ (1)",
        "ຂ. ສິ້ນສຸດແລ້ວ: ບໍ່ໄດ້ຈ່າຍ (1)",
        "ແຖວນີ້ບໍ່ໄດ້ຈ່າຍ; ແຖວອື່ນບໍ່ກະທົບ.",
        "ກະລຸນາສົ່ງຄືນພາຍໃນວັນທີ 30/6/2026.",
        "ຈ. ຄ່າຮ່ວມຈ່າຍທີ່ຕ້ອງສົ່ງຄືນຄົນເຈັບ (2)",
    ):
        assert re.sub(r"\s", "", wanted) in text


def test_each_claim_stands_once_what_can_be_cured_apart_from_what_is_final() -> None:
    text = squeezed(by_viewer(letter_pdf(letter(8, money_back=()), "en")))
    curable, rest = text.split("B. Final: not paid (2)")
    denied, rest = rest.split("C. Final: paid in part (2)")
    cut, flat = rest.split("D. Paid at a flat rate (2)")
    assert "A. To be corrected and sent again (2)" in curable
    for at, part in enumerate((curable, denied, cut, flat) * 2):
        assert f"H{at:05}" in part
        assert text.count(f"H{at:05}") == 1
    assert (text.count("Send it again by"), curable.count("Send it again by")) == (2, 2)
    assert cut.count("This line is not paid; the others are not touched by it.") == 2


def test_a_letter_says_nothing_of_parts_that_are_empty() -> None:
    text = by_viewer(letter_pdf(letter(1, money_back=(), in_full=LetterSum()), "en"))
    for part in ("B. Final", "C. Final", "D. Paid", "E. Co-payments", "Paid in full"):
        assert part not in text


def test_every_part_and_the_whole_are_summed() -> None:
    text = squeezed(by_viewer(letter_pdf(letter(4), "en")))
    for wanted in (
        "A. To be corrected and sent again 1 450.000 0 0 450.000",
        "B. Final: not paid 1 450.000 0 0 450.000",
        "C. Final: paid in part 1 450.000 130.000 100.000 320.000",
        "D. Paid at a flat rate 1 450.000 130.000 100.000 0",
        "Paid in full, not listed 5 2.250.000 2.250.000 2.100.000 0",
        "Total 9 4.050.000 2.510.000 2.300.000 1.220.000",
        "Together: claimed 450.000, allowed 130.000, payable 100.000, not paid 320.000 kip.",
    ):
        assert wanted in text


def test_money_to_give_back_stands_apart_with_its_sum() -> None:
    text = squeezed(by_viewer(letter_pdf(letter(2), "en")))
    back = text.split("E. Co-payments to give back to patients (2)")[1]
    assert f"H00000 {PATIENTS[0]} 1/3/2026 50.000 30.000 20.000" in back
    assert "Total 100.000 60.000 40.000" in back


@pytest.mark.parametrize("language", ["lo", "en"])
def test_five_hundred_claims_have_a_head_on_every_page_and_no_claim_is_parted(language: str) -> None:
    pdf = letter_pdf(letter(500), language)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 20
    assert all("1003/DH1003/2026-03" in page.split("\n")[0] + page.split("\n")[1] for page in pages[1:])
    last_days = [page.count("30/6/2026") for page in pages]
    curable = [sum(f"H{at:05}" in page for at in range(0, 500, 4)) for page in pages]
    in_part_a = [days for days in last_days if days]
    assert sum(in_part_a) == 125
    assert in_part_a[1:-1] == [claims for claims, days in zip(curable, last_days, strict=True) if days][1:-1]


def test_a_claim_longer_than_a_page_goes_on_under_its_number() -> None:
    claim = letter_claim(0)
    paper = replace(letter(), claims=(replace(claim, findings=claim.findings * 40),))
    pdf = letter_pdf(paper, "en")
    assert "Claim H00000 ທ້າວ ກີ່ ໝື່ນ, continued" in squeezed(by_viewer(pdf))
    assert by_viewer(pdf).count("No document was seen.") == 40
    assert not list(strays(pdf))


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
