"""Lao text: one form for search, one key for order, and the places where a line may break.

None of these forms is stored as a name or shown: what a person typed stays as typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LAO_DIGITS: Final = str.maketrans("໐໑໒໓໔໕໖໗໘໙", "0123456789")

_WORDS_REMEMBERED: Final = 50_000

_TONES: Final = "\u0ec8-\u0ecc\u0ece"
_MARKS: Final = "\u0eb1\u0eb4-\u0ebc\u0ecd" + _TONES
_IS_TONE = re.compile(f"[{_TONES}]")
_TONES_AFTER_VOWEL = re.compile(f"[ະາ][ະາ{_TONES}]*[{_TONES}]")
_RUN_OF_MARKS = re.compile(f"[{_MARKS}]{{2,}}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LETTERS_NFKD_LEAVES = str.maketrans("đøłħı", "dolhi")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)


# --- search ---------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """One spelling for all ways to type the same words; for search and comparison only.

    Folding a folded text changes nothing.
    """
    return " ".join(folded for word in text.split() if (folded := _folded_word(word)))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _folded_word(word: str) -> str:
    """Names are made of the same words again and again; nothing in a word depends on its neighbours."""
    plain = _without_accents(_INVISIBLE.sub("", word).translate(LAO_DIGITS))
    return " ".join(_in_typing_order(plain).replace("ຫຼ", "ຫລ").split())


def _without_accents(text: str) -> str:
    """Casefolded, taken apart by NFKD (ຳ to ໍາ, ໝ to ຫມ) and rid of the accents of Roman letters."""
    if text.isascii():
        return text.lower()
    for _ in range(2):  # taking a letter apart may bring out one that casefolds again
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS_NFKD_LEAVES)


def _in_typing_order(text: str) -> str:
    """The marks of each consonant in one order: semivowel, vowels, tones; then a spacing vowel."""
    if text.isascii():
        return text
    tones_first = _TONES_AFTER_VOWEL.sub(lambda run: "".join(sorted(run[0], key=_is_spacing)), text)
    return _RUN_OF_MARKS.sub(lambda run: "".join(sorted(run[0], key=_mark_rank)), tones_first)


def _is_spacing(letter: str) -> bool:
    return letter in "ະາ"


def _mark_rank(mark: str) -> tuple[int, str]:
    return (0 if mark == "\u0ebc" else 2 if _IS_TONE.match(mark) else 1, mark)


# --- order ----------------------------------------------------------------------------------------

_LEAD_THEN_CONSONANT = re.compile("([ເແໂໃໄ])([ກ-ຮໜໝ])")
_AM_IN_TWO = re.compile(f"ໍ([{_TONES}]*)າ")
_TONES_AFTER_AM = re.compile(f"ຳ([{_TONES}]+)")
_NOT_LAO = re.compile("[^\x00-\x40\u0e80-\u0eff]+")
_PRIMARY: Final = (
    " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$ໆ0123456789"
    "ກຂຄຆງຈຉສຊຌຎຍຏຐຑຒຓດຕຖທຘນບປຜຝພຟຠມຢຣລວຨຩຫຬອຮຯະັາຳິີຶື຺ຸູົຼຽເແໂໃໄ"
    "abcdefghijklmnopqrstuvwxyz"
)
_BASE36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS: Final = {letter: _BASE36[n // 36] + _BASE36[n % 36] for n, letter in enumerate(_PRIMARY, start=36)}
_TONE_WEIGHTS: Final = {mark: str(n) for n, mark in enumerate("່້໊໋໌ໍ", start=2)}


def sort_key(text: str) -> str:
    """A key whose order is that of a Lao dictionary as ICU has it: leading vowels after their consonant.

    Tone marks decide only between words otherwise alike. The key is of digits and a to z, so that every
    database, whatever its collation, puts it in the same order.
    """
    words = [_weights(word) for word in _INVISIBLE.sub("", text).split()]
    primary, tones = _WEIGHTS[" "].join(word[0] for word in words), "1".join(word[1] for word in words)
    return f"{primary}00{tones.rstrip('1')}"


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _weights(word: str) -> tuple[str, str]:
    """What each letter of a word weighs, and each tone."""
    primary: list[str] = []
    tones: list[str] = []
    for letter in _in_dictionary_order(word):
        if letter in _TONE_WEIGHTS:
            tones.append(_TONE_WEIGHTS[letter])
        else:
            primary.append(_WEIGHTS.get(letter) or f"zz{ord(letter):06x}")
            tones.append("1")
    return "".join(primary), "".join(tones)


def _in_dictionary_order(text: str) -> str:
    plain = _NOT_LAO.sub(lambda run: _without_accents(run[0]), text.translate(LAO_DIGITS))
    plain = _TONES_AFTER_AM.sub(r"\1ຳ", _AM_IN_TWO.sub(r"\1ຳ", _in_typing_order(plain)))
    return _LEAD_THEN_CONSONANT.sub(r"\2\1", plain).replace("ໜ", "ຫນ").replace("ໝ", "ຫມ")


# --- lines ----------------------------------------------------------------------------------------

_ANY: Final = "ກ-ຮໜໝໞໟ"
_T: Final = f"[{_TONES}]*"
_NOT_OPENING: Final = f"(?![{_MARKS}ະາຳຽ])"  # the consonant before it carries no vowel or tone of its own
_FIRST: Final = f"(?:ຫ[ງຍນມລວຣ](?=[{_MARKS}ະາຳຽອວ{_ANY}])|[{_ANY}]ຼ?(?:[ວຣລ](?={_T}[ະາຳ]|[\u0eb1\u0eb4-\u0eb9]))?)"
_LAST: Final = (
    f"(?:[ກງຍດນບປມຢວລຣຕທສຊຈພຟຄ]{_NOT_OPENING}"
    f"(?!{_T}(?:ອ(?!ອ)[{_ANY}]|ວ[ກງດນບມຍ]){_NOT_OPENING}))?"  # as ບ in ພາ|ບອກ it begins the next syllable
)
_SYLLABLE: Final = "|".join(
    (
        f"[ໃໄ]{_FIRST}{_T}(?:ຍ{_NOT_OPENING})?",  # ໃໝ່ ໄທຍ
        f"[ເແໂ]{_FIRST}[{_MARKS}]*(?:າ?ະ|າ|ອະ|ອ{_NOT_OPENING}{_LAST}|ຍ{_NOT_OPENING}|{_LAST})",  # ເກາະ ເມືອງ ເມຍ ແປດ
        f"{_FIRST}(?:{_T}ຳ{_T}|[{_MARKS}]*ໍ[{_MARKS}]*າ{_T}|[{_MARKS}]*ະ{_T})",  # ນ້ຳ ນໍ້າ ກະ
        f"{_FIRST}{_T}ົ{_T}ວະ?{_NOT_OPENING}",  # ຫົວ
        f"{_FIRST}[{_MARKS}]+[ວອ]{_NOT_OPENING}{_LAST}(?<=[{_TONES}][ວອ][{_ANY}])",  # ປ່ວຍ ຮ້ອຍ
        f"{_FIRST}[{_MARKS}]*[າຽ]{_T}{_LAST}",  # ການ ວຽງ
        f"{_FIRST}[{_MARKS}]+{_LAST}",  # ທີ່ ກັບ
        f"{_FIRST}[ອວ]{_NOT_OPENING}{_LAST}",  # ຈອດ ຂວດ
    )
)
_PIECE = re.compile(
    f"(?P<syllable>(?:{_SYLLABLE})[ໆຯ]?)"
    f"|(?P<rest>[ເແໂໃໄ]*[{_ANY}]?[{_MARKS}ະາຳຽໆຯ]*(?<=[\u0e81-\u0ecf]))"
    r"|(?P<blank>[\s\u200b]+|[)\]}.,:;!?%”»]+)"
    r"|(?P<word>[^\s\u200b\u0e81-\u0ecf\u0edc-\u0edf)\]}.,:;!?%”»]+(?:[.,:][^\s\u200b\u0e81-\u0ecf\u0edc-\u0edf]+)*|.)"
)


def syllables(text: str) -> list[str]:
    """The text in pieces between which a line may break; joined they are the text.

    No piece ends inside a cluster of letter and marks, and what cannot be read as a syllable stays with what
    stands before it.
    """
    pieces: list[str] = []
    for found in _PIECE.finditer(text):
        piece = found[0]
        stays = found.lastgroup in ("rest", "blank") or (pieces and pieces[-1][-1:] in "([{“«")
        if pieces and stays:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
