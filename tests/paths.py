"""Where tests find things outside the package."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SHARED = ROOT.parent / "shared" / "data"
SHARED_DATA: Path | None = _SHARED if _SHARED.is_dir() else None
