"""The payment voucher as it is read, counted and scanned."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
import segno

from claims_desk.documents.blocks import MOTTO, STATE
from claims_desk.documents.voucher import QR_SIDE, amount_words, qr_payload, voucher_pdf
from claims_desk.domain.lao_words import amount_in_words
from claims_desk.domain.messages import Name, say
from claims_desk.domain.papers import ControlTotals, PaidShare
from tests.sample_papers import CHAIN_HEAD, OFFICE, PATIENTS, PAYEE, READERS, by_viewer, page_count, strays, voucher

READ_ANY = pytest.mark.parametrize("read", READERS, ids=lambda reader: reader.__name__)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@READ_ANY
def test_all_that_pays_stands_on_the_voucher_word_for_word(read: Callable[[bytes], str]) -> None:
    text = squeezed(read(voucher_pdf(voucher())))
    for wanted in (
        STATE,
        MOTTO,
        OFFICE.lao,
        OFFICE.roman,
        "1003/2026/12",
        PAYEE.name.lao,
        PAYEE.name.roman,
        "BCEL 0101-2345-6789",
        PAYEE.bank_account_name,
        "1.260.000",
        amount_in_words(1_260_000),
        "One million, two hundred and sixty thousand kip only",
        "3 claims, listed below",
        "20/4/2026",
        "ນາງ ມະນີວັນ",
        "ທ້າວ ພູວົງ",
        "Khamla",
        *PATIENTS[:3],
    ):
        assert wanted in text
    assert CHAIN_HEAD in text.replace(" ", "")


def test_the_table_sums_claimed_allowed_copayment_and_payable() -> None:
    text = squeezed(by_viewer(voucher_pdf(voucher(40), ("en",))))
    assert "Total 18.000.000 18.000.000 1.200.000 16.800.000" in text


def test_sums_are_carried_from_page_to_page() -> None:
    pages = by_viewer(voucher_pdf(voucher(120), ("en",)))
    forward = re.findall(r"Carried forward (.*)", squeezed(pages).replace("Carried", "\nCarried"))
    assert forward
    for line in forward:
        carried = " ".join(line.split()[:4])
        assert f"Brought forward {carried}" in squeezed(pages)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (3, 1), (400, range(8, 20))])
def test_pages_are_as_many_as_needed_and_numbered(count: int, pages: int | range) -> None:
    pdf = voucher_pdf(voucher(count, amount=5, purpose=say("Capitation")), ("en",))
    counted = page_count(pdf)
    assert counted in pages if isinstance(pages, range) else counted == pages
    text = by_viewer(pdf)
    for number in range(1, counted + 1):
        assert f"Page {number} of {counted}" in text


def test_the_heading_is_repeated_on_every_page() -> None:
    pdf = voucher_pdf(voucher(120), ("en",))
    assert by_viewer(pdf).count("Co-payment") == page_count(pdf)


LONG_NAME = Name("ໂຮງໝໍພາກ ສະຫວັນນະເຂດ ເພື່ອການປິ່ນປົວແມ່ແລະເດັກ" * 3, "Savannakhet Regional Hospital for Mothers " * 4)


@pytest.mark.parametrize("each", [450_000, 999_999_999, 2_000_000_000])
@pytest.mark.parametrize("languages", [("lo", "en"), ("en", "lo"), ("lo",), ("en",)])
def test_nothing_leaves_the_page_however_long_names_and_amounts_are(each: int, languages: tuple[str, ...]) -> None:
    payee = PAYEE.__class__(
        code="RH-000000000012345",
        name=LONG_NAME,
        level="RH",
        bank_code="LDBLLALA",
        bank_account="000102030405060708090" * 2,
        bank_account_name=LONG_NAME.lao,
    )
    control = ControlTotals(bundle="1003-2026-00031", forms=400, kip=999_999_999_999, form_number_sum=10**12)
    assert not list(strays(voucher_pdf(voucher(45, each, payee=payee, control=control), languages)))


def test_the_file_is_small_and_always_the_same() -> None:
    pdf = voucher_pdf(voucher(40))
    assert len(pdf) < 100_000
    assert len(voucher_pdf(voucher(400))) < 150_000
    assert voucher_pdf(voucher(40)) == pdf


def test_the_square_code_says_number_amount_and_chain_head() -> None:
    paper = voucher()
    assert qr_payload(paper) == f"CLAIMS-DESK|1003/2026/12|1260000|{CHAIN_HEAD}"
    wanted = [[bool(dark) for dark in row] for row in segno.make(qr_payload(paper), error="m", micro=False).matrix]
    assert _printed_code(voucher_pdf(paper), len(wanted)) == wanted


def _printed_code(pdf: bytes, modules: int) -> list[list[bool]]:
    """The dark and light modules in the picture of the first page, sampled in their middles."""
    scale = 6
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("L")
    dark = picture.point(lambda shade: 255 if shade < 10 else 0)
    width = picture.width
    right = round((width / scale - 42) * scale)
    left = right - round(QR_SIDE * scale)
    top = dark.crop((left, 0, right, picture.height // 2)).getbbox()[1]
    step = QR_SIDE * scale / modules
    return [
        [dark.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) == 255 for x in range(modules)]
        for y in range(modules)
    ]


def test_a_voucher_not_posted_is_marked_a_draft_and_carries_no_code() -> None:
    pdf = voucher_pdf(voucher(number="", posted_on=None, posted_by="", chain_head=""), ("en",))
    text = by_viewer(pdf)
    assert "DRAFT" in text
    assert "Not posted yet" in text
    assert "audit chain" not in text


def test_a_reversal_names_the_voucher_it_reverses_and_says_that_money_comes_back() -> None:
    text = by_viewer(voucher_pdf(voucher(amount=-1_260_000, reverses="1003/2026/11"), ("en",)))
    assert "REVERSAL of voucher 1003/2026/11" in text
    assert "-1.260.000" in text
    assert "To be taken back: One million" in text


def test_a_cancelled_voucher_says_so() -> None:
    assert "CANCELLED" in by_viewer(voucher_pdf(voucher(cancelled=True), ("en",)))


def test_a_posted_voucher_carries_no_mark() -> None:
    text = by_viewer(voucher_pdf(voucher(), ("en",)))
    assert not re.search("DRAFT|CANCELLED|REVERSAL", text)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1, "One kip only"),
        (792_581, "Seven hundred and ninety-two thousand, five hundred and eighty-one kip only"),
        (999_999_999_999, None),
    ],
)
def test_english_words_of_an_amount(amount: int, words: str | None) -> None:
    said = amount_words(voucher(amount=amount), "en")
    assert said == words if words else said.startswith("Nine hundred and ninety-nine billion")


def test_the_office_chooses_how_ten_thousand_and_a_thousand_million_are_read() -> None:
    paper = voucher(amount=2_000_010_000)
    assert amount_words(paper, "lo") == "ສອງພັນລ້ານສິບພັນກີບຖ້ວນ"
    assert amount_words(replace(paper, ten_thousand="ໝື່ນ", billion="ຕື້"), "lo") == "ສອງຕື້ໜຶ່ງໝື່ນກີບຖ້ວນ"


@READ_ANY
@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (40_009_250, "4/2026 5.001 32.001 160.037.001 40.009.250 0 40.009.250"),
        (40_009_251, "4/2026 5.001 32.001 160.037.001 40.009.250 1 40.009.251"),
        (-40_009_251, "4/2026 5.001 32.001 160.037.001 -40.009.250 -1 -40.009.251"),
    ],
)
def test_a_voucher_of_capitation_shows_how_its_amount_came_about(
    read: Callable[[bytes], str], amount: int, shown: str
) -> None:
    share = PaidShare(quarter="4/2026", catchment=5_001, rate=32_001, year_amount=160_037_001, amount=amount)
    purpose = say("Capitation of {scheme}, quarter {quarter} of {year}", scheme="NHI", quarter=4, year="2026")
    pdf = voucher_pdf(voucher(0, amount=amount, share=share, purpose=purpose))
    text = squeezed(read(pdf))
    assert shown in text
    for wanted in ("Capitation of NHI, quarter 4 of 2026", "ເໝົາຈ່າຍລາຍຫົວຂອງ NHI"):
        assert wanted in text
    assert amount_words(voucher(0, amount=amount), "lo") in text
    assert page_count(pdf) == 1
    assert list(strays(pdf)) == []
