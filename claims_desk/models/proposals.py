"""Members proposed by clerks, for an administrator to take into the register or to decline."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from claims_desk.domain.codes import ProposalState
from claims_desk.models.base import Base, Code, Id, Ref, Text200, Versioned, one_of


class MemberProposal(Versioned, Base):
    """A newcomer as a form names him; `person_no` is his number in the register once he is accepted.

    `form_no` and `facility_code` say on which paper he stands, saved or not yet.
    """

    __tablename__ = "member_proposals"
    id: Mapped[Id]
    state: Mapped[ProposalState] = mapped_column(one_of(ProposalState), default=ProposalState.PROPOSED)
    scheme: Mapped[Code]
    member_no: Mapped[Code]
    name_lo: Mapped[Text200]
    name_en: Mapped[Text200]
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date]
    district_code: Mapped[str] = mapped_column(String(4))
    village: Mapped[Text200]
    family_book_no: Mapped[Code]
    valid_from: Mapped[date]
    form_no: Mapped[Code]
    facility_code: Mapped[Code]
    proposed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    person_no: Mapped[Code] = mapped_column(default="")
    __table_args__ = (Index(None, "state"), Index(None, "scheme", "member_no"))
