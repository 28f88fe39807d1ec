"""A small country for the rules: two clean claims that are accepted, and ways to spoil them one fact at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from claims_desk.domain import registers as tables
from claims_desk.domain.codes import ClaimState
from claims_desk.domain.facts import (
    CaseGroup,
    CaseRate,
    Ceiling,
    Claim,
    Contract,
    Copayment,
    Coverage,
    Diagnosis,
    EarlierClaim,
    EarlierLine,
    Exemption,
    Facility,
    Item,
    ItemPair,
    Line,
    Member,
    PaymentMethod,
    Price,
    Scheme,
    Submission,
    VisitLimit,
)
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Name
from claims_desk.domain.registers import Registers
from claims_desk.rules.engine import judge

START = date(2025, 1, 1)
VISIT = date(2026, 3, 10)
LEVELS = ("HC", "DH", "PH", "CH")
SCHEMES = ("NHI", "SASS", "SSO", "CBHI")


def name(text: str) -> Name:
    return Name("", text)


def item(code: str, **limits: Any) -> Item:
    return Item(code=code, kind="SERVICE", name=name(code), active_from=START, **limits)


ITEMS = (
    item("OPC"),
    item("LAB", max_per_day=2),
    item("SURG", extra=True),
    item("DRESS"),
    item("COSM", excluded=True),
    item("OLD", active_to=date(2026, 1, 31)),
    item("PREG", sex="F", age_min=12, age_max=55),
    item("WARD", care_types=("IPD", "DELIVERY")),
    item("CTX", min_interval_days=30),
    item("GLASS", max_per_year=2),
    item("NOPRICE"),
    item("RAREX", extra=True),
    item("BIG"),
)
PRICES = {
    "OPC": 20_000,
    "LAB": 15_000,
    "SURG": 100_000,
    "DRESS": 10_000,
    "COSM": 500_000,
    "OLD": 10_000,
    "PREG": 30_000,
    "WARD": 40_000,
    "CTX": 200_000,
    "GLASS": 80_000,
    "BIG": 4_000_000,
}
FACILITIES = (
    Facility(code="HC1", name=name("Nathong"), level="HC", province_code="10", active_from=START),
    Facility(code="DH1", name=name("Vangvieng"), level="DH", province_code="10", active_from=START),
    Facility(code="DH2", name=name("Kasi"), level="DH", province_code="10", active_to=VISIT),
    Facility(code="PH1", name=name("Phonhong"), level="PH", province_code="10"),
    Facility(code="PH2", name=name("Xam Neua"), level="PH", province_code="07"),
    Facility(code="CH1", name=name("Mahosot"), level="CH", province_code="01"),
)
DIAGNOSES = (
    Diagnosis(code="J18", title=name("Pneumonia"), has_subcategories=True),
    Diagnosis(code="J18.9", title=name("Pneumonia, unspecified")),
    Diagnosis(code="I10", title=name("Hypertension")),
    Diagnosis(code="O80.0", title=name("Delivery"), sex="F", age_min=10, age_max=60),
    Diagnosis(code="O82.0", title=name("Caesarean"), sex="F"),
    Diagnosis(code="N40", title=name("Prostate"), sex="M"),
    Diagnosis(code="P07.1", title=name("Low birth weight"), age_max=0),
    Diagnosis(code="A90", title=name("Dengue"), valid_to=VISIT),
    Diagnosis(code="A97", title=name("Dengue"), valid_from=date(2026, 3, 11)),
    Diagnosis(code="V01.9", title=name("Pedestrian injured")),
    Diagnosis(code="Y98", title=name("Lifestyle")),
    Diagnosis(code="Y99", title=name("No cause")),
)
FREE_OF_COPAYMENT = ("POOR", "MONK", "PREGNANT", "UNDER5")
REFERRED_TO = ("PH", "RH", "CH")
WORLD = Registers(
    schemes={
        "NHI": Scheme(
            code="NHI",
            name=name("National"),
            payer_order=90,
            referral_levels=REFERRED_TO,
            exempt_categories=FREE_OF_COPAYMENT,
        ),
        "SASS": Scheme(code="SASS", name=name("Civil servants"), payer_order=10, referral_levels=("CH",)),
        "SSO": Scheme(code="SSO", name=name("Employees"), payer_order=10),
        "CBHI": Scheme(
            code="CBHI", name=name("Community"), payer_order=50, waiting_days=90, referral_levels=REFERRED_TO
        ),
    },
    facilities={row.code: row for row in FACILITIES},
    items={row.code: row for row in ITEMS},
    case_groups={
        "MED": CaseGroup(code="MED", name=name("Medical"), care_type="IPD"),
        "NDEL": CaseGroup(code="NDEL", name=name("Delivery"), care_type="DELIVERY", diagnosis_prefixes=("O80", "O81")),
        "NORATE": CaseGroup(code="NORATE", name=name("No rate"), care_type="IPD"),
    },
    diagnoses={row.code: row for row in DIAGNOSES},
    contracts=tables.contracts(
        Contract(facility_code=f.code, scheme=s, valid_from=START) for f in FACILITIES for s in ("NHI", "SASS", "CBHI")
    ),
    prices=tables.prices(
        Price(item_code=code, scheme=scheme, level=level, valid_from=START, price=kip)
        for code, kip in PRICES.items()
        for scheme in SCHEMES
        for level in LEVELS
    ),
    item_pairs=tables.item_pairs(
        [ItemPair(first_item="SURG", second_item="DRESS", valid_from=START, valid_to=date(2026, 8, 31))]
    ),
    case_rates=tables.case_rates(
        CaseRate(case_group=group, scheme="NHI", level=level, valid_from=START, amount=450_000)
        for group in ("MED", "NDEL")
        for level in LEVELS
    ),
    payment_methods=tables.payment_methods(
        PaymentMethod(scheme=scheme, level=level, care_type=care, valid_from=START, method=method)
        for level in LEVELS
        for scheme, care, method in (
            ("NHI", "OPD", "CAPITATION"),
            ("NHI", "IPD", "CASE"),
            ("NHI", "DELIVERY", "CASE"),
            ("SASS", "OPD", "FEE"),
            ("SASS", "IPD", "FEE"),
            ("CBHI", "OPD", "FEE"),
        )
    ),
    copayments=tables.copayments(
        [
            Copayment(scheme="NHI", level="DH", care_type="OPD", valid_from=START, amount=10_000),
            Copayment(scheme="NHI", level="DH", care_type="IPD", valid_from=START, amount=30_000),
            Copayment(scheme="NHI", level="PH", care_type="IPD", valid_from=START, amount=30_000),
            Copayment(scheme="CBHI", level="DH", care_type="OPD", valid_from=START, amount=0, percent=Decimal(15)),
        ]
    ),
    visit_limits=tables.visit_limits(
        [VisitLimit(scheme="NHI", care_type="DELIVERY", valid_from=START, max_per_year=1)]
    ),
    ceilings=tables.ceilings(
        [
            Ceiling(scheme="SASS", care_type="OPD", period="CLAIM", valid_from=START, amount=3_000_000),
            Ceiling(scheme="SASS", care_type="ANY", period="YEAR", valid_from=START, amount=5_000_000),
        ]
    ),
)

MEMBER = Member(
    person_no="P1",
    name=Name("ຄຳໃສ ວົງພະຈັນ", "Khamsay Vongphachan"),
    sex="F",
    birth_date=date(1980, 1, 12),
    district_code="1003",
)


def cover(scheme: str = "NHI", **changes: Any) -> Coverage:
    """A coverage of the member under the number of the clean claims."""
    facts = {"member_no": f"{scheme}-7000001", "person_no": "P1", "valid_from": date(2025, 6, 1)}
    return Coverage(scheme=scheme, **(facts | changes))


def line(no: int, code: str, quantity: object = 1, price: int | None = -1, day: date | None = None) -> Line:
    """A line at the tariff's price unless another one is given."""
    asked = PRICES.get(code, 5_000) if price == -1 else price
    amount = None if quantity is None else Decimal(str(quantity))
    return Line(line_no=no, item_code=code, quantity=amount, unit_price=asked, service_date=day)


