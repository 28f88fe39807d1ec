"""Keeps what is typed of returns on this PC's disk until it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QObject

from claims_desk.domain.monthly_return import Cell
from claims_desk.services.drafts import Draft
from claims_desk.ui.desk import Desk
from claims_desk.ui.draft_keeper import DraftKeeper
from claims_desk.ui.returns.typed import as_json

FOLDER = "return-drafts"


def draft_key(desk: Desk, facility_code: str, month: date) -> str:
    """What the draft of a facility's month is kept under: one a user and database."""
    return uuid5(NAMESPACE_URL, f"{desk.db.identity}/{desk.actor.name}/{facility_code}/{month}").hex


def return_draft(desk: Desk, facility_code: str, month: date, version: int, texts: dict[Cell, str], key: str) -> Draft:
    """The draft of a facility's month."""
    return Draft(
        user=desk.actor.name,
        database=desk.db.identity,
        typed={"facility": facility_code, "month": month.isoformat(), "places": as_json(texts)},
        version=version,
        key=key,
    )


def draft_of(drafts: Sequence[Draft], facility_code: str, month: date) -> Draft | None:
    """The draft of a facility's month; None where nothing was typed of it that is not saved."""
    wanted = (facility_code, month.isoformat())
    return next((one for one in drafts if (one.typed.get("facility"), one.typed.get("month")) == wanted), None)


def return_keeper(desk: Desk, gather: Callable[[], Draft | None], parent: QObject) -> DraftKeeper:
    """The keeper of drafts of returns."""
    return DraftKeeper(desk, gather, parent, FOLDER)
