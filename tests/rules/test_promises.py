"""What holds of all rules and of every claim."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import string
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import claims_desk.resources
from claims_desk import rules
from claims_desk.domain.codes import Decision, Severity
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import say
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.engine import decide, judge
from claims_desk.rules.rule import Rule, RuleFault, rule
from tests.rules.test_scenes import SCENES
from tests.rules.world import (
    BIRTH,
    CAPITATED,
    ITEMS,
    STAY,
    VISIT_PAID_BY_ITEM,
    Line,
    after,
    earlier,
    of_member,
    with_claim,
    with_lines,
)

LONGEST = 15
CONTRACT = {
    "deny": "A04 M02 M04 M08 M10 M11 F02 F03 T02 T03 T04 T08 T14 L01 L07 X01",
    "pend": "A01 A02 A03 A05 A06 A07 A08 A10 M01 M03 M05 M06 M07 F01 F04 F05 F06 R01 R02 R03 D01 D02 D04 D05 D06 D07 "
    "T01 T06 T09 T10 T11 T12 L05 P02 X02 X04 X06",
    "adjust": "T05 T07 L02 L03 L04",
    "warn": "A09 M09 R04 D03 D08 T13 L06 P01 P03 P04 X03 X05",
}
ON_LINES = "A10 T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 L01 L02"
FAMILIES = "AMFRDTLPX"
each_rule = pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)


def test_codes_are_those_of_the_contract_with_their_severity() -> None:
    wanted = {code: severity for severity, codes in CONTRACT.items() for code in codes.split()}
    assert {rule.code: rule.severity.value for rule in CATALOGUE} == wanted
    assert [rule.code for rule in CATALOGUE if rule.on == "line"] == ON_LINES.split()


def test_the_catalogue_is_in_the_order_of_families_and_numbers() -> None:
    codes = [rule.code for rule in CATALOGUE]
    assert codes == sorted(codes, key=lambda code: (FAMILIES.index(code[0]), int(code[1:])))
    assert len(set(codes)) == len(codes)


def test_no_rule_is_left_out_of_the_catalogue() -> None:
    families = [
        importlib.import_module(f"claims_desk.rules.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
    ]
    written = {found.code for family in families for found in vars(family).values() if isinstance(found, Rule)}
    assert written == {rule.code for rule in CATALOGUE}


@each_rule
def test_a_rule_is_at_most_fifteen_lines_with_its_page(rule: Rule) -> None:
    lines = inspect.getsource(rule.check).splitlines()
    start = next(number for number, text in enumerate(lines) if text.startswith("def "))
    assert len(lines[start:]) <= LONGEST


@each_rule
def test_a_rule_has_its_texts_in_lao(rule: Rule) -> None:
    lao = lao_texts()
    for text in (rule.title, rule.fix, rule.page.what, rule.page.passes, rule.page.fails):
        assert lao.get(text.template), text.template


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene.lines], ids=str)
def test_what_a_rule_says_can_be_said_in_lao(scene: object) -> None:
    lao = lao_texts()
    judged = judge(scene.case)  # type: ignore[attr-defined]
    for message in [found.message for found in judged.findings] + list(judged.explanation):
        assert lao.get(message.template), message.template
        spoken = lao[message.template]
        assert names_in(spoken) == names_in(message.template)
        assert "{" not in message.text("en")


def lao_texts() -> dict[str, str]:
    """The rules' texts in Lao by their English template."""
    path = Path(claims_desk.resources.__file__).parent / "locale" / "lo" / "rules.po"
    with path.open("rb") as stream:
        return {str(entry.id): str(entry.string) for entry in read_po(stream) if entry.id and not entry.fuzzy}


