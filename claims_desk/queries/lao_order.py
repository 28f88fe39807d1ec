"""Names in the order of the Lao dictionary, worked out by the database while it sorts a list.

A key kept with the row (`Member.name_key`) is for what is sorted as a whole a million at a time; this is for the rest.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, FunctionElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler

from claims_desk.domain.messages import LAO, current_language

Stored = InstrumentedAttribute[Any]

# Code points are in the order of the dictionary but for vowels written before their consonant, two letters that stand
# for ຫ and another one, tones, which decide only between words otherwise alike, and Roman letters, which come after
# Lao ones: their wide forms do. No ICU is asked for: not every server has it.
_ROMAN: Final = "abcdefghijklmnopqrstuvwxyz"
_BEHIND_LAO: Final = "".join(chr(0xFF41 + place) for place in range(len(_ROMAN)))
_ON_A_SERVER: Final = (
    rf"""(regexp_replace(regexp_replace(replace(replace(translate(lower({{0}}), '{_ROMAN}', '{_BEHIND_LAO}'),"""
    r""" 'ໜ', 'ຫນ'), 'ໝ', 'ຫມ'), '([ເແໂໃໄ])([ກ-ຮ])', '\2\1', 'g'), '[່-໌]', '', 'g') COLLATE "C")"""
)


class lao_order(FunctionElement[str]):  # noqa: N801 - reads as a function of SQL
    """What a text is sorted by."""

    type = String()
    inherit_cache = True
    name = "lao_order"


@compiles(lao_order)
def _on_one_pc(element: lao_order, compiler: SQLCompiler, **more: Any) -> str:
    return f"lao_key({compiler.process(element.clauses, **more)})"


@compiles(lao_order, "postgresql")
def _on_a_server(element: lao_order, compiler: SQLCompiler, **more: Any) -> str:
    return _ON_A_SERVER.format(compiler.process(element.clauses, **more))


def name_order(lao: Stored, roman: Stored) -> ColumnElement[Any]:
    """What a name in two scripts is sorted by: as it is shown in the language in use."""
    first, second = (lao, roman) if current_language() == LAO else (roman, lao)
    return lao_order(func.coalesce(func.nullif(first, ""), second))
