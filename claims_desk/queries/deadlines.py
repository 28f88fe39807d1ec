"""By when a facility may still cure a pended claim.

A claim that came in time stays in time: a corrected form is keyed into the claim that is held, which keeps its day of
receipt, so rule A04 does not speak again. What limits it is the time the office gives to answer a letter, `cure_days`
after the letter. But nobody who cures has less time than somebody who sends in for the first time: until
`submission_days` after the last day of the visit even a new form is taken. So the last day is the later of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from claims_desk.queries.in_force import numbers_in_force

CURE_DAYS: Final = "cure_days"
SUBMISSION_DAYS: Final = "submission_days"
DEFAULTS: Final = {CURE_DAYS: 30, SUBMISSION_DAYS: 90}
LONGEST: Final = 3_650  # days: a slip of the pen must not lead past the calendar's end


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The two numbers of days as they hold on the day of a letter: by name and scheme, an empty scheme for all."""

    written_on: date
    days: Mapping[tuple[str, str], int]

    def cure_by(self, scheme: str, last_day: date | None) -> date:
        """The last day to send a pended claim again; `last_day` is that of the visit, None where it is not known."""
        answered = self.written_on + timedelta(days=self._days(CURE_DAYS, scheme))
        if last_day is None:
            return answered
        return max(answered, last_day + timedelta(days=self._days(SUBMISSION_DAYS, scheme)))

    def _days(self, name: str, scheme: str) -> int:
        return self.days.get((name, scheme), self.days.get((name, ""), DEFAULTS[name]))


def deadlines(session: Session, written_on: date) -> Deadlines:
    """What a letter of a day counts with."""
    found = numbers_in_force(session, DEFAULTS, written_on)
    return Deadlines(written_on, {key: min(days, LONGEST) for key, days in found.items()})
