"""A small office to test with: two schemes, three facilities, a few items, four persons, three users."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from claims_desk.domain import facts
from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.lao import fold, sort_key
from claims_desk.models import (
    CaseGroup,
    CaseRate,
    Contract,
    Copayment,
    Coverage,
    Diagnosis,
    Exemption,
    Facility,
    Item,
    Member,
    Parameter,
    PaymentMethod,
    Price,
    Scheme,
    User,
    UserRole,
)
from claims_desk.models.base import Base
from claims_desk.models.database import Database

START = date(2025, 1, 1)
DAY = date(2026, 3, 10)
MONTH = date(2026, 3, 1)
PATIENTS = {
    "N-1": ("ບຸນມີ", "M", date(1980, 5, 1)),
    "N-2": ("ນ້ອຍ ແກ້ວ", "F", date(1985, 2, 3)),
    "N-3": ("ແກ້ວມະນີ", "F", date(1990, 12, 31)),
    "N-4": ("ກອງແກ້ວ", "M", date(1950, 1, 1)),
}


@dataclass(frozen=True)
class People:
    """Who works in the office."""

    noy: Actor  # clerk
    kham: Actor  # clerk
    seng: Actor  # supervisor
    dao: Actor  # clerk and supervisor


def open_small_office(db: Database) -> People:
    """Fill an empty office with its registers and users."""
    with db.session() as session:
        users = {
            name: User(name=name, password_hash="x", created_at=now(), roles=[UserRole(role=role) for role in roles])
            for name, roles in (
                ("noy", [Role.CLERK]),
                ("kham", [Role.CLERK]),
                ("seng", [Role.SUPERVISOR]),
                ("dao", [Role.CLERK, Role.SUPERVISOR]),
            )
        }
        session.add_all(users.values())
        for group in (_schemes(), _facilities(), _items(), _people(), _tariff(), _covers()):
            session.add_all(group)
            session.flush()
        session.commit()
    actors = {
        name: Actor(user.id, user.name, frozenset(row.role for row in user.roles)) for name, user in users.items()
    }
    return People(**actors)


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def form(form_no: str, **changes: Any) -> facts.Claim:
    """A form without a fault for its member: a consultation and two packets of medicine at a health centre."""
    name, sex, born = PATIENTS.get(changes.get("member_no", "N-1"), PATIENTS["N-1"])
    plain = facts.Claim(
        form_no=form_no,
        facility_code="HC1",
        scheme="NHI",
        member_no="N-1",
        patient_name=name,
        sex=sex,
        birth_date=born,
        care_type="OPD",
        visit_from=DAY,
        visit_to=DAY,
        diagnosis_main="J06.9",
        documents_seen=("ID",),
        signed=True,
        copay_collected=5000,
        claimed_total=25000,
        received_date=date(2026, 4, 2),
        lines=(
            line(1, "CONS", 1, 15000),
            line(2, "PARA", 2, 5000),
        ),
    )
    return replace(plain, **changes)


def line(line_no: int, item: str, quantity: int | str, price: int, day: date | None = DAY) -> facts.Line:
    return facts.Line(line_no=line_no, item_code=item, service_date=day, quantity=Decimal(quantity), unit_price=price)


def _schemes() -> list[Base]:
    plain = {"waiting_days": 0, "referral_levels": "", "fund": "COMMON"}
    return [
        Scheme(code="NHI", name_lo="ສຂພ", name_en="NHI", payer_order=90, exempt_categories="POOR;UNDER5", **plain),
        Scheme(code="SASS", name_lo="ສປສ", name_en="SASS", payer_order=10, exempt_categories="", **plain),
    ]


def _facilities() -> list[Base]:
    return [
        _facility("HC1", "ສຸກສາລາ ວັງວຽງ", "Vang Vieng Health Centre", "HC"),
        _facility("HC2", "ສຸກສາລາ ນ້ຳງື່ມ", "Nam Ngum Health Centre", "HC"),
        _facility("DH1", "ໂຮງໝໍເມືອງ ວັງວຽງ", "Vang Vieng District Hospital", "DH"),
    ]


def _facility(code: str, lao: str, roman: str, level: str) -> Facility:
    return Facility(
        code=code,
        name_lo=lao,
        name_en=roman,
        level=level,
        province_code="10",
        district_code="1003",
        bank_code="BCEL",
        bank_account="0101",
        bank_account_name=roman,
        name_folded=f"{fold(lao)} {fold(roman)}",
    )


def _items() -> list[Base]:
    return [
        _item("CONS", "SERVICE", "ກວດພະຍາດ", "Consultation"),
        _item("PARA", "MEDICINE", "ພາຣາເຊຕາມອນ", "Paracetamol", max_per_year=20),
        _item("XRAY", "SERVICE", "ຖ່າຍ X-ray", "X-ray", min_interval_days=30),
        CaseGroup(code="N01", name_lo="ເກີດລູກ", name_en="Delivery", care_type="DELIVERY", diagnosis_prefixes=""),
        Diagnosis(code="J06", title_en="Cold", title_lo="ຫວັດ", sex=""),
        Diagnosis(code="J06.9", title_en="Cold, unspecified", title_lo="ຫວັດ", sex=""),
        Diagnosis(code="O80", title_en="Delivery", title_lo="ເກີດລູກ", sex="F"),
    ]


def _item(code: str, kind: str, lao: str, roman: str, **more: Any) -> Item:
    folded = f"{fold(lao)} {fold(roman)}"
    return Item(code=code, kind=kind, name_lo=lao, name_en=roman, care_types="", sex="", name_folded=folded, **more)


def _people() -> list[Base]:
    return [
        member("P1", "ບຸນມີ", "Bounmy", "M", date(1980, 5, 1), family_book_no="FB-7"),
        member("P2", "ນ້ອຍ ແກ້ວ", "Noy Keo", "F", date(1985, 2, 3), family_book_no="FB-7"),
        member("P3", "ແກ້ວມະນີ", "Keomany", "F", date(1990, 12, 31)),
        member("P4", "ກອງແກ້ວ", "Kongkeo", "M", date(1950, 1, 1), death_date=date(2026, 1, 5)),
    ]


def member(person_no: str, lao: str, roman: str, sex: str, born: date, **more: Any) -> Member:
    plain = {"family_book_no": "", "national_id": "", "phone": ""}
    return Member(
        person_no=person_no,
        name_lo=lao,
        name_en=roman,
        sex=sex,
        birth_date=born,
        district_code="1003",
        village="ບ້ານ ຫ້ວຍແຍ້",
        name_lo_folded=fold(lao),
        name_en_folded=fold(roman),
        name_key=sort_key(lao),
        **plain | more,
    )


def _tariff() -> list[Base]:
    rows: list[Base] = []
    for scheme in ("NHI", "SASS"):
        rows += [Contract(facility_code=code, scheme=scheme, valid_from=START) for code in ("HC1", "HC2", "DH1")]
        for level in ("HC", "DH"):
            key = {"scheme": scheme, "level": level, "valid_from": START}
            rows += [PaymentMethod(care_type=care, method="FEE", **key) for care in ("OPD", "IPD")]
            rows += [PaymentMethod(care_type="DELIVERY", method="CASE", **key)]
            rows += [CaseRate(case_group="N01", amount=450000, **key)]
            for item, price in (("CONS", 15000), ("PARA", 5000), ("XRAY", 60000)):
                rows.append(Price(item_code=item, price=price, **key))
    # An office that keys nothing twice: a test that wants a draw says so itself.
    off = ("verify_share_start", "verify_share_floor", "verify_newcomer_claims", "verify_above_kip")
    rows += [Parameter(name=name, scheme="", value="0", valid_from=START) for name in off]
    rows += [Copayment(scheme="NHI", level="HC", care_type="OPD", amount=5000, valid_from=START)]
    return rows


def _covers() -> list[Base]:
    return [
        Coverage(scheme="NHI", member_no="N-1", person_no="P1", valid_from=START),
        Coverage(scheme="NHI", member_no="N-2", person_no="P2", valid_from=START),
        Coverage(scheme="SASS", member_no="S-2", person_no="P2", valid_from=START, valid_to=date(2025, 12, 31)),
        Coverage(scheme="NHI", member_no="N-3", person_no="P3", valid_from=START),
        Coverage(scheme="NHI", member_no="N-4", person_no="P4", valid_from=START),
        Exemption(person_no="P2", category="POOR", valid_from=START, evidence=""),
    ]
