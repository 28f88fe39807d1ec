"""What is dropped or pasted: files of this PC, or a picture from another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage


def files_in(mime: QMimeData) -> list[Path]:
    """The files of this PC that were dropped or copied, of a folder those in it; addresses elsewhere are left out."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else (path,)) if file.is_file()]


def picture_in(mime: QMimeData) -> bytes:
    """A copied picture as PNG; nothing where there is none."""
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data().data())
