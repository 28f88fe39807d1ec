"""What holds of money whatever the registers, the form and the past say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from claims_desk.domain import registers as tables
from claims_desk.domain.codes import Decision, Severity
from claims_desk.domain.facts import (
    CaseRate,
    Ceiling,
    Copayment,
    EarlierClaim,
    EarlierLine,
    Exemption,
    Item,
    ItemPair,
    Line,
    PaymentMethod,
    Price,
    VisitLimit,
)
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import Name, say
from claims_desk.domain.registers import Registers
from claims_desk.rules import engine
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.engine import judge
from claims_desk.rules.pricing import price
from claims_desk.rules.rule import rule
from tests.rules.world import STAY, VISIT, WORLD, cover, earlier, under

unhurried = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
CODES = ("I1", "I2", "I3", "I4")
LIMITS = ("max_per_day", "max_per_year")
CARES = ("OPD", "IPD", "DELIVERY")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
kip = st.integers(0, 2_000_000)
days = st.dates(FIRST, LAST)
small = st.none() | st.integers(0, 6)


def spans(start: st.SearchStrategy[date] = days) -> st.SearchStrategy[dict[str, date | None]]:
    """Days a row holds, either end open or not."""
    return st.tuples(start, st.none() | days).map(
        lambda both: {"valid_from": both[0], "valid_to": max(both) if both[1] else None}  # type: ignore[type-var]
    )


always = st.just({"valid_from": date(2025, 1, 1), "valid_to": None})
mostly = always | spans()


@st.composite
def items(draw: st.DrawFn, code: str) -> Item:
    """An item with any limits."""
    return Item(
        code=code,
        kind="SERVICE",
        name=Name("", code),
        max_per_day=draw(small),
        max_per_year=draw(small),
        min_interval_days=draw(st.none() | st.integers(0, 400)),
        extra=draw(st.booleans()),
        excluded=draw(st.integers(0, 9)) == 0,
        active_to=draw(st.none() | days),
    )


@st.composite
def worlds(draw: st.DrawFn) -> Registers:
    """The registers of an office: any tariff, methods, co-payments, ceilings and limits, with days of their own."""
    scheme, level = {"scheme": "NHI"}, {"level": "DH"}
    return replace(
        WORLD,
        items={code: draw(items(code)) for code in CODES},
        prices=tables.prices(
            Price(item_code=code, price=draw(kip), **scheme, **level, **draw(mostly)) for code in CODES
        ),
        payment_methods=tables.payment_methods(
            PaymentMethod(
                care_type=care, method=draw(st.sampled_from(["FEE", "CASE", "CAPITATION"])), **scheme, **level, **span
            )
            for care in CARES
            if (span := draw(mostly))
        ),
        case_rates=tables.case_rates([CaseRate(case_group="MED", amount=draw(kip), **scheme, **level, **draw(mostly))]),
        copayments=tables.copayments(
            Copayment(
                care_type=care,
                amount=draw(st.integers(0, 100_000)),
                percent=draw(st.decimals(0, 100, places=2)),
                **scheme,
                **level,
                **draw(mostly),
            )
            for care in CARES
        ),
        ceilings=tables.ceilings(
            Ceiling(care_type=care, period=period, amount=draw(st.integers(0, 9_000_000)), **scheme, **draw(mostly))
            for care, period in draw(
                st.sets(st.tuples(st.sampled_from([*CARES, "ANY"]), st.sampled_from(["CLAIM", "YEAR"])))
            )
        ),
        visit_limits=tables.visit_limits(
            VisitLimit(care_type=care, max_per_year=draw(st.integers(0, 4)), **scheme, **draw(mostly)) for care in CARES
        ),
        item_pairs=tables.item_pairs(
            ItemPair(first_item=first, second_item=second, **draw(mostly))
            for first, second in draw(st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), max_size=3))
        ),
    )


quantities = st.integers(1, 8).map(Decimal) | st.decimals(-2, 9, places=1) | st.none()


@st.composite
def forms(draw: st.DrawFn, registers: Registers, one_price: bool) -> Case:
    """A claim with any lines; with `one_price` all lines of an item ask for the same kip."""
    asked = {code: draw(kip) for code in CODES}
    first = draw(days)
    lines = tuple(
        Line(
            line_no=number,
            item_code=(code := draw(st.sampled_from([*CODES, "NONE"]))),
            service_date=draw(st.none() | days),
            quantity=draw(quantities),
            unit_price=asked.get(code, 0) if one_price else draw(st.none() | st.integers(-5, 2_000_000)),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    )
    claim = replace(
        STAY.claim,
        care_type=draw(st.sampled_from(CARES)),
        visit_from=first,
        visit_to=draw(st.none() | days),
        received_date=draw(st.dates(first, date(2027, 6, 1))),
        lines=lines,
        claimed_total=0,
        copay_collected=draw(st.none() | st.integers(0, 100_000)),
        case_group=draw(st.sampled_from(["MED", "", "XX"])),
    )
    exempt = [Exemption(person_no="P1", category="POOR", **span) for span in draw(st.lists(mostly, max_size=1))]
    case = replace(STAY, claim=claim, registers=registers, exemptions=tuple(exempt))
    return under(case, cover(**draw(mostly)))


@st.composite
def pasts(draw: st.DrawFn) -> EarlierClaim:
    """An earlier claim of the member, as judged."""
    lines = [
        EarlierLine(item_code=code, service_date=draw(st.none() | days), quantity=Decimal(draw(st.integers(0, 4))))
        for code in draw(st.lists(st.sampled_from(CODES), max_size=3))
    ]
    facts: dict[str, Any] = {
        "scheme": draw(st.sampled_from(["NHI", "NHI", "SASS"])),
        "care_type": draw(st.sampled_from(CARES)),
        "visit_from": (first := draw(days)),
        "visit_to": first,
        "allowed": draw(st.integers(0, 6_000_000)),
    }
    return earlier(STAY, *lines, **facts)


@st.composite
def cases(draw: st.DrawFn, one_price: bool = False) -> Case:
    """Any claim in any office, after anything."""
    case = draw(forms(draw(worlds()), one_price))
    return replace(case, earlier=tuple(draw(st.lists(pasts(), max_size=4))))


@unhurried
@given(cases())
def test_payable_is_whole_kip_between_nought_and_what_is_allowed(case: Case) -> None:
    judged = judge(case)
    assert all(type(amount) is int for amount in (judged.allowed, judged.copay_due, judged.payable))
    assert 0 <= judged.payable <= judged.allowed
    assert judged.copay_due >= 0
    assert all(row.allowed >= 0 and row.quantity >= 0 for row in judged.lines)


@unhurried
@given(cases())
def test_lines_and_case_rate_sum_to_what_is_allowed_before_the_ceilings(case: Case) -> None:
    priced = price(case)
    whole = sum(row.allowed for row in priced.lines)
    whole += case.case_rate.amount if case.method == "CASE" and case.case_group and case.case_rate else 0
    for cut in (priced.claim_cut, priced.year_cut):
        if cut:
            assert cut.before == whole
            whole = cut.after
    assert priced.allowed == whole
    due = 0 if priced.method == "CAPITATION" else priced.copay_due
    assert priced.payable == max(0, whole - due)


@unhurried
@given(cases())
def test_every_line_keeps_its_number_and_gets_no_more_than_asked(case: Case) -> None:
    judged = judge(case)
    asked = {row.line_no: row.claimed for row in case.claim.lines}
    assert [row.line_no for row in judged.lines] == sorted(asked)
    assert all(row.allowed <= max(0, asked[row.line_no]) for row in judged.lines)


@unhurried
@given(cases())
def test_judging_twice_says_the_same(case: Case) -> None:
    assert judge(case) == judge(replace(case))


@unhurried
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_lines_in_memory_does_not_matter(case: Case, random: Any) -> None:
    lines = list(case.claim.lines)
    random.shuffle(lines)
    assert judge(replace(case, claim=replace(case.claim, lines=tuple(lines)))) == judge(case)


@unhurried
@given(cases())
def test_what_is_of_other_people_changes_nothing(case: Case) -> None:
    stranger = earlier(STAY, EarlierLine(item_code="I1", service_date=VISIT, quantity=Decimal(9)), allowed=10**9)
    others = [replace(stranger, person_no=person, visit_from=case.day) for person in ("P2", "")]
    assert judge(replace(case, earlier=(*others, *case.earlier))) == judge(case)


def deny(on: str) -> Any:
    """A rule nobody has written yet, that denies the claim, or its first line."""

    def check(facts: Any) -> Any:
        """Something is wrong.

        Passes: never.
        Fails: always.
        """
        if on == "claim" or facts.line_no == 1:
            yield Finding(message=say("Something is wrong."))  # said of nobody

    return rule("Z99", title=say("Something"), severity=Severity.DENY, fix=say("Nothing."), on=on)(check)  # type: ignore[arg-type]


@pytest.mark.parametrize("on", ["claim", "line"])
@unhurried
@given(case=cases(one_price=True))
def test_one_more_rule_that_denies_never_raises_what_is_paid(on: str, case: Case) -> None:
    before = judge(case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "CATALOGUE", (*CATALOGUE, deny(on)))
        engine._round_of.cache_clear()
        after = judge(case)
    engine._round_of.cache_clear()
    assert after.payable <= before.payable
    assert before.decision is not Decision.DENY or after.decision is Decision.DENY


@unhurried
@given(cases(one_price=True), st.lists(pasts(), min_size=1, max_size=3))
def test_more_earlier_claims_never_raise_what_is_paid(case: Case, more: list[EarlierClaim]) -> None:
    assert judge(replace(case, earlier=(*case.earlier, *more))).payable <= judge(case).payable


@unhurried
@given(
    cases(one_price=True), st.sampled_from(CODES), st.sampled_from(["max_per_day", "max_per_year"]), st.integers(0, 3)
)
def test_a_tighter_limit_of_an_item_never_raises_what_is_paid(case: Case, code: str, name: str, limit: int) -> None:
    old = case.registers.items[code]
    assume(getattr(old, name) is None or limit <= getattr(old, name))
    tighter = {**case.registers.items, code: replace(old, **{name: limit})}
    assert judge(replace(case, registers=replace(case.registers, items=tighter))).payable <= judge(case).payable


@unhurried
@given(cases())
def test_ceilings_never_raise_what_is_paid(case: Case) -> None:
    without = replace(case, registers=replace(case.registers, ceilings=tables.ceilings([])))
    assert judge(case).payable <= judge(without).payable


@unhurried
@given(cases())
def test_an_exemption_never_lowers_what_is_paid(case: Case) -> None:
    poor = Exemption(person_no="P1", category="POOR", valid_from=date(2025, 1, 1))
    assert judge(replace(case, exemptions=(poor,))).payable >= judge(replace(case, exemptions=())).payable
