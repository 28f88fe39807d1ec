"""Papers to print, and readers that see a PDF as a person or a program does."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2

from claims_desk.domain.messages import Name, say
from claims_desk.domain.papers import (
    LetterClaim,
    LetterFinding,
    LetterPaper,
    LetterPart,
    LetterSum,
    MoneyBack,
    PaidClaim,
    Payee,
    ReceiptSlip,
    VoucherPaper,
)

OFFICE = Name("ຫ້ອງການປະກັນສຸຂະພາບ ແຂວງ ຫຼວງພະບາງ", "Health Insurance Office, Luang Prabang")
PAYEE = Payee(
    code="DH1003",
    name=Name("ໂຮງໝໍເມືອງ ຊຽງເງິນ", "Xieng Ngeun District Hospital"),
    level="DH",
    bank_code="BCEL",
    bank_account="0101-2345-6789",
    bank_account_name="ໂຮງໝໍເມືອງ ຊຽງເງິນ (NHI)",
    place=Name("ເມືອງ ຊຽງເງິນ", "Xieng Ngeun district"),
)
PATIENTS = ("ທ້າວ ກີ່ ໝື່ນ", "ນາງ ປິ່ນ ນ້ຳ", "ທ. ຊື່ ຢູ່ ຕື້ 2", "Somphone Vongphachanh")
CHAIN_HEAD = "0123456789abcdef" * 4


def paid_claims(count: int, each: int = 450_000) -> tuple[PaidClaim, ...]:
    """Claims of one amount in kip, co-payment 30,000."""
    return tuple(
        PaidClaim(
            form_no=f"H{at:05}",
            patient_name=PATIENTS[at % len(PATIENTS)],
            scheme="NHI",
            care_type="DELIVERY" if at % 2 else "IPD",
            visit_from=date(2026, 3, 1),
            visit_to=date(2026, 3, 4),
            claimed=each,
            allowed=each,
            copay_due=30_000,
            payable=each - 30_000,
        )
        for at in range(count)
    )


def voucher(count: int = 3, each: int = 450_000, **changes: Any) -> VoucherPaper:
    """A posted voucher of so many claims."""
    claims = paid_claims(count, each)
    paper: dict[str, Any] = {
        "office": OFFICE,
        "payee": PAYEE,
        "period": "3/2026",
        "amount": sum(claim.payable for claim in claims),
        "number": "1003/2026/12",
        "posted_on": date(2026, 4, 20),
        "prepared_by": "ນາງ ມະນີວັນ",
        "certified_by": "ທ້າວ ພູວົງ",
        "posted_by": "Khamla",
        "claims": claims,
        "chain_head": CHAIN_HEAD,
    }
    return VoucherPaper(**(paper | changes))


def letter(count: int = 3, **changes: Any) -> LetterPaper:
    """A letter on claims of the four parts in turn: curable, denied, cut, flat; two patients get money back."""
    paper: dict[str, Any] = {
        "office": OFFICE,
        "payee": PAYEE,
        "reference": "1003/DH1003/2026-03",
        "period": "3/2026",
        "written_on": date(2026, 4, 20),
        "signed_by": "ທ້າວ ພູວົງ",
        "bundles": ("1003-2026-00031", "1003-2026-00032"),
        "claims": tuple(letter_claim(at) for at in range(count)),
        "money_back": tuple(
            MoneyBack(form_no=f"H{at:05}", patient_name=name, visit_from=date(2026, 3, 1), collected=50_000, due=30_000)
            for at, name in enumerate(PATIENTS[:2])
        ),
        "in_full": LetterSum(5, 2_250_000, 2_250_000, 2_100_000),
    }
    return LetterPaper(**(paper | changes))


def letter_claim(at: int) -> LetterClaim:
    """Claim number `at` of the letter, of the part whose turn it is."""
    part = (LetterPart.CURABLE, LetterPart.DENIED, LetterPart.CUT, LetterPart.FLAT)[at % 4]
    paid = part in (LetterPart.CUT, LetterPart.FLAT)
    return LetterClaim(
        part=part,
        form_no=f"H{at:05}",
        patient_name=PATIENTS[at % len(PATIENTS)],
        care_type="IPD",
        visit_from=date(2026, 3, 1),
        visit_to=date(2026, 3, 4),
        bundle="1003-2026-00031" if at % 2 else "",
        method="CASE",
        claimed=450_000,
        allowed=130_000 if paid else 0,
        payable=100_000 if paid else 0,
        cure_by=date(2026, 6, 30) if part is LetterPart.CURABLE else None,
        findings=FINDINGS[part],
        explanation=(say("Case rate {rate:kip}", rate=130_000),) if paid else (),
    )


FINDINGS = {
    LetterPart.CURABLE: (
        LetterFinding(code="A07", message=say("No document was seen."), fix=say("Tick the documents seen.")),
    ),
    LetterPart.DENIED: (
        LetterFinding(
            code="M02", message=say("Coverage ended on {day}.", day=date(2025, 12, 31)), fix=say("Charge the patient.")
        ),
    ),
    LetterPart.CUT: (
        LetterFinding(code="T03", message=say("Excluded."), fix=say("Do not claim it."), line_no=2, line_falls=True),
    ),
    LetterPart.FLAT: (),
}


def slip() -> ReceiptSlip:
    """A slip for 412 forms."""
    return ReceiptSlip(
        office=OFFICE,
        payee=PAYEE,
        bundle="1003-2026-00031",
        period="3/2026",
        received_on=date(2026, 4, 2),
        received_by="ນາງ ມະນີວັນ",
        forms=412,
        kip=123_456_789,
        form_number_sum=98_765_432,
    )


def by_viewer(pdf: bytes) -> str:
    """The text a viewer copies."""
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages)


def by_search(pdf: bytes) -> str:
    """The text `pdftotext` gives to a search program."""
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


READERS = [by_viewer, by_search] if shutil.which("pdftotext") else [by_viewer]


def page_count(pdf: bytes) -> int:
    """How many pages."""
    return len(pypdfium2.PdfDocument(pdf))


def strays(pdf: bytes) -> Iterator[tuple[int, str]]:
    """Page and letter of everything that reaches nearer than 5 mm to the edge of its page."""
    edge = 14.0
    for number, page in enumerate(pypdfium2.PdfDocument(BytesIO(pdf)), start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            letter = text.get_text_range(at, 1)
            if letter.strip() and (left < edge or bottom < edge or right > width - edge or top > height - edge):
                yield number, letter
