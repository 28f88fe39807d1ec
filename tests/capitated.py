"""Facilities of the small office paid by capitation: catchments, rates and methods to test with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from claims_desk.models import CapitationRate, Facility, PaymentMethod
from claims_desk.models.database import Database
from tests.payable import Treasury, open_treasury
from tests.small_office import START

CATCHMENTS = {"HC1": 5_001, "HC2": 1_203, "DH1": 40_007}
HC_RATE, DH_RATE, OWN_RATE = 32_001, 24_003, 38_001


def open_capitated(db: Database) -> Treasury:
    """NHI pays antenatal care by capitation at both levels; HC2 has a rate of its own."""
    people = open_treasury(db)
    with db.session() as session:
        for code, catchment in CATCHMENTS.items():
            session.execute(update(Facility).where(Facility.code == code).values(catchment=catchment))
        for level, facility, amount in (("HC", "", HC_RATE), ("DH", "", DH_RATE), ("HC", "HC2", OWN_RATE)):
            session.add(rate(level, amount, facility))
        for level in ("HC", "DH"):
            session.add(
                PaymentMethod(scheme="NHI", level=level, care_type="ANC", method="CAPITATION", valid_from=START)
            )
        session.commit()
    return people


def rate(level: str, amount: int, facility: str = "", valid_from: date = START) -> CapitationRate:
    return CapitationRate(
        scheme="NHI", level=level, facility_code=facility, amount_per_year=amount, valid_from=valid_from
    )


def put(db: Database, *changes: object) -> None:
    """Execute statements, or add rows, and commit."""
    with db.session() as session:
        for change in changes:
            if hasattr(change, "__tablename__"):
                session.add(change)
            else:
                session.execute(change)
        session.commit()
