"""The form of a monthly return, and what is asked about it before it closes."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims_desk.domain.codes import AgeBand, Pays, Section, Sex
from claims_desk.domain.diagnosis_groups import diagnosis_groups, group_of, groups_of
from claims_desk.domain.monthly_return import COLUMNS, Cell, Who, all_places, blanks, row_of, total, whole_total
from claims_desk.domain.return_questions import Asked, Question, ReturnLimits, beyond, questions, totals_of

OPD, IPD = Section.OPD, Section.IPD
GIRL = Who(Sex.F, AgeBand.UNDER5, Pays.FREE)
STRICT = ReturnLimits(least_gap=0)
COUNTS = st.lists(st.integers(0, 10_000), min_size=4, max_size=12)


def filled(**changes):
    """A form of zeros; `O4=7` puts 7 into the first place of outpatient group 4."""
    counts = dict.fromkeys(all_places(), 0)
    for name, number in changes.items():
        section = OPD if name.startswith("O") else IPD
        counts[Cell(section, int(name[1:]), COLUMNS[0])] = number
    return counts


def asked(counts, past=(), limits=STRICT):
    return [(each.kind, each.section, each.group) for each in questions(counts, past, limits)]


def test_the_groups_are_those_of_the_list_in_its_order():
    assert (len(groups_of(OPD)), len(groups_of(IPD))) == (43, 42)
    assert group_of(OPD, 4).name.roman == "Common cold"
    assert group_of(IPD, 42).name.roman == "Obstetrics"
    assert len(list(all_places())) == 85 * 8 == len(set(all_places()))


def test_every_group_has_a_name_in_both_scripts():
    assert all(group.name.lao and group.name.roman for group in diagnosis_groups())


def test_groups_of_both_lists_know_each_other_whatever_the_spelling():
    alone = [(group.section, group.name.roman) for group in diagnosis_groups() if group.twin is None]
    assert alone == [
        (OPD, "Dental"),
        (OPD, "Small surgery, dressing"),
        (OPD, "All other outpatients"),
        (IPD, "All other causes and diseases"),
        (IPD, "Obstetrics"),
    ]
    for group in diagnosis_groups():
        if group.twin is not None:
            other = group_of(IPD if group.section == OPD else OPD, group.twin)
            assert (other.twin, other.name) == (group.number, group.name)


def test_blank_is_neither_zero_nor_not_reported():
    row = row_of(OPD, 1)
    counts = {row[0]: 3, row[1]: None}
    assert len(blanks(counts, row)) == 6
    assert (total(counts, row), whole_total(counts, row)) == (3, None)
    assert whole_total(dict.fromkeys(row, 2), row) == 16
    assert whole_total(dict.fromkeys(row, 2) | {row[5]: None}, row) is None


def test_a_filled_form_without_a_past_is_asked_nothing():
    assert asked(filled(O1=5, I1=5)) == []


def test_each_group_with_blanks_is_asked_about_once():
    counts = filled()
    for cell in (Cell(OPD, 2, GIRL), Cell(OPD, 2, COLUMNS[3]), Cell(IPD, 1, GIRL)):
        del counts[cell]
    found = questions(counts, (), STRICT)
    assert [(each.section, each.group, each.value) for each in found] == [(OPD, 2, 2), (IPD, 1, 1)]
    assert (
        found[0].message.text("en").startswith("OPD 2, Diarrhoea, no blood, no severe dehydration: 2 places are blank")
    )
    counts[Cell(IPD, 1, GIRL)] = None
    assert asked(counts) == [(Asked.BLANK, OPD, 2)]


@pytest.mark.parametrize(("opd", "ipd", "asks"), [(5, 6, True), (5, 5, False), (6, 5, False), (0, 1, True)])
def test_inpatients_of_a_group_above_its_outpatients_are_asked_about(opd, ipd, asks):
    counts = filled(O3=opd, I3=ipd, O4=100)
    assert asked(counts) == ([(Asked.IPD_ABOVE_OPD, IPD, 3)] if asks else [])


def test_inpatients_above_outpatients_as_a_whole_are_asked_about():
    assert asked(filled(O4=10, I42=11)) == [(Asked.IPD_ABOVE_OPD, IPD, 0)]
    assert asked(filled(O4=10, I42=10)) == []


def test_what_is_not_wholly_reported_is_not_held_against_anything():
    counts = filled(I3=6, O4=100)
    counts[Cell(OPD, 3, COLUMNS[7])] = None
    assert asked(counts) == []


# quartiles 13 and 19, range 6, fences -5 and 37; quartiles 97 and 103, range 6, fences 79 and 121;
# quartiles 20 and 23.75, range 3.75, fences 8.75 and 35
@pytest.mark.parametrize(
    ("months", "value", "fence"),
    [
        ([10, 12, 14, 16, 18, 20, 22], 37, None),
        ([10, 12, 14, 16, 18, 20, 22], 38, 37),
        ([10, 12, 14, 16, 18, 20, 22], 0, None),
        ([90, 97, 100, 103, 110], 121, None),
        ([90, 97, 100, 103, 110], 122, 121),
        ([90, 97, 100, 103, 110], 79, None),
        ([90, 97, 100, 103, 110], 78, 79),
        ([25, 20, 15, 20, 25, 20], 9, None),
        ([25, 20, 15, 20, 25, 20], 8, 9),
    ],
)
def test_only_beyond_three_interquartile_ranges_is_unusual(months, value, fence):
    assert beyond(value, months, STRICT) == fence


def test_fewer_months_than_the_least_say_nothing():
    assert beyond(1_000, [1, 1, 1], STRICT) is None
    assert beyond(1_000, [1, 1, 1, 1], STRICT) == 1
    assert beyond(1_000, [], ReturnLimits(least=0)) is None


@pytest.mark.parametrize(("value", "fence"), [(5, None), (6, 0)])
def test_a_few_patients_more_need_no_explanation(value, fence):
    assert beyond(value, [0] * 12, ReturnLimits()) == fence
    assert beyond(1, [0] * 12, STRICT) == 0


@given(COUNTS, st.integers(0, 40_000))
def test_the_fences_are_those_of_the_quartiles_by_straight_line(months, value):
    first, _, third = statistics.quantiles(months, n=4, method="inclusive")
    low, high = first - 3 * (third - first), third + 3 * (third - first)
    assert (beyond(value, months, STRICT) is not None) == (value < low or value > high)


@given(COUNTS, st.integers(0, 40_000), st.integers(0, 10))
def test_a_number_beyond_lies_on_the_far_side_of_the_fence_told(months, value, gap):
    limits = ReturnLimits(least_gap=gap)
    fence = beyond(value, months, limits)
    if fence is not None:
        assert value != fence
        assert beyond(fence, months, limits) is None


def test_an_unusual_total_is_asked_about_by_group_and_by_list():
    past = [totals_of(filled(O4=100 + month)) for month in range(6)]
    assert asked(filled(O4=500), past) == [(Asked.UNUSUAL, OPD, 0), (Asked.UNUSUAL, OPD, 4)]
    assert asked(filled(O4=3), past) == [(Asked.UNUSUAL, OPD, 0), (Asked.UNUSUAL, OPD, 4)]
    assert asked(filled(O4=103), past) == []
    assert asked(filled(O4=500), past[:3]) == []


def test_months_not_wholly_reported_do_not_count():
    past = [totals_of(filled(O4=100)) for _ in range(3)]
    gap = filled(O4=100)
    gap[Cell(OPD, 4, COLUMNS[1])] = None
    assert asked(filled(O4=500), [*past, totals_of(gap)]) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(Asked.UNUSUAL, OPD, 4, 500, 120), "500 is far above this facility's last months (up to 120)"),
        (Question(Asked.UNUSUAL, OPD, 4, 3, 80), "3 is far below this facility's last months (from 80)"),
        (Question(Asked.IPD_ABOVE_OPD, IPD, 0, 9, 8), "All inpatients: 9 inpatients, but only 8 outpatients"),
    ],
)
def test_a_question_names_its_numbers(question, words):
    assert words in question.message.text("en")
