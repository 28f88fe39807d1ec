"""The registers in memory, for every pane that judges or names a code."""

from __future__ import annotations

from threading import Lock

from claims_desk.domain.registers import Registers
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_registers
from claims_desk.queries.office import registers_version


class RegisterShelf:
    """Holds the registers of the office, taken from the database once and again when somebody has changed them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = Lock()
        self._held: Registers | None = None

    def current(self) -> Registers:
        """The registers as they stand now; asks the database, so in the background only."""
        with self._lock:
            if self._held is None or self._held.version != self._db.read(registers_version):
                self._held = self._db.read(load_registers)
            return self._held

    def at_hand(self) -> Registers | None:
        """The registers taken last, without asking anybody; None before the first time."""
        return self._held
