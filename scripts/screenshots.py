"""Makes the pictures of docs/pictures/ from the demo: the panes, and the first page of a voucher and a letter."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2

DEMO = Path("demo-out")
PICTURES = Path("docs/pictures")
SCALE = 1.6  # of 72 dots an inch: sharp enough to read, small enough to ship


def main() -> None:
    """Run the demo where there is none yet, and copy what the manual shows."""
    if not (DEMO / "screenshots").is_dir():
        subprocess.run([sys.executable, "-m", "claims_desk", "demo", "--dir", str(DEMO), "--no-window"], check=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for picture in sorted((DEMO / "screenshots").glob("*.png")):
        shutil.copyfile(picture, PICTURES / picture.name)
    _first_page(_largest(DEMO / "vouchers"), PICTURES / "voucher.png")
    _first_page(_largest(DEMO / "letters"), PICTURES / "letter.png")


def _largest(folder: Path) -> Path:
    return max(folder.glob("*.pdf"), key=lambda path: path.stat().st_size)


def _first_page(paper: Path, picture: Path) -> None:
    document = pypdfium2.PdfDocument(paper)
    document[0].render(scale=SCALE).to_pil().save(picture, optimize=True)
    document.close()


if __name__ == "__main__":
    main()
