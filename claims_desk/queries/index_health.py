"""Whether the index of names agrees with the members."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from claims_desk.domain.messages import Message, say
from claims_desk.domain.name_index import index_rows, word_id
from claims_desk.models import Member, MemberWord, NameWord
from claims_desk.queries.keys import ID, key_table

MEMBERS_A_STEP = 5_000


def members_off_the_index(session: Session) -> Iterator[Message]:
    """Members whom a search would miss, and entries that lead to nobody of that name."""
    known = set(session.execute(select(NameWord.word)).scalars())
    expected = missing = 0
    for members in _members(session):
        rows = {(word, rest, key) for key, *names in members for word, rest in index_rows(*names)}
        there = _there(session, [(word_id(word), rest, key) for word, rest, key in rows if word in known])
        expected += len(rows)
        missing += len(rows) - there
    if missing:
        yield say("{count} entries of members are missing from the index of names", count=missing)
    stale = session.execute(select(func.count()).select_from(MemberWord)).scalar_one() - (expected - missing)
    if stale:
        yield say("{count} entries of the index of names are of no member's name", count=stale)


def _members(session: Session) -> Iterator[list[tuple[int, str, str, str]]]:
    columns = (Member.id, Member.name_lo_folded, Member.name_en_folded, Member.village)
    after = -1
    while found := session.execute(
        select(*columns).where(Member.id > after).order_by(Member.id).limit(MEMBERS_A_STEP)
    ).all():
        yield [(key, lao, roman, village) for key, lao, roman, village in found]
        after = found[-1].id


def _there(session: Session, rows: list[tuple[int, int, int]]) -> int:
    keys = key_table(session, {"word_id": ID, "rest": ID, "member_id": ID}, rows)
    same = and_(*(MemberWord.__table__.c[name] == keys.c[name] for name in ("word_id", "rest", "member_id")))
    return session.execute(select(func.count()).select_from(keys).join(MemberWord, same)).scalar_one()
