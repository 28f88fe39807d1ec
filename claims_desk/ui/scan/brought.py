"""What is dropped or pasted: files of this PC, or a picture from another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage


def files_in(mime: QMimeData) -> list[Path]:
    """The files of this PC that were dropped or copied; folders and addresses elsewhere are left out."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def picture_in(mime: QMimeData) -> bytes:
    """A copied picture as PNG; nothing where there is none."""
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data().data())
