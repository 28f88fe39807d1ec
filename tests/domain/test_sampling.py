"""Which share of a clerk's claims is keyed a second time, and which claims are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.codes import DrawReason
from claims_desk.domain.sampling import ALL, PARAMETERS, Record, Terms, draw, is_newcomer, paper_of, share_of

TERMS = Terms()
USUAL = Record(claims=500)
TERMS_OF_ANY_OFFICE = st.builds(
    Terms,
    share_start=st.integers(0, 300),
    share_floor=st.integers(0, 150),
    newcomer_claims=st.integers(0, 200),
    above_kip=st.integers(0, 10**9),
    last_claims=st.integers(1, 1000),
    usual_errors=st.integers(0, 50),
)
RECORDS = st.builds(
    lambda claims, fields, wrong: Record(claims, fields, min(wrong, fields)),
    st.integers(0, 300),
    st.integers(0, 20_000),
    st.integers(0, 20_000),
)


@pytest.mark.parametrize(
    ("record", "share"),
    [
        (Record(claims=0), ALL),
        (Record(claims=99, fields=50_000), ALL),
        (Record(claims=100), 200),
        (Record(claims=100, fields=1000, errors=3), 200),
        (Record(claims=100, fields=10_000, errors=30), 200),
        (Record(claims=100, fields=5000, errors=30), 366),
        (Record(claims=100, fields=3000), 50),
        (Record(claims=100, fields=2999), 50),
        (Record(claims=100, fields=2900), 51),
        (Record(claims=100, fields=10_000_000), 50),
        (Record(claims=100, fields=1000, errors=27), ALL),
        (Record(claims=100, fields=1000, errors=26), 966),
    ],
)
def test_the_share_begins_at_20_percent_follows_the_errors_and_stops_at_5(record: Record, share: int) -> None:
    assert share_of(record, TERMS) == share


@given(RECORDS, TERMS_OF_ANY_OFFICE)
def test_a_share_lies_between_the_floor_and_all_and_a_newcomer_s_is_all(record: Record, terms: Terms) -> None:
    share = share_of(record, terms)
    assert min(terms.share_floor * 10, ALL) <= share <= ALL
    assert share == ALL or not is_newcomer(record, terms)


@given(RECORDS, TERMS_OF_ANY_OFFICE, st.integers(1, 500))
def test_more_errors_never_lower_a_share_and_more_right_fields_never_raise_it(
    record: Record, terms: Terms, more: int
) -> None:
    assert share_of(replace(record, errors=record.errors + more), terms) >= share_of(record, terms)
    assert share_of(replace(record, fields=record.fields + more), terms) <= share_of(record, terms)


@given(st.integers(0, 20))
def test_measured_long_enough_the_share_is_in_proportion_to_the_errors(per_thousand: int) -> None:
    """A clerk with twice the usual errors has twice the usual share, within a hundredth of all claims."""
    long = Record(claims=10_000, fields=1_000_000, errors=1000 * per_thousand)
    wanted = max(50, min(ALL, 200 * per_thousand // 3))
    assert abs(share_of(long, TERMS) - wanted) <= 10


@given(st.text(min_size=1, max_size=20), RECORDS)
def test_the_same_paper_has_the_same_lot_and_a_higher_share_takes_all_that_a_lower_took(
    paper: str, record: Record
) -> None:
    first = draw("secret", paper, 1, record, TERMS)
    assert draw("secret", paper, 1, record, TERMS) == first
    if first.chosen:
        assert draw("secret", paper, 1, replace(record, errors=record.errors + 9), TERMS).chosen


def test_of_ten_thousand_papers_the_share_is_drawn_and_another_office_draws_others() -> None:
    papers = [paper_of(7, "HC1", f"{number:06d}") for number in range(10_000)]
    ours, theirs = (
        {paper for paper in papers if draw(secret, paper, 0, USUAL, TERMS).chosen} for secret in ("ours", "theirs")
    )
    assert 1850 < len(ours) < 2150
    assert len(ours & theirs) < 600


def test_a_large_claim_is_always_drawn_and_the_border_itself_is_not_large() -> None:
    off = replace(TERMS, share_start=0, share_floor=0)
    assert draw("s", "p", 5_000_001, USUAL, off).reason is DrawReason.AMOUNT
    assert not draw("s", "p", 5_000_000, USUAL, off).chosen
    assert not draw("s", "p", None, USUAL, off).chosen
    assert not draw("s", "p", 10**12, USUAL, replace(off, above_kip=0)).chosen


def test_a_form_made_void_and_keyed_again_is_the_same_paper() -> None:
    assert paper_of(7, "HC1", "000412") == paper_of(7, "hc1 ", "412")
    assert paper_of(7, "HC1", "412") != paper_of(8, "HC1", "412") != paper_of(8, "HC2", "412")


def test_every_number_of_the_terms_is_a_parameter() -> None:
    assert set(PARAMETERS) == set(Terms.__slots__)
