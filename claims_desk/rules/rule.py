"""What a rule is: a function of at most 15 lines under `@rule`, its docstring its page in the manual."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from claims_desk.domain.codes import Severity
from claims_desk.domain.judgement import Finding
from claims_desk.domain.messages import Message

Findings = Iterator[Finding]
Check = Callable[..., Findings]  # takes a Case; a BilledLine on a line; a Priced after the pricing
On = Literal["claim", "line"]

RULE_BOOK: Final = "Claims Desk rule book, 2026"
_EXAMPLE = re.compile(r"\n\s*(?=(?:Passes|Fails): )")


class RuleFault(TypeError):
    """A rule that is not written as a rule must be; raised when its module is imported."""


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's docstring: what is wrong and why, an example that passes and one that fails."""

    what: Message
    passes: Message
    fails: Message


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of the catalogue; it holds for claims whose first day is from `since` to `until`, both included."""

    code: str
    title: Message
    severity: Severity
    on: On
    fix: Message
    check: Check
    page: Page
    source: str
    since: date | None
    until: date | None
    priced: bool

    def holds(self, day: date | None) -> bool:
        """Whether the rule is in force on a claim's first day; a claim without one is held against every rule."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def stamp(self, found: Finding, line_no: int | None = None) -> Finding:
        """The finding under the rule's code, severity and fix, on the line it names or is given."""
        place = found.line_no if line_no is None else line_no
        return found.stamped(self.code, self.severity, self.fix, place)


def rule(
    code: str,
    *,
    title: Message,
    severity: Severity,
    fix: Message,
    on: On = "claim",
    priced: bool = False,
    source: str = RULE_BOOK,
    since: date | None = None,
    until: date | None = None,
) -> Callable[[Check], Rule]:
    """Make a function a rule of that code.

    `fix` tells the facility or the clerk what to do. A `priced` rule is asked after the pricing and takes its
    outcome. Raises RuleFault where the docstring does not say what is wrong with an example each way.
    """

    def registered(check: Check) -> Rule:
        return Rule(
            code=code,
            title=title,
            severity=severity,
            on=on,
            fix=fix,
            check=check,
            page=page_of(code, check.__doc__),
            source=source,
            since=since,
            until=until,
            priced=priced,
        )

    return registered


def page_of(code: str, docstring: str | None) -> Page:
    """The manual page a docstring makes. Raises RuleFault where a part is missing."""
    parts = [" ".join(part.split()) for part in _EXAMPLE.split(inspect.cleandoc(docstring or ""))]
    starts = ["", "Passes: ", "Fails: "]
    if len(parts) != len(starts) or not all(
        part.startswith(start) and len(part) > len(start) for part, start in zip(parts, starts, strict=True)
    ):
        raise RuleFault(f"{code}: its docstring must say what is wrong and why, then 'Passes: ' and 'Fails: '")
    what, passes, fails = map(Message, parts)
    return Page(what, passes, fails)
