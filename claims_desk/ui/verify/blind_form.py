"""The form as it is keyed a second time: only what says who, where, when and how much, in the paper's order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from claims_desk.domain.facts import Claim
from claims_desk.domain.second_keying import IDENTITY_AND_MONEY
from claims_desk.queries.verifications import ToVerify
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.form import ClaimForm
from claims_desk.ui.key.form_fields import FACILITY, FIELDS
from claims_desk.ui.key.line_model import COLUMNS
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.paper_form import ROWS as PAPER_ROWS

SHOWN: Final = frozenset({"form_no"})  # it names the paper to take up, so it is not typed again
_ROOM: Final = {"scheme": 1, "member_no": 2}  # how strongly a field takes the room its neighbours in Key leave free
BLIND_FIELDS: Final = (
    replace(FACILITY, grows=3),
    *(
        replace(each, grows=_ROOM.get(each.name, each.grows))
        for each in FIELDS
        if each.name in IDENTITY_AND_MONEY and each.name not in SHOWN
    ),
)
ROWS: Final = (
    ("facility_code", "scheme", "member_no"),
    tuple(PAPER_ROWS[1]),
    ("copay_collected", "claimed_total", "received_date"),
)
OWN_CARRIED: Final = ("scheme", "care_type")
JUDGED: Final = ("price", "allowed")


class BlindSheet(ClaimSheet):
    """One form without its name, its findings and its price; nothing of the first keying comes near it."""

    def __init__(self, look_ups: LookUps) -> None:
        super().__init__(look_ups, ClaimForm(look_ups, BLIND_FIELDS, ROWS))
        for name in JUDGED:
            self.grid.setColumnHidden(COLUMNS.index(name), True)

    def begin_blind(self, row: ToVerify, before: Claim | None) -> None:
        """An empty form; what is the same on the next paper is carried over from the last one this clerk keyed so."""
        self.show_claim(Claim(form_no=row.form_no, received_date=row.received_on))
        self.form.visited.clear()
        self.grid.was_visited = False
        if before is not None:
            self.form.show_claim(before, OWN_CARRIED)
            self.form.remember(before)
        self.undo.begin()
        self.form.go_to(ROWS[0][0])
