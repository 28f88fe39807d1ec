"""Bundles, claims as they were keyed, and what was decided of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims_desk.domain.codes import ClaimState, Decision, DrawReason, Severity, SubmissionState
from claims_desk.models.base import Base, Code, Id, Kip, Ref, Text200, Versioned, one_of
from claims_desk.models.members import BEGINS


class Submission(Versioned, Base):
    """A paper bundle with the control totals counted by hand: forms, kip and the sum of the form numbers."""

    __tablename__ = "submissions"
    id: Mapped[Id]
    number: Mapped[Code] = mapped_column(unique=True)
    facility_code: Mapped[Code] = mapped_column(ForeignKey("facilities.code"))
    month: Mapped[date]
    received_on: Mapped[date]
    received_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    forms_counted: Mapped[int]
    kip_counted: Mapped[Kip]
    form_numbers_sum: Mapped[Kip]
    state: Mapped[SubmissionState] = mapped_column(one_of(SubmissionState), default=SubmissionState.OPEN)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    __table_args__ = (Index(None, "state"), Index(None, "facility_code", "month"))


class Claim(Versioned, Base):
    """One form, as keyed: codes stand as written, known or not; an empty field is empty text or NULL.

    `documents_seen` is joined by `;`. `copied_from` links a denied claim restored as a new one.
    """

    __tablename__ = "claims"
    id: Mapped[Id]
    submission_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("submissions.id"))
    form_no: Mapped[Code]
    facility_code: Mapped[Code]
    scheme: Mapped[Code] = mapped_column(default="")
    member_no: Mapped[Code] = mapped_column(default="")
    patient_name: Mapped[Text200] = mapped_column(default="")
    patient_folded: Mapped[Text200] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(String(1), default="")
    birth_date: Mapped[date | None]
    care_type: Mapped[str] = mapped_column(String(10), default="")
    visit_from: Mapped[date | None]
    visit_to: Mapped[date | None]
    case_group: Mapped[Code] = mapped_column(default="")
    diagnosis_main: Mapped[Code] = mapped_column(default="")
    diagnosis_2: Mapped[Code] = mapped_column(default="")
    diagnosis_3: Mapped[Code] = mapped_column(default="")
    diagnosis_4: Mapped[Code] = mapped_column(default="")
    referred_from: Mapped[Code] = mapped_column(default="")
    referral_date: Mapped[date | None]
    referral_no: Mapped[Code] = mapped_column(default="")
    emergency: Mapped[bool] = mapped_column(default=False)
    documents_seen: Mapped[str] = mapped_column(String(60), default="")
    signed: Mapped[bool | None]
    exemption_claimed: Mapped[str] = mapped_column(String(10), default="")
    copay_collected: Mapped[int | None] = mapped_column(BigInteger)
    claimed_total: Mapped[int | None] = mapped_column(BigInteger)
    received_date: Mapped[date | None]
    outcome: Mapped[Text200] = mapped_column(default="")

    state: Mapped[ClaimState] = mapped_column(one_of(ClaimState), default=ClaimState.KEYED)
    keyed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    keyed_at: Mapped[datetime]
    corrected_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    copied_from: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("claims.id"))
    batch_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("batches.id"))
    lines: Mapped[list[ClaimLine]] = relationship(
        cascade="all, delete-orphan", order_by="ClaimLine.line_no", lazy="selectin"
    )
    __table_args__ = (
        Index(None, "facility_code", "form_no"),
        Index(None, "form_no", postgresql_ops={"form_no": BEGINS}),
        Index(None, "facility_code", "visit_from", "birth_date"),
        Index(None, "member_no", "scheme"),
        Index(None, "state"),
        Index(None, "submission_id"),
        Index(None, "batch_id"),
        Index(None, "keyed_at"),
    )


class ClaimLine(Base):
    """One item on a form; `quantity` is a decimal as text, as typed, because a rule judges it."""

    __tablename__ = "claim_lines"
    claim_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("claims.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_code: Mapped[Code] = mapped_column(default="")
    service_date: Mapped[date | None]
    quantity: Mapped[str | None] = mapped_column(String(20))
    unit_price: Mapped[int | None] = mapped_column(BigInteger)


class ClaimDecision(Base):
    """What was decided of a claim, by the rules or by a supervisor over them; the newest one is `current`.

    Amounts in kip, provisional while the decision is PEND. `reason` is the supervisor's, empty for the rules.
    Explanations are the steps of the price, a line each, as they were said on that day.
    """

    __tablename__ = "decisions"
    id: Mapped[Id]
    claim_id: Mapped[Ref] = mapped_column(ForeignKey("claims.id"))
    current: Mapped[bool]
    decision: Mapped[Decision] = mapped_column(one_of(Decision))
    method: Mapped[str] = mapped_column(String(10))
    allowed: Mapped[Kip]
    copay_due: Mapped[Kip]
    payable: Mapped[Kip]
    explanation_en: Mapped[str] = mapped_column(Text)
    explanation_lo: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
    __table_args__ = (
        Index(None, "claim_id"),
        Index(
            "uq_decisions_current",
            "claim_id",
            unique=True,
            sqlite_where=text("current = 1"),
            postgresql_where=text("current"),
        ),
        Index(None, "decided_at", sqlite_where=text("current = 1"), postgresql_where=text("current")),
    )


class DecisionLine(Base):
    """What was decided of one line: quantity paid, tariff price (NULL: none) and allowed, in kip."""

    __tablename__ = "decision_lines"
    decision_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("decisions.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quantity: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[int | None] = mapped_column(BigInteger)
    allowed: Mapped[Kip]


class FindingRow(Base):
    """A finding as it was said to the facility, in both languages; `line_no` NULL is the claim's."""

    __tablename__ = "findings"
    decision_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("decisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_no: Mapped[int | None]
    code: Mapped[str] = mapped_column(String(3))
    severity: Mapped[Severity] = mapped_column(one_of(Severity))
    field: Mapped[str] = mapped_column(String(30))
    message_en: Mapped[str] = mapped_column(Text)
    message_lo: Mapped[str] = mapped_column(Text)
    fix_en: Mapped[str] = mapped_column(Text)
    fix_lo: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index(None, "code", "decision_id"),)