def names_in(template: str) -> set[str]:
    """The values a template names."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_a_rule_without_a_page_cannot_be_written() -> None:
    made = rule("Z01", title=say("t"), severity=Severity.WARN, fix=say("f"))
    with pytest.raises(RuleFault, match="Z01"):
        made(lambda case: iter(()))


def test_a_page_without_an_example_each_way_is_no_page() -> None:
    def half(case: Case) -> object:
        """Something is wrong.

        Passes: this.
        """
        return iter(())

    with pytest.raises(RuleFault):
        rule("Z01", title=say("t"), severity=Severity.WARN, fix=say("f"))(half)  # type: ignore[arg-type]


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    dated = replace(CATALOGUE[0], since=first, until=last)
    assert [dated.holds(day) for day in (first, last, None)] == [True, True, True]
    assert not dated.holds(first - timedelta(days=1))
    assert not dated.holds(last + timedelta(days=1))


def test_findings_stand_in_the_order_of_the_catalogue() -> None:
    case = with_lines(with_claim(VISIT_PAID_BY_ITEM, signed=False, facility_code="DH2"), *spoiled_lines())
    places = [[rule.code for rule in CATALOGUE].index(found.code) for found in judge(case).findings]
    assert len(places) > 4
    assert places == sorted(places)


def spoiled_lines() -> list[Line]:
    """Lines with something wrong in each."""
    return [
        Line(line_no=n, item_code=code, quantity=Decimal(3), unit_price=10**6)
        for n, code in enumerate(("OLD", "LAB", "X"), 1)
    ]


def test_nothing_written_on_the_form_at_all_is_a_claim_with_findings() -> None:
    empty = replace(STAY, claim=type(STAY.claim)(), coverages=(), members=(), person_coverages=())
    judged = judge(empty)
    assert judged.decision is Decision.PEND
    assert {found.code for found in judged.findings} == {"A01", "A07"}


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(date(2025, 11, 1), date(2026, 12, 31))
a_line = st.builds(
    Line,
    line_no=st.integers(1, 9),
    item_code=st.sampled_from([row.code for row in ITEMS] + ["", "OPX"]),
    service_date=st.none() | days,
    quantity=st.none() | st.decimals(-2, 9, places=1),
    unit_price=st.none() | st.integers(-5, 5_000_000),
)
lines = st.lists(a_line, max_size=6, unique_by=lambda row: row.line_no).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A claim with any lines, days and facts changed, after any earlier claims."""
    case = draw(st.sampled_from([STAY, VISIT_PAID_BY_ITEM, CAPITATED, BIRTH]))
    changes = {
        "lines": draw(lines),
        "visit_from": draw(st.none() | days),
        "visit_to": draw(st.none() | days),
        "facility_code": draw(st.sampled_from(["DH1", "DH2", "PH1", "CH1", "HC1", "", "XX"])),
        "case_group": draw(st.sampled_from(["", "MED", "NDEL", "NORATE", "XX"])),
        "copay_collected": draw(st.none() | st.integers(0, 60_000)),
    }
    past = draw(st.lists(st.builds(earlier, allowed=st.integers(0, 6_000_000), visit_from=days), max_size=3))
    return after(
        of_member(with_claim(case, **changes), birth_date=draw(st.dates(date(1950, 1, 1), date(2026, 1, 1)))), *past
    )


@unhurried
@given(cases())
def test_amounts_are_whole_kip_between_nought_and_what_is_allowed(case: Case) -> None:
    judged = judge(case)
    assert all(type(kip) is int for kip in (judged.allowed, judged.copay_due, judged.payable))
    assert 0 <= judged.payable <= judged.allowed
    assert judged.copay_due >= 0
    assert all(row.allowed >= 0 and row.quantity >= 0 for row in judged.lines)


@unhurried
@given(cases())
def test_without_a_ceiling_allowed_is_the_sum_of_the_lines_and_the_case_rate(case: Case) -> None:
    judged = judge(case)
    rate = case.case_rate.amount if judged.method == "CASE" and case.case_rate else 0
    whole = sum(row.allowed for row in judged.lines) + rate
    said = {found.code for found in judged.findings}
    if judged.decision is Decision.DENY:
        assert judged.allowed == 0
    elif said & {"L03", "L04"}:
        assert judged.allowed < whole
    else:
        assert judged.allowed == whole


@unhurried
@given(cases())
def test_judging_twice_says_the_same(case: Case) -> None:
    assert judge(case) == judge(replace(case))


@unhurried
@given(cases())
def test_a_reason_to_deny_never_raises_what_is_paid(case: Case) -> None:
    too_late = with_claim(case, received_date=date(2030, 1, 1))
    assert judge(too_late).payable <= judge(case).payable


@unhurried
@given(cases())
def test_a_line_never_gets_more_than_was_asked(case: Case) -> None:
    asked = {row.line_no: row.claimed for row in case.claim.lines}
    assert all(row.allowed <= max(0, asked[row.line_no]) for row in judge(case).lines)


@unhurried
@given(cases())
def test_the_decision_follows_from_the_findings(case: Case) -> None:
    judged = judge(case)
    assert judged.decision is decide(judged.findings)
