"""What stood in a form after each change, to go back and forth in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

State = Mapping[Any, Any]
LONGEST = 500  # steps


class History:
    """The states of a form, each a value a part; equal states are one step. The oldest of more than 500 go."""

    def __init__(self, state: State) -> None:
        self.begin(state)

    def begin(self, state: State) -> None:
        """Another form stands there: nothing before it can be taken back."""
        self._past: deque[State] = deque(maxlen=LONGEST)
        self._future: list[State] = []
        self._present = dict(state)

    def absorb(self, state: State) -> None:
        """Take what the program itself filled in as part of the last change."""
        self._present = dict(state)

    def amend(self, part: Any, value: Any) -> None:
        """Take one part's value as part of the last change."""
        self._present[part] = value

    def record(self, state: State) -> None:
        """Count what differs from the last state as one step; what was taken back before it is gone."""
        if state != self._present:
            self._past.append(self._present)
            self._future.clear()
            self._present = dict(state)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    def undo(self, state: State) -> State | None:
        """The state before the last change, `state` being how it stands now; None where there is none."""
        self.record(state)
        if not self._past:
            return None
        self._future.append(self._present)
        self._present = dict(self._past.pop())
        return self._present

    def redo(self, state: State) -> State | None:
        """The state that was taken back last; None where there is none, or something was changed since."""
        self.record(state)
        if not self._future:
            return None
        self._past.append(self._present)
        self._present = dict(self._future.pop())
        return self._present
