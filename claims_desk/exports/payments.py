"""The payment list for a bank, as workbook or CSV, its columns chosen and ordered by a map the accountant edits."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.domain.papers import Payment, PaymentList
from claims_desk.exports.workbook import workbook_bytes

ColumnMap = Sequence[tuple[str, str]]  # (heading as the bank wants it, field)

FIELDS: dict[str, Column[Payment]] = {
    column.key: column
    for column in (
        Column[Payment]("account", say("Account"), lambda p: p.account, width=22),
        Column[Payment]("name", say("Account name"), lambda p: p.account_name, width=36),
        Column[Payment]("amount", say("Amount"), lambda p: p.amount, Format.KIP, width=18, total=True),
        Column[Payment]("reference", say("Reference"), lambda p: p.reference, width=20),
        Column[Payment]("purpose", say("Purpose"), lambda p: p.purpose, width=36),
        Column[Payment]("voucher_number", say("Voucher number"), lambda p: p.voucher_number, width=18),
        Column[Payment]("bank_code", say("Bank"), lambda p: p.bank_code, width=12),
    )
}
DEFAULT_MAP: ColumnMap = (
    ("Account", "account"),
    ("Name", "name"),
    ("Amount", "amount"),
    ("Reference", "reference"),
    ("Purpose", "purpose"),
    ("Voucher number", "voucher_number"),
)


def mapped_columns(column_map: ColumnMap) -> list[Column[Payment]]:
    """The columns of a map in its order under its headings.

    Raises UserError for a field that does not exist, and for a map without account and amount.
    """
    unknown = [field for _, field in column_map if field not in FIELDS]
    if unknown:
        raise UserError(
            say("The column map names a field that does not exist: {field}.", field=unknown[0]),
            say("Choose from: {fields}.", fields=", ".join(FIELDS)),
        )
    if not {"account", "amount"} <= {field for _, field in column_map}:
        raise UserError(
            say("The column map leaves out the account or the amount."),
            say("A bank can pay nothing without both. Add them to the map."),
        )
    return [_under(heading, FIELDS[field]) for heading, field in column_map]


def _under(heading: str, column: Column[Payment]) -> Column[Payment]:
    return Column(column.key, Message(heading), column.value, column.format, column.align, column.width, column.total)


def payment_workbook(payments: PaymentList, column_map: ColumnMap = DEFAULT_MAP) -> bytes:
    """The list as `.xlsx`, sums and count in its last row; the same list gives the same bytes.

    Raises UserError as `mapped_columns` does.
    """
    return workbook_bytes(payments.number, mapped_columns(column_map), payments.payments, language="en")


def payment_csv(payments: PaymentList, column_map: ColumnMap = DEFAULT_MAP) -> bytes:
    """The list as CSV in UTF-8, amounts ungrouped, then a row with total and count; the same list, the same bytes.

    Raises UserError as `mapped_columns` does.
    """
    columns = mapped_columns(column_map)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.title.template for column in columns)
    for payment in payments.payments:
        writer.writerow(_harmless(column.value(payment)) for column in columns)
    writer.writerow(_total_row(payments, columns))
    return stream.getvalue().encode("utf-8")


def _harmless(value: object) -> str:
    """Text a spreadsheet would run as a formula gets a leading apostrophe; no true name or account begins so."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _total_row(payments: PaymentList, columns: Sequence[Column[Payment]]) -> Iterator[str]:
    said = False
    for column in columns:
        if column.key == "amount":
            yield str(payments.total)
        elif not said:
            said = True
            yield f"TOTAL {payments.count}"
        else:
            yield ""