def _claimed(lines: Iterable[Line]) -> int:
    return int(sum(row.claimed for row in lines))


STAY = Case(
    claim=Claim(
        form_no="H00001",
        facility_code="DH1",
        scheme="NHI",
        member_no="NHI-7000001",
        patient_name="ຄຳໃສ ວົງພະຈັນ",
        sex="F",
        birth_date=date(1980, 1, 12),
        care_type="IPD",
        visit_from=VISIT,
        visit_to=date(2026, 3, 12),
        case_group="MED",
        diagnosis_main="J18.9",
        documents_seen=("ID",),
        signed=True,
        copay_collected=30_000,
        claimed_total=450_000,
        received_date=date(2026, 4, 5),
    ),
    registers=WORLD,
    coverages=(cover(),),
    members=(MEMBER,),
    person_coverages=(cover(),),
)


def with_claim(case: Case, **changes: Any) -> Case:
    """The case with other words on the form."""
    return replace(case, claim=replace(case.claim, **changes))


def with_lines(case: Case, *lines: Line, **changes: Any) -> Case:
    """The case with these lines, and their sum claimed."""
    return with_claim(case, lines=lines, **({"claimed_total": _claimed(lines)} | changes))


def under(case: Case, *coverages: Coverage, others: Iterable[Coverage] = ()) -> Case:
    """The case with these coverages under its number, and `others` of the same person."""
    return replace(case, coverages=coverages, person_coverages=(*coverages, *others))


