"""What Ctrl+K looks through besides panes and commands: a new noun adds its finder here."""

from __future__ import annotations

from collections.abc import Callable

from claims_desk.ui.desk import Desk, Found

Finder = Callable[[Desk, str], list[Found]]

FINDERS: list[Finder] = []