class VerificationDraw(Base):
    """Whether a claim is keyed a second time, decided once, when it was keyed; it never changes.

    `share` is the clerk's, of 1,000, that held then. A supervisor may let a chosen claim go without it, with a reason.
    """

    __tablename__ = "verification_draws"
    claim_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("claims.id"), primary_key=True, autoincrement=False)
    keyed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    chosen: Mapped[bool]
    reason: Mapped[DrawReason] = mapped_column(one_of(DrawReason))
    share: Mapped[int]
    released_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    released_at: Mapped[datetime | None]
    released_why: Mapped[str] = mapped_column(String(500), default="")
    __table_args__ = (Index(None, "keyed_by"),)


class Verification(Base):
    """A blind second keying of a claim by another clerk; `differences` is a JSON list of field, first, second.

    Open while `differences` is not empty and `resolved_by` is NULL: a third person decides. `keyed_by` keyed it first;
    the errors of both are counted once nothing is open, and NULL until then.
    """

    __tablename__ = "verifications"
    id: Mapped[Id]
    claim_id: Mapped[Ref] = mapped_column(ForeignKey("claims.id"))
    verified_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    verified_at: Mapped[datetime]
    fields_compared: Mapped[int]
    differences: Mapped[str] = mapped_column(Text)
    resolved_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    resolved_at: Mapped[datetime | None]
    keyed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    first_errors: Mapped[int | None]
    second_errors: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("claim_id", "verified_by"),
        Index(None, "keyed_by", "id"),
        Index(None, "verified_by"),
    )
