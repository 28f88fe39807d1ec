"""Member numbers that nobody has yet and that wait for the administrator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ProposalState
from claims_desk.models import MemberProposal
from claims_desk.queries.keys import ID, TEXT, key_table

PROPOSED: Final = 0
"""Stands for a claim's id, which none has, where its number is proposed."""
_PROPOSALS: Final = MemberProposal.__table__


def proposed_query(session: Session, unknown: Iterable[tuple[int, str, str]]) -> Select[Any]:
    """Of places with a scheme and a member number nobody has those that are proposed: pairs of a place and PROPOSED."""
    keys = key_table(session, {"place": ID, "scheme": TEXT, "member_no": TEXT}, unknown)
    same = (_PROPOSALS.c.scheme == keys.c.scheme) & (_PROPOSALS.c.member_no == keys.c.member_no)
    query = select(keys.c.place, literal(PROPOSED, ID)).select_from(keys).join(_PROPOSALS, same)
    return query.where(_PROPOSALS.c.state == ProposalState.PROPOSED)
