"""Every rule in order: what is asked of a claim. Start here; each name leads to one function and its page."""

from __future__ import annotations

from typing import Final

from claims_desk.rules import (
    copayment,
    diagnosis,
    doubles,
    facility,
    form,
    limits,
    membership,
    referral,
    tariff,
)
from claims_desk.rules.rule import Rule

CATALOGUE: Final[tuple[Rule, ...]] = (
    # --- A: the form itself - what must stand on it, its days, its sum, and the papers seen with it
    form.required_field_empty,  # A01 pend
    form.ends_before_it_begins,  # A02 pend
    form.ends_after_receipt,  # A03 pend
    form.sent_in_too_late,  # A04 deny
    form.form_number_used_already,  # A05 pend
    form.total_is_not_the_sum,  # A06 pend
    form.no_papers_seen,  # A07 pend
    form.not_signed,  # A08 pend
    form.number_looks_made_up,  # A09 warn
    form.service_outside_visit,  # A10 pend
    # --- M: who the patient is, whether the number covers the day, and whether another scheme pays first
    membership.member_number_unknown,  # M01 pend
    membership.not_covered_on_the_day,  # M02 deny
    membership.membership_suspended,  # M03 pend
    membership.visit_after_death,  # M04 deny
    membership.sex_differs,  # M05 pend
    membership.birth_date_differs,  # M06 pend
    membership.name_unlike,  # M07 pend
    membership.another_scheme_pays_first,  # M08 deny
    membership.another_scheme_of_same_rank,  # M09 warn
    membership.within_waiting_time,  # M10 deny
    membership.too_old_for_a_child,  # M11 deny
    # --- F: the facility - known, open, under contract, with a payment method, and that of its bundle
    facility.facility_unknown,  # F01 pend
    facility.facility_not_open,  # F02 deny
    facility.no_contract,  # F03 deny
    facility.no_payment_method,  # F04 pend
    facility.not_the_bundles_facility,  # F05 pend
    facility.not_the_bundles_month,  # F06 pend
    # --- R: the way a patient came - by referral from below, as an emergency, or from another province
    referral.no_referral,  # R01 pend
    referral.referred_from_wrong_place,  # R02 pend
    referral.referral_day_wrong,  # R03 pend
    referral.care_in_another_province,  # R04 warn
    # --- D: the diagnoses - known and valid codes that fit sex, age and case group
    diagnosis.diagnosis_unknown,  # D01 pend
    diagnosis.diagnosis_not_valid,  # D02 pend
    diagnosis.diagnosis_not_exact,  # D03 warn
    diagnosis.diagnosis_of_other_sex,  # D04 pend
    diagnosis.diagnosis_of_another_age,  # D05 pend
    diagnosis.main_diagnosis_is_a_cause,  # D06 pend
    diagnosis.diagnosis_outside_case_group,  # D07 pend
    diagnosis.diagnosis_twice,  # D08 warn
    # --- T: the lines - known items in benefit, at the tariff, in sensible quantities - and the case rate
    tariff.item_unknown,  # T01 pend
    tariff.item_not_active,  # T02 deny
    tariff.item_excluded,  # T03 deny
    tariff.item_without_price,  # T04 deny
    tariff.price_above_tariff,  # T05 adjust
    tariff.quantity_or_price_impossible,  # T06 pend
    tariff.too_many_on_one_day,  # T07 adjust
    tariff.included_in_another_item,  # T08 deny
    tariff.item_not_for_this_care,  # T09 pend
    tariff.item_of_another_sex_or_age,  # T10 pend
    tariff.case_group_unknown,  # T11 pend
    tariff.no_case_rate,  # T12 pend
    tariff.lines_under_capitation,  # T13 warn
    tariff.nothing_to_pay,  # T14 deny
    # --- L: how often, how long and how much - against the member's earlier claims and the ceilings
    limits.too_soon_after_the_last,  # L01 deny
    limits.too_many_in_the_year,  # L02 adjust
    limits.above_ceiling_per_claim,  # L03 adjust
    limits.above_ceiling_per_year,  # L04 adjust
    limits.very_long_stay,  # L05 pend
    limits.many_visits_in_the_month,  # L06 warn
    limits.no_visit_left,  # L07 deny
    # --- P: what the patient paid at the facility against what he owed, and the exemption claimed for him
    copayment.patient_paid_too_much,  # P01 warn
    copayment.exemption_not_supported,  # P02 pend
    copayment.exempt_patient_paid,  # P03 warn
    copayment.patient_paid_too_little,  # P04 warn
    # --- X: the same care claimed twice. Earlier claims that are void or denied count for nothing
    doubles.same_visit_claimed_already,  # X01 deny
    doubles.stays_share_a_night,  # X02 pend
    doubles.two_facilities_on_one_day,  # X03 warn
    doubles.outpatient_during_a_stay,  # X04 pend
    doubles.scan_attached_elsewhere,  # X05 warn
    doubles.same_patient_under_two_numbers,  # X06 pend
)