def of_member(case: Case, **changes: Any) -> Case:
    """The case with another member in the register."""
    return replace(case, members=(replace(MEMBER, **changes),))


def with_registers(case: Case, **changes: Any) -> Case:
    """The case in another world."""
    return replace(case, registers=replace(case.registers, **changes))


def after(case: Case, *earlier: EarlierClaim) -> Case:
    """The case keyed after these claims."""
    return replace(case, earlier=earlier)


def exempt(case: Case, category: str, **span: Any) -> Case:
    """The case with an exemption of the member in the register."""
    row = Exemption(person_no="P1", category=category, **({"valid_from": START} | span))
    return replace(case, exemptions=(row,))


def in_bundle(case: Case, facility_code: str = "DH1", month: date = date(2026, 3, 1)) -> Case:
    """The case in a bundle."""
    return with_claim(case, submission=Submission(number="S1", facility_code=facility_code, month=month))


VISIT_PAID_BY_ITEM = with_lines(
    under(
        with_claim(
            STAY,
            scheme="SASS",
            member_no="SASS-7000001",
            care_type="OPD",
            visit_to=None,
            case_group="",
            copay_collected=0,
        ),
        cover("SASS"),
    ),
    line(1, "OPC"),
)
CAPITATED = with_claim(STAY, care_type="OPD", visit_to=None, case_group="", copay_collected=10_000, claimed_total=0)
BIRTH = with_claim(STAY, care_type="DELIVERY", case_group="NDEL", diagnosis_main="O80.0", copay_collected=0)


def earlier(case: Case = VISIT_PAID_BY_ITEM, *lines: EarlierLine, **changes: Any) -> EarlierClaim:
    """An accepted claim like the case's, but of 2/2/2026 and under another form number."""
    claim = case.claim
    facts = {
        "form_no": "H00000",
        "facility_code": claim.facility_code,
        "person_no": "P1",
        "scheme": claim.scheme,
        "member_no": claim.member_no,
        "care_type": claim.care_type,
        "visit_from": date(2026, 2, 2),
        "visit_to": None,
        "state": ClaimState.ACCEPTED,
        "patient_name": claim.patient_name,
        "birth_date": claim.birth_date,
    }
    return EarlierClaim(id=1, lines=lines, **(facts | changes))


def had(code: str, day: date | None = None, quantity: int | str = 1) -> EarlierLine:
    """A line of an earlier claim."""
    return EarlierLine(item_code=code, service_date=day, quantity=Decimal(quantity))


@dataclass(frozen=True)
class Scene:
    """A case in which one rule speaks or stays silent, on which lines (0 is the claim itself).

    At its border a rule has the last thing that passes and the first that fails.
    """

    code: str
    story: str
    case: Case
    lines: tuple[int, ...]
    border: bool = False

    def __str__(self) -> str:
        return f"{self.code} {'says' if self.lines else 'silent'}: {self.story}"


def says(code: str, story: str, case: Case, *lines: int, border: bool = False) -> Scene:
    """A scene in which the rule speaks: of the claim, or of these lines."""
    return Scene(code, story, case, lines or (0,), border)


def silent(code: str, story: str, case: Case, border: bool = False) -> Scene:
    """A scene in which the rule has nothing to say."""
    return Scene(code, story, case, (), border)


def codes(case: Case) -> list[str]:
    """The codes of all findings, in order."""
    return [found.code for found in judge(case).findings]


def lines_told(scene: Scene) -> tuple[int, ...]:
    """The lines of which the scene's rule speaks, 0 for the claim."""
    return tuple(found.line_no or 0 for found in judge(scene.case).findings if found.code == scene.code)
