"""The same work by the least code that does it: the measure the product is held against."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from claims_desk.domain.facts import Claim
from claims_desk.domain.papers import VoucherPaper


def insert_members(source: Path, target: Path) -> int:
    """Read the members' file and insert its rows as they are; returns how many."""
    connection = sqlite3.connect(target)
    with source.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        columns = next(reader)
        connection.execute(f"CREATE TABLE members ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        inserted = connection.executemany(f"INSERT INTO members VALUES ({marks})", reader).rowcount  # noqa: S608
    connection.commit()
    connection.close()
    return inserted


def like_name(connection: sqlite3.Connection, folded: str) -> int:
    """Members whose folded name holds a text, by reading them all; returns how many of the first ten."""
    query = "SELECT person_no FROM members WHERE name_lo_folded LIKE ? OR name_en_folded LIKE ? LIMIT 10"
    return len(connection.execute(query, (f"%{folded}%", f"%{folded}%")).fetchall())


def plain_voucher(paper: VoucherPaper) -> bytes:
    """The voucher's rows drawn in Helvetica: no Lao, no table, no QR."""
    canvas = Canvas("voucher.pdf", pagesize=A4)
    height = 800
    for claim in paper.claims:
        if height < 60:
            canvas.showPage()
            height = 800
        canvas.drawString(
            40, height, f"{claim.form_no} {claim.scheme} {claim.care_type} {claim.claimed} {claim.payable}"
        )
        height -= 14
    canvas.showPage()
    data: bytes = canvas.getpdfdata()
    return data


def keep_form(target: Path, claim: Claim) -> None:
    """Write one form and its lines to a file, on disk before this returns."""
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS forms (form_no, claim_id, line_no, item_code, quantity, unit_price)")
    rows = [
        (claim.form_no, claim.id, line.line_no, line.item_code, str(line.quantity), line.unit_price)
        for line in claim.lines
    ]
    connection.executemany("INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
