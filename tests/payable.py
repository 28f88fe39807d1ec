"""A closed bundle of accepted claims, and the people money passes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Decision, Role, SubmissionState
from claims_desk.models import Claim, ClaimDecision, Submission, User, UserRole
from claims_desk.models.database import Database
from tests.small_office import MONTH, People, now, open_small_office

KIP = 20_000
AT = datetime(2026, 4, 3, 9, 0)


@dataclass(frozen=True)
class Treasury:
    """The office's people: a second supervisor and two accountants beside those of the small office."""

    staff: People
    vanh: Actor  # supervisor who touched nothing
    mai: Actor  # accountant
    tou: Actor  # accountant


def open_treasury(db: Database) -> Treasury:
    staff = open_small_office(db)
    with db.session() as session:
        roles = {"vanh": Role.SUPERVISOR, "mai": Role.ACCOUNTANT, "tou": Role.ACCOUNTANT}
        users = [
            User(name=name, password_hash="x", created_at=now(), roles=[UserRole(role=role)])
            for name, role in roles.items()
        ]
        session.add_all(users)
        session.commit()
        actors = [Actor(user.id, user.name, frozenset({roles[user.name]})) for user in users]
    return Treasury(staff, *actors)


def closed_bundle(
    db: Database,
    people: Treasury,
    *forms: int,
    facility: str = "HC1",
    scheme: str = "NHI",
    payable: int = KIP,
    decided_by: Actor | None = None,
    reason: str = "",
) -> int:
    """A closed bundle whose claims, one for each form number, are accepted; returns its id.

    `reason` makes it a supervisor's decision in place of the rules'.
    """
    judge = (decided_by or people.staff.kham).user_id
    clerk, other = people.staff.noy.user_id, people.staff.kham.user_id
    with db.session() as session:
        made = session.execute(select(func.count()).select_from(Submission)).scalar_one()
        bundle = Submission(
            number=f"10-2026-{made + 1:04d}",
            facility_code=facility,
            month=MONTH,
            received_on=date(2026, 4, 2),
            received_by=clerk,
            forms_counted=len(forms),
            kip_counted=len(forms) * (payable + 5000),
            form_numbers_sum=sum(forms),
            state=SubmissionState.CLOSED,
            closed_by=other,
        )
        session.add(bundle)
        session.flush()
        for form_no in forms:
            _decide(session, _accepted(session, bundle, form_no, scheme, payable, clerk), payable, judge, reason)
        session.commit()
        return bundle.id


def _accepted(session, bundle, form_no, scheme, payable, clerk):
    claim = Claim(
        submission_id=bundle.id,
        form_no=f"{form_no:06d}",
        facility_code=bundle.facility_code,
        scheme=scheme,
        member_no="N-1",
        patient_name="ບຸນມີ",
        care_type="OPD",
        visit_from=date(2026, 3, 10),
        claimed_total=payable + 5000,
        state=ClaimState.ACCEPTED,
        keyed_by=clerk,
        keyed_at=AT,
    )
    session.add(claim)
    session.flush()
    return claim


def _decide(session, claim, payable, judge, reason):
    session.add(
        ClaimDecision(
            claim_id=claim.id,
            current=True,
            decision=Decision.ACCEPT,
            method="FEE",
            allowed=payable + 5000,
            copay_due=5000,
            payable=payable,
            explanation_en="fee: 25,000",
            explanation_lo="ຄ່າບໍລິການ: 25.000",
            reason=reason,
            decided_by=judge,
            decided_at=AT,
        )
    )
