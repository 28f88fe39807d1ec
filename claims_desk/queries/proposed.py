"""Member numbers that nobody has yet and that wait for the administrator."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.domain.codes import ProposalState
from claims_desk.models import MemberProposal
from claims_desk.queries.keys import TEXT, key_table

Number = tuple[str, str]  # scheme and member number
_PROPOSED = MemberProposal.__table__


def proposed_numbers(session: Session, unknown: Collection[Number]) -> set[Number]:
    """Those of `unknown` that are proposed for the register. One statement, none where every number is known."""
    if not unknown:
        return set()
    keys = key_table(session, {"scheme": TEXT, "member_no": TEXT}, sorted(unknown))
    same = (_PROPOSED.c.scheme == keys.c.scheme) & (_PROPOSED.c.member_no == keys.c.member_no)
    query = select(keys.c.scheme, keys.c.member_no).join(_PROPOSED, same)
    waiting = query.where(_PROPOSED.c.state == ProposalState.PROPOSED)
    return {(scheme, number) for scheme, number in session.execute(waiting)}
