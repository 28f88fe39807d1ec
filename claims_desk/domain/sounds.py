"""How a name sounds, roughly: names that are spelt in two ways and spoken in one have the same sound."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ROMAN: Final = (
    (re.compile("(?<=[kptgc])h|h$|(?<=n)h"), ""),  # khamphanh, kampan
    (re.compile("ck|q|c"), "k"),
    (re.compile("[xz]"), "s"),
    (re.compile("f"), "p"),
    (re.compile("w"), "v"),
    (re.compile("r"), "l"),
    (re.compile("y"), "i"),
    (re.compile("(?<=[lnt])e(?=[kstpvmd]|$)"), ""),  # phonesack, phonsak
    (re.compile("ou|oo"), "u"),
    (re.compile("eu|ue|el(?=[tn])"), "e"),  # leut, lert
    (re.compile("ao|aw"), "au"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_CH: Final = re.compile("t?ch|j")
_LAO_TONES: Final = re.compile("[\u0ec8-\u0ecc\u0ece]")
_LAO_SILENT_H: Final = re.compile("ຫ(?=[ງຍນມລຣວ])")
_LAO_LETTERS: Final = str.maketrans("ຄຊທພຟຮຣຢີືູໃ", "ຂສຖຜຝຫລຍິຶຸໄ")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The sound of a folded word: of Roman spellings and of Lao letters and tones that are mixed up, one each."""
    word = word.lstrip("@")
    if not word.isascii():
        return _LAO_SILENT_H.sub("", _LAO_TONES.sub("", word).translate(_LAO_LETTERS)).replace("ັຍ", "ໄ")
    heard = _CH.sub("d", word)
    for spelling, one in _ROMAN:
        heard = spelling.sub(one, heard)
    return heard or word


_LAO_CONSONANTS: Final = dict(zip("ກຂຄງຈສຊດຕຖທນບປຜຝພຟມຣລຫຮວ", "kkkncssttttnppppppmllhhv", strict=True))
_LAO_FRAME: Final = str.maketrans({letter: _LAO_CONSONANTS.get(letter, "") for letter in map(chr, range(0xE80, 0xF00))})
_ROMAN_FRAME: Final = (
    (re.compile("t?ch|j"), "c"),
    (re.compile("(?<=[kptgn])h"), ""),
    (re.compile("(?<=n)g|r(?![aeiouy])"), ""),
)
_ROMAN_LETTERS: Final = str.maketrans("bdfqrwxz", "ptpklvss", "aeiouyg")
_LAO_AM: Final = re.compile("ໍ[\u0ec8-\u0ecc]*າ")
_NOT_FIRST: Final = re.compile("(?<=.)[vh]")


@lru_cache(maxsize=50_000)
def frame(word: str) -> str:
    """The consonants of a folded word in one script for both: ໂພນໄຊ and phonxay are both `pns`."""
    if word.isascii():
        for spelling, one in _ROMAN_FRAME:
            word = spelling.sub(one, word)
        letters = word.translate(_ROMAN_LETTERS)
    else:
        letters = _LAO_AM.sub("ມ", _LAO_SILENT_H.sub("", word)).translate(_LAO_FRAME)
    return re.sub(r"(.)\1+", r"\1", _NOT_FIRST.sub("", letters)).replace(" ", "")
