"""The index of names kept while an import writes members past the session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from claims_desk.domain.lao import fold, sort_key
from claims_desk.models.name_index import NAMED, IndexRow, StagedRows, known_rows, remove_rows, rows_of
from claims_desk.services.import_plan import Plan, Values, Write


@contextmanager
def names_indexed(session: Session) -> Iterator[Write]:
    """While members are written: whoever was known under another name leaves the index, at the end all come in."""
    connection = session.connection()
    staged = StagedRows(connection)

    def keep(plan: Plan) -> None:
        if plan.changed:
            old, new = known_rows(connection, [values["id"] for values in plan.changed]), set(_rows(plan.changed))
            remove_rows(connection, old - new)
            staged.add(new - old)
        staged.add(_rows(plan.added))

    yield keep
    staged.put_in()


def names_of_member(values: Values) -> Values:
    """The columns of a member that are derived from his names."""
    return {
        "name_lo_folded": fold(values["name_lo"])[:200],
        "name_en_folded": fold(values["name_en"])[:200],
        "name_key": sort_key(values["name_lo"] or values["name_en"])[:400],
    }


def _rows(members: Iterable[Values]) -> list[IndexRow]:
    return [row for values in members for row in rows_of(values["id"], *(values[name] for name in NAMED))]
