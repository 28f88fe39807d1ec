"""The index by which members are found by name and village, kept with every flush; bulk writers call it themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Integer, String, event, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from claims_desk.domain.name_index import index_rows, word_id
from claims_desk.domain.sounds import sound
from claims_desk.models.base import Base
from claims_desk.models.members import Member

IndexRow = tuple[str, int, int]
"""A word, the number of what stands beside it, a member's id."""
Numbered = tuple[int, int, int]
"""The same with the word's id."""

_BIG = BigInteger().with_variant(Integer, "sqlite")


class NameWord(Base):
    """A word that names have, or a village; kept when nobody bears it any more. Its id is `word_id` of it."""

    __tablename__ = "name_words"
    id: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(String(220))
    sound: Mapped[str] = mapped_column(String(220))


class MemberWord(Base):
    """A word of a member's name beside the rest of it (`domain.name_index`)."""

    __tablename__ = "member_words"
    word_id: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    rest: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=False)
    __table_args__ = {"sqlite_with_rowid": False}


NAMED: Final = ("name_lo_folded", "name_en_folded", "village")
"""What of a member stands in the index."""

_INDEX: Final = "member_words"
_STAGED: Final = "staged_member_words"

# Written out, because five million rows a second count: executemany of tuples for SQLite, arrays for PostgreSQL.
_STAGE: Final = f"""
    CREATE TEMPORARY TABLE {_STAGED} (word_id BIGINT NOT NULL, rest BIGINT NOT NULL, member_id BIGINT NOT NULL)
"""
_PUT_IN: Final = f"""
    INSERT INTO {_INDEX} (word_id, rest, member_id)
    SELECT DISTINCT word_id, rest, member_id FROM {_STAGED} WHERE true ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
"""  # noqa: S608
_UNSTAGE: Final = f"DROP TABLE {_STAGED}"
_ADD: Final = "INSERT OR IGNORE INTO {table} (word_id, rest, member_id) VALUES (?, ?, ?)"
_ADD_ARRAYS: Final = """
    INSERT INTO {table} (word_id, rest, member_id)
    SELECT * FROM unnest(CAST(:words AS bigint[]), CAST(:rests AS bigint[]), CAST(:members AS bigint[]))
    ON CONFLICT DO NOTHING
"""
_REMOVE: Final = "DELETE FROM member_words WHERE word_id = ? AND rest = ? AND member_id = ?"
_REMOVE_ARRAYS: Final = """
    DELETE FROM member_words i
    USING unnest(CAST(:words AS bigint[]), CAST(:rests AS bigint[]), CAST(:members AS bigint[])) gone(w, r, m)
    WHERE i.word_id = gone.w AND i.rest = gone.r AND i.member_id = gone.m
"""
_ADD_WORDS: Final = "INSERT OR IGNORE INTO name_words (id, word, sound) VALUES (?, ?, ?)"
_ADD_WORD_ARRAYS: Final = """
    INSERT INTO name_words (id, word, sound)
    SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:words AS text[]), CAST(:sounds AS text[]))
    ON CONFLICT DO NOTHING
"""


def rows_of(member_id: int, lao: str, roman: str, village: str) -> list[IndexRow]:
    """The rows of a member with these names, folded already."""
    return [(word, rest, member_id) for word, rest in index_rows(lao, roman, village)]


def add_words(connection: Connection, words: Collection[str]) -> None:
    """Make sure the words stand in the list of words."""
    if not words:
        return
    rows = [(word_id(word), word, sound(word)) for word in sorted(words)]
    if _on_server(connection):
        ids, named, sounds = map(list, zip(*rows, strict=True))
        connection.execute(text(_ADD_WORD_ARRAYS), {"ids": ids, "words": named, "sounds": sounds})
    else:
        connection.exec_driver_sql(_ADD_WORDS, rows)


def add_rows(connection: Connection, rows: Collection[IndexRow]) -> None:
    """Put rows into the index; those that stand there stay. Their words must stand in the list of words."""
    _insert(connection, _INDEX, sorted(_numbered(rows)))


def _insert(connection: Connection, table: str, numbered: list[Numbered]) -> None:
    if not numbered:
        return
    if _on_server(connection):
        connection.execute(text(_ADD_ARRAYS.format(table=table)), _arrays(numbered))
    else:
        connection.exec_driver_sql(_ADD.format(table=table), numbered)


def remove_rows(connection: Connection, rows: Collection[IndexRow]) -> None:
    """Take rows out of the index; the words stay."""
    if not rows:
        return
    if _on_server(connection):
        connection.execute(text(_REMOVE_ARRAYS), _arrays(_numbered(rows)))
    else:
        connection.exec_driver_sql(_REMOVE, _numbered(rows))


class StagedRows:
    """Very many rows on their way into the index: laid aside as they come, put in at the end in the index's own order.

    In any other order a million members would touch every page of the index hundreds of times.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}
        connection.exec_driver_sql(_STAGE)

    def add(self, rows: Collection[IndexRow]) -> None:
        """Lay rows aside."""
        self._ids |= {word: word_id(word) for word in {word for word, _, _ in rows} - self._ids.keys()}
        _insert(self._connection, _STAGED, [(self._ids[word], rest, key) for word, rest, key in rows])

    def put_in(self) -> None:
        """Put all of them into the index."""
        add_words(self._connection, self._ids)
        self._connection.exec_driver_sql(_PUT_IN)
        self._connection.exec_driver_sql(_UNSTAGE)


def known_rows(connection: Connection, member_ids: Collection[int]) -> set[IndexRow]:
    """The rows that members as they stand in the database have."""
    columns = [Member.__table__.c[name] for name in ("id", *NAMED)]
    found = connection.execute(select(*columns).where(columns[0].in_(member_ids)))
    return {row for member in found for row in rows_of(*member)}


def _numbered(rows: Iterable[IndexRow]) -> list[Numbered]:
    return [(word_id(word), rest, key) for word, rest, key in rows]


def _arrays(numbered: Iterable[Numbered]) -> dict[str, list[int]]:
    words, rests, members = map(list, zip(*numbered, strict=True))
    return {"words": words, "rests": rests, "members": members}


def _on_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


@event.listens_for(Session, "before_flush")
def _keep_index(session: Session, _context: Any, _instances: Any) -> None:
    fresh = [row for row in session.new if isinstance(row, Member)]
    changed = [row for row in session.dirty if isinstance(row, Member) and session.is_modified(row)]
    gone = [row for row in session.deleted if isinstance(row, Member)]
    if not (fresh or changed or gone):
        return
    connection = session.connection()
    old = known_rows(connection, [row.id for row in (*changed, *gone)])
    new = {
        each
        for row in (*fresh, *changed)
        for each in rows_of(row.id, row.name_lo_folded or "", row.name_en_folded or "", row.village or "")
    }
    remove_rows(connection, old - new)
    add_words(connection, {word for word, _, _ in new - old})
    add_rows(connection, new - old)
