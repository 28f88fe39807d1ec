"""What is dropped, pasted or chosen: files and folders of this PC, or a picture from another program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.domain.scans import MOST_PAGES
from claims_desk.services.audit import printable

SUFFIXES: Final = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"})
_LONGEST_SHOWN: Final = 30  # letters of a file's name in a sentence
_SHOWN_END: Final = 12


def paths_in(mime: QMimeData) -> list[Path]:
    """The files and folders of this PC that were dropped or copied; addresses elsewhere are left out."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, of a folder the scans in it, in the order of their names; not for the window's thread.

    Raises UserError for a folder that cannot be read or holds no scan, and for more files than a claim has pages.
    """
    files = [file for path in paths for file in (_scans_of(path) if path.is_dir() else (path,))]
    if len(files) > MOST_PAGES:
        raise UserError(
            say("{count:kip} files came at once; at most {most} can be attached.", count=len(files), most=MOST_PAGES),
            say("Attach only this form's pages."),
        )
    return files


def _scans_of(folder: Path) -> list[Path]:
    try:
        found = sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
    except OSError as error:
        raise cannot_read(folder, error) from error
    if not found:
        raise UserError(
            say("There is no scan in the folder “{name}”.", name=shown_name(folder)),
            say("Attach PDF, JPEG, PNG, TIFF, WebP or BMP; save other papers as PDF first."),
        )
    return found


def shown_name(path: Path) -> str:
    """A file's name as a sentence can hold it: what is in the middle of a very long one is left out."""
    name = printable(path.name)
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - _SHOWN_END]}…{name[-_SHOWN_END:]}"


def cannot_read(path: Path, error: OSError) -> UserError:
    """The refusal of a file the disk does not give."""
    name = shown_name(path)
    if isinstance(error, FileNotFoundError):
        said = say("“{name}” is not there any more.", name=name)
    elif isinstance(error, PermissionError):
        said = say("You may not read “{name}”, or another program holds it.", name=name)
    else:
        said = say("The disk does not give “{name}”.", name=name)
    return UserError(said, say("Check the file and attach it again."))


def picture_in(mime: QMimeData) -> bytes:
    """A copied picture as PNG; nothing where there is none."""
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data().data())
