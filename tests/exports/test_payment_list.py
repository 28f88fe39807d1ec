"""The payment list by the bank's own column map."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from claims_desk.domain.errors import UserError
from claims_desk.domain.papers import Payment, PaymentList
from claims_desk.exports.payments import DEFAULT_MAP, FIELDS, payment_csv, payment_workbook


def payment(account: str = "0101234567", name: str = "ໂຮງໝໍເມືອງ ຊຽງເງິນ", amount: int = 1_260_000) -> Payment:
    return Payment(
        account=account,
        account_name=name,
        amount=amount,
        reference="1003/2026/12",
        purpose="NHI 3/2026",
        voucher_number="1003/2026/12",
        bank_code="BCEL",
    )


def listed(*payments: Payment) -> PaymentList:
    return PaymentList(number="1003/2026/F4", day=date(2026, 4, 21), payments=payments)


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8"))))


def test_csv_has_heading_rows_total_and_count() -> None:
    assert table(payment_csv(listed(payment(), payment(amount=740_000)))) == [
        ["Account", "Name", "Amount", "Reference", "Purpose", "Voucher number"],
        ["0101234567", "ໂຮງໝໍເມືອງ ຊຽງເງິນ", "1260000", "1003/2026/12", "NHI 3/2026", "1003/2026/12"],
        ["0101234567", "ໂຮງໝໍເມືອງ ຊຽງເງິນ", "740000", "1003/2026/12", "NHI 3/2026", "1003/2026/12"],
        ["TOTAL 2", "", "2000000", "", "", ""],
    ]


def test_columns_stand_in_the_order_and_under_the_headings_of_the_map() -> None:
    column_map = (("ຈຳນວນເງິນ", "amount"), ("Credit account", "account"))
    assert table(payment_csv(listed(payment()), column_map)) == [
        ["ຈຳນວນເງິນ", "Credit account"],
        ["1260000", "0101234567"],
        ["1260000", "TOTAL 1"],
    ]
    sheet = load_workbook(BytesIO(payment_workbook(listed(payment()), column_map))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)] == [
        ["ຈຳນວນເງິນ", "Credit account"],
        [1_260_000, "0101234567"],
    ]


def test_workbook_keeps_account_numbers_as_text_and_sums_amounts() -> None:
    sheet = load_workbook(BytesIO(payment_workbook(listed(payment("0001"), payment("0002"))))).active
    assert sheet is not None
    assert sheet["A2"].value == "0001"
    assert sheet["C4"].value == 2_520_000
    assert sheet["A4"].value == "Total of 2 rows"


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd", "-2"])
def test_a_name_never_becomes_a_formula(name: str) -> None:
    assert table(payment_csv(listed(payment(name=name))))[1][1] == f"'{name}"
    sheet = load_workbook(BytesIO(payment_workbook(listed(payment(name=name))))).active
    assert sheet is not None
    assert sheet["B2"].data_type == "s"


def test_a_map_with_an_unknown_field_is_refused_and_the_known_ones_are_told() -> None:
    with pytest.raises(UserError, match=r"iban.*account, name, amount"):
        payment_csv(listed(payment()), (("IBAN", "iban"), ("Amount", "amount")))


def test_a_map_without_account_or_amount_is_refused() -> None:
    with pytest.raises(UserError, match="account or the amount"):
        payment_workbook(listed(payment()), (("Name", "name"),))


def test_the_default_map_names_fields_that_exist() -> None:
    assert {field for _, field in DEFAULT_MAP} <= FIELDS.keys()


def test_the_hash_of_a_list_is_always_the_same() -> None:
    for write in (payment_csv, payment_workbook):
        assert sha256(write(listed(payment()))).digest() == sha256(write(listed(payment()))).digest()
