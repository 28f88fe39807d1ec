from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from claims_desk.domain.facts import Claim, Line
from claims_desk.domain.totals import Totals, totals_of
from claims_desk.domain.wrong_form import is_swapped, suspects

KIP = st.integers(min_value=1_000, max_value=99_999_999)
BUNDLES = st.lists(KIP, min_size=2, max_size=40).map(
    lambda totals: [
        Claim(id=place, form_no=f"F-{1000 + place}", claimed_total=kip) for place, kip in enumerate(totals, start=1)
    ]
)


def totals(claims: list[Claim]) -> Totals:
    return totals_of((claim.form_no, claim.claimed_total) for claim in claims)


def found(counted: list[Claim], keyed: list[Claim]) -> list[str]:
    return [each.form_no for each in suspects(keyed, totals(keyed) - totals(counted))]


def swap(kip: int, place: int) -> int:
    figures = list(str(kip))
    place %= len(figures) - 1
    figures[place], figures[place + 1] = figures[place + 1], figures[place]
    return int("".join(figures))


@given(BUNDLES, st.integers(min_value=0), st.integers(min_value=0))
def test_a_total_with_two_figures_swapped_is_among_the_suspects(bundle: list[Claim], which: int, place: int) -> None:
    which %= len(bundle)
    right = bundle[which].claimed_total or 0
    keyed = [*bundle]
    keyed[which] = replace(bundle[which], claimed_total=swap(right, place))
    assume(keyed[which] != bundle[which])
    assert bundle[which].form_no in found(bundle, keyed)


@given(BUNDLES, st.integers(min_value=0), st.integers(min_value=1, max_value=1_000_000))
def test_a_total_that_is_not_the_sum_of_its_lines_is_among_the_suspects(
    bundle: list[Claim], which: int, slip: int
) -> None:
    which %= len(bundle)
    right = bundle[which].claimed_total or 0
    lines = (Line(line_no=1, quantity=Decimal(1), unit_price=right),)
    keyed = [*bundle]
    keyed[which] = replace(bundle[which], claimed_total=right + slip, lines=lines)
    assert bundle[which].form_no in found(bundle, keyed)


@given(BUNDLES)
def test_a_form_keyed_twice_is_among_the_suspects(bundle: list[Claim]) -> None:
    assert bundle[0].form_no in found(bundle, [*bundle, replace(bundle[0], id=99)])


def bundle(*forms: tuple[str, int]) -> list[Claim]:
    return [Claim(id=place, form_no=form_no, claimed_total=kip) for place, (form_no, kip) in enumerate(forms, start=1)]


PAPER = bundle(("101", 25_000), ("102", 30_000), ("103", 41_500), ("104", 9_000))


def test_a_form_number_that_stands_apart_is_the_suspect() -> None:
    assert found(PAPER, bundle(("101", 25_000), ("702", 30_000), ("103", 41_500), ("104", 9_000))) == ["702"]


def test_a_zero_too_many_is_found() -> None:
    (suspect,) = suspects(bundle(("101", 25_000), ("102", 300_000)), Totals(0, 270_000, 0))
    assert (suspect.form_no, suspect.why.text("en")) == ("102", "a zero of its total looks wrong: 30.000 kip")


def test_a_form_without_a_total_is_found() -> None:
    keyed = [PAPER[0], replace(PAPER[1], claimed_total=None), *PAPER[2:]]
    assert found(PAPER, keyed) == ["102"]


def test_the_form_that_explains_both_differences_comes_first() -> None:
    keyed = bundle(("101", 25_000), ("120", 30_000), ("103", 52_000), ("104", 9_000))
    gap = Totals(0, 27_000, -16)
    keyed[2] = replace(keyed[2], form_no="87")
    assert next(each.form_no for each in suspects(keyed, gap)) == "87"


def test_nobody_is_suspected_while_forms_lack_or_where_nothing_points_to_one() -> None:
    assert suspects(PAPER, Totals(-1, -5_000, -105)) == []
    assert suspects(PAPER, Totals(0, 1, 0)) == []
    assert suspects(PAPER, Totals(1, 5, 5)) == []


def test_figures_are_swapped_only_beside_each_other() -> None:
    assert is_swapped(45_000, 54_000)
    assert is_swapped(50_000, 5_000)
    assert not is_swapped(54_000, 40_500)
    assert not is_swapped(123, 321)
    assert not is_swapped(5_000, 5_000)


def test_a_total_that_is_the_sum_of_its_lines_is_no_suspect() -> None:
    lines = (Line(line_no=1, quantity=Decimal(1), unit_price=53_500),)
    right = Claim(id=1, form_no="101", claimed_total=53_500, lines=lines)
    assert suspects([right], Totals(0, -1_800, 0)) == []
    assert suspects([replace(right, lines=())], Totals(0, -1_800, 0))[0].form_no == "101"
