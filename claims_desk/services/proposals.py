"""A newcomer the register does not have: proposed by a clerk, taken in or declined by an administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select, update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, ProposalState, Role
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import say
from claims_desk.imports.cells import Cell
from claims_desk.imports.good_rows import ParsedRow
from claims_desk.imports.kinds import kind_named
from claims_desk.imports.parsing import parse_typed
from claims_desk.models import Claim, ClaimDecision, Member, MemberProposal, Office
from claims_desk.models.database import Database
from claims_desk.services.audit import snapshot
from claims_desk.services.deed import Deed, deed
from claims_desk.services.import_register import RegisterPlanner, write_register
from claims_desk.services.import_targets import TARGETS
from claims_desk.services.reasons import need_reason
from claims_desk.services.register_rows import refuse_problems

_OF_MEMBER: Final = ("name_lo", "name_en", "sex", "birth_date", "district_code", "village", "family_book_no")
_OF_COVER: Final = ("scheme", "member_no", "valid_from")
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {"members": _OF_MEMBER, "coverages": _OF_COVER}
_SHOWN: Final = (*_OF_COVER, *_OF_MEMBER, "form_no", "facility_code")
_ONE: Final = 2**48  # of an id: the office stands above, its own count below


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A newcomer as a form names him, and the paper he stands on; covered from `valid_from` on, as far as it says."""

    scheme: str
    member_no: str
    name_lo: str = ""
    name_en: str = ""
    sex: str
    birth_date: date | None
    valid_from: date | None
    district_code: str = ""
    village: str = ""
    family_book_no: str = ""
    form_no: str = ""
    facility_code: str = ""


def propose_member(db: Database, actor: Actor, newcomer: NewMember) -> int:
    """Propose a newcomer for the register; returns the proposal's id.

    Raises Refused unless `actor` is a clerk, UserError for what an import would refuse and for one proposed already.
    """
    rows = _checked(newcomer, "0")
    with deed(db, actor, Role.CLERK) as work:
        work.in_turn("member_proposals")
        values = {name: rows[kind][name] for kind, names in _PARTS.items() for name in names}
        texts = {name: "" if value is None else value for name, value in values.items()}
        row = MemberProposal(
            **texts, form_no=newcomer.form_no, facility_code=newcomer.facility_code,
            proposed_by=actor.user_id, proposed_at=_now(),
        )  # fmt: skip
        _refuse_twice(work, row)
        work.session.add(row)
        work.session.flush()
        work.record("member.propose", row, after=snapshot(row, *_SHOWN))
        return row.id


def accept_proposal(db: Database, actor: Actor, proposal_id: int, version: int | None, person_no: str = "") -> str:
    """Take a proposed member and his cover into the register, checked as an import; returns his person number.

    Without a `person_no` he gets the proposal's own. Claims that pend under his number wait to be judged again.
    Raises Refused unless `actor` is an administrator, and for his own proposal; UserError where it is decided
    already, the person number is taken, or an import would refuse the rows.
    """
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        work.session.execute(update(Office).values(registers_version=Office.registers_version))  # one at a time
        row = _waiting(work, proposal_id, version)
        row.person_no = person_no.strip() or f"{row.id // _ONE}-{row.id % _ONE}"
        known = select(Member.id).where(Member.person_no == row.person_no)
        if work.session.execute(known).first() is not None:
            raise UserError(say("The person number {number} is taken.", number=row.person_no), say("Choose another."))
        newcomer = NewMember(**{name: getattr(row, name) for name in _SHOWN})
        for kind, values in _checked(newcomer, row.person_no).items():
            _write(work, kind, values)
        work.session.execute(update(Office).values(registers_version=Office.registers_version + 1))
        _decide(work, row, ProposalState.ACCEPTED)
        work.record("member.accept", row, after={**snapshot(row, *_SHOWN), "person_no": row.person_no})
        _judge_again(work, row)
        return row.person_no


def decline_proposal(db: Database, actor: Actor, proposal_id: int, version: int | None, reason: str) -> None:
    """Decline a proposed member with a reason; his claims stay as they are.

    Raises Refused unless `actor` is an administrator, and for his own proposal; UserError where it is decided already.
    """
    need_reason(reason)
    with deed(db, actor, Role.ADMINISTRATOR) as work:
        row = _waiting(work, proposal_id, version)
        row.reason = reason.strip()
        _decide(work, row, ProposalState.DECLINED)
        work.record("member.decline", row, before=snapshot(row, *_SHOWN), why=row.reason)


def _checked(newcomer: NewMember, person_no: str) -> dict[str, dict[str, Any]]:
    """The rows of register and cover, read as an import reads a file's. Raises UserError for what is wrong."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(newcomer).items()}
    if not newcomer.name_lo.strip() and not newcomer.name_en.strip():
        raise UserError(say("The newcomer has no name."), say("Write it as it stands on the form."))
    rows: dict[str, dict[str, Any]] = {}
    for kind, names in _PARTS.items():
        typed: dict[str, Cell] = {name: said[name] or "" for name in names}
        rows[kind], problems = parse_typed(kind_named(kind), {**typed, "person_no": person_no})
        refuse_problems(problems)
    return rows


def _write(work: Deed, kind_name: str, values: dict[str, Any]) -> None:
    kind, target = kind_named(kind_name), TARGETS[kind_name]
    plan = RegisterPlanner(work.session, kind, target, kind.names).plan([ParsedRow(1, values)])
    refuse_problems(plan.problems)
    write_register(work.session, target, plan)


def _refuse_twice(work: Deed, row: MemberProposal) -> None:
    same = select(MemberProposal.id).where(
        MemberProposal.state == ProposalState.PROPOSED,
        MemberProposal.scheme == row.scheme,
        MemberProposal.member_no == row.member_no,
        MemberProposal.birth_date == row.birth_date,
        MemberProposal.sex == row.sex,
    )
    if work.session.execute(same).first() is not None:
        raise UserError(
            say("This newcomer is proposed already: {scheme} {number}.", scheme=row.scheme, number=row.member_no),
            say("An administrator finds it under Registers. Key on: the claim will wait."),
        )


def _waiting(work: Deed, proposal_id: int, version: int | None) -> MemberProposal:
    row = work.get(MemberProposal, proposal_id, version)
    if row.state != ProposalState.PROPOSED:
        raise UserError(say("This proposal is decided already."), say("Refresh the list."))
    if row.proposed_by == work.actor.user_id:
        raise Refused(
            say("{name} proposed this member and cannot decide on it.", name=work.actor.name),
            say("Another administrator decides."),
        )
    return row


def _decide(work: Deed, row: MemberProposal, state: ProposalState) -> None:
    row.state, row.decided_by, row.decided_at = state, work.actor.user_id, _now()
    work.session.flush()


def _judge_again(work: Deed, row: MemberProposal) -> None:
    """Let claims that the rules pended under the new number wait again; where a supervisor decided, his word stays."""
    by_rules = select(ClaimDecision.id).where(
        ClaimDecision.claim_id == Claim.id, ClaimDecision.current, ClaimDecision.reason == ""
    )
    pended = select(Claim).where(
        Claim.scheme == row.scheme, Claim.member_no == row.member_no, Claim.state == ClaimState.PENDED,
        by_rules.exists(),
    )  # fmt: skip
    for claim in work.session.execute(pended.with_for_update(of=Claim)).scalars():
        work.record("claim.wait_again", claim, before={"state": claim.state}, after={"state": ClaimState.CORRECTED})
        claim.state = ClaimState.CORRECTED


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
