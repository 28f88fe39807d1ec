"""Judge a claim: ask the rules, price what is left, ask the rules on money, decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from claims_desk.domain.codes import Decision, Severity
from claims_desk.domain.judgement import BilledLine, Case, Finding, Judgement
from claims_desk.domain.messages import say
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.pricing import Priced, price
from claims_desk.rules.rule import Rule

Placed = tuple[int, Finding]  # a finding and the place of its rule in the catalogue


@dataclass(frozen=True, slots=True)
class _Round:
    """The rules in force on a day, each with its place in the catalogue, by what they are asked about."""

    on_claim: Sequence[tuple[int, Rule]]
    on_line: Sequence[tuple[int, Rule]]
    on_price: Sequence[tuple[int, Rule]]


@lru_cache(maxsize=4096)
def _round_of(day: date | None) -> _Round:
    valid = [(place, rule) for place, rule in enumerate(CATALOGUE) if rule.holds(day)]
    plain = [(place, rule) for place, rule in valid if not rule.priced]
    return _Round(
        on_claim=[(place, rule) for place, rule in plain if rule.on == "claim"],
        on_line=[(place, rule) for place, rule in plain if rule.on == "line"],
        on_price=[(place, rule) for place, rule in valid if rule.priced],
    )


def judge(case: Case) -> Judgement:
    """What the rules say of a claim, and its price; findings stand in the order of the catalogue."""
    rules = _round_of(case.day)
    placed: list[Placed] = []
    _ask(rules.on_claim, case, placed)
    for billed in case.billed:
        _ask(rules.on_line, billed, placed, billed.line_no)
    priced = price(case, _lines_with(placed, Severity.DENY), _lines_with(placed, Severity.PEND))
    _ask(rules.on_price, priced, placed)
    placed.sort(key=lambda entry: entry[0])
    return _judgement(priced, tuple(found for _, found in placed))


def _ask(
    rules: Sequence[tuple[int, Rule]],
    facts: Case | BilledLine | Priced,
    placed: list[Placed],
    line_no: int | None = None,
) -> None:
    keep = placed.append
    for place, rule in rules:
        for found in rule.check(facts):
            keep((place, rule.stamp(found, line_no)))


def _lines_with(placed: list[Placed], severity: Severity) -> frozenset[int]:
    return frozenset([found.line_no for _, found in placed if found.line_no is not None and found.severity is severity])


def _judgement(priced: Priced, findings: tuple[Finding, ...]) -> Judgement:
    decision = decide(findings)
    denied = decision is Decision.DENY
    lines = tuple([replace(line, allowed=0) for line in priced.lines]) if denied else priced.lines
    steps = priced.explanation
    if denied:
        steps += (say("The claim is denied: nothing is paid."),)
    elif decision is Decision.PEND:
        steps += (say("Provisional: nothing is paid while something is asked about."),)
    return Judgement(
        decision=decision,
        method=priced.method,
        allowed=0 if denied else priced.allowed,
        copay_due=priced.copay_due,
        payable=0 if denied else priced.payable,
        lines=lines,
        findings=findings,
        explanation=steps,
    )


def decide(findings: Sequence[Finding]) -> Decision:
    """Deny if anything denies the claim; else pend if anything asks about claim or line; else accept."""
    if any(found.severity is Severity.DENY and found.line_no is None for found in findings):
        return Decision.DENY
    if any(found.severity is Severity.PEND for found in findings):
        return Decision.PEND
    return Decision.ACCEPT
