"""Members read along the index of names, and no more of them than are wanted however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from claims_desk.domain.name_index import word_id
from claims_desk.domain.typed_search import Days
from claims_desk.models import Member, MemberWord
from claims_desk.queries.matching import holds

Key = tuple[int, int, int]
"""A word's id, and the lowest and the highest number of what stands beside it."""

_SQLITE: Final = """
    SELECT m.id, m.name_lo_folded, m.name_en_folded, m.name_key
    FROM json_each(:keys) k
    CROSS JOIN member_words w ON w.word_id = json_extract(k.value, '$[0]')
        AND w.rest BETWEEN json_extract(k.value, '$[1]') AND json_extract(k.value, '$[2]')
    CROSS JOIN members m ON m.id = w.member_id {born}
    LIMIT :most
"""  # a CROSS JOIN keeps its order, so that the rows come key by key and stop at the limit
_POSTGRESQL: Final = """
    SELECT m.id, m.name_lo_folded, m.name_en_folded, m.name_key
    FROM (
        SELECT k.place, w.rest, w.member_id
        FROM unnest(CAST(:words AS bigint[]), CAST(:lows AS bigint[]), CAST(:highs AS bigint[]))
            WITH ORDINALITY AS k(word_id, low, high, place)
        CROSS JOIN LATERAL (
            SELECT i.rest, i.member_id FROM member_words i {joined}
            WHERE i.word_id = k.word_id AND i.rest BETWEEN k.low AND k.high
            ORDER BY i.rest, i.member_id LIMIT :most
        ) w
        ORDER BY k.place, w.rest, w.member_id LIMIT :most
    ) w
    JOIN members m ON m.id = w.member_id
    ORDER BY w.place, w.rest, w.member_id
"""
_BORN: Final = "AND m.birth_date BETWEEN :first AND :last"
_JOINED: Final = f"JOIN members m ON m.id = i.member_id {_BORN}"
_COLUMNS: Final = (Member.id, Member.name_lo_folded, Member.name_en_folded, Member.name_key)


class Named(NamedTuple):
    """A member's id, his folded names and his place in the dictionary."""

    id: int
    lao: str
    roman: str
    name_key: str


def bearers(session: Session, keys: Sequence[Key], born: Days | None, most: int) -> list[Named]:
    """At most `most` members that stand at the keys, in the order of these and of what stands beside the word."""
    values: dict[str, Any] = {"most": most}
    if born:
        values |= {"first": born[0], "last": born[1]}
    if session.get_bind().dialect.name == "postgresql":
        query = _POSTGRESQL.format(joined=_JOINED if born else "")
        words, lows, highs = zip(*keys, strict=True)
        values |= {"words": list(words), "lows": list(lows), "highs": list(highs)}
    else:
        query = _SQLITE.format(born=_BORN if born else "")
        values["keys"] = json.dumps(keys)
    typed = [bindparam(name, type_=Member.birth_date.type) for name in ("first", "last") if born]
    return [Named(*row) for row in session.execute(text(query).bindparams(*typed), values)]


def dwellers(
    session: Session, villages: Iterable[str], holding: Sequence[str], born: Days | None, most: int
) -> list[Named]:
    """At most `most` members of the villages, given by their words in the index, in the order of their names; those
    only whose names hold each of some words.
    """
    ids = [word_id(village) for village in villages]
    query = select(*_COLUMNS).join(MemberWord, MemberWord.member_id == Member.id).where(MemberWord.word_id.in_(ids))
    for word in holding:
        query = query.where(or_(*(holds(session, name, word) for name in _COLUMNS[1:3])))
    if born:
        query = query.where(Member.birth_date.between(*born))
    query = query.order_by(MemberWord.word_id, MemberWord.rest, MemberWord.member_id).limit(most)
    return [Named(*row) for row in session.execute(query)]


def born_in(session: Session, days: Days, most: int) -> list[Named]:
    """At most `most` members born on the days, the eldest first."""
    query = select(*_COLUMNS).where(Member.birth_date.between(*days)).order_by(Member.birth_date, Member.id)
    return [Named(*row) for row in session.execute(query.limit(most))]


def count_born_in(session: Session, days: Days, most: int) -> int:
    """How many members were born on the days; `most` where it is as many or more."""
    some = select(Member.id).where(Member.birth_date.between(*days)).limit(most).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one()
