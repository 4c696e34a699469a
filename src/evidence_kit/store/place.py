"""Where the cache lies: a folder of the user's own, by the custom of the system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER_VARIABLE = "EVIDENCE_KIT_CACHE"
"""Environment variable that names another folder."""
OFF = "off"
"""Its value for no cache at all."""
FOLDER_NAME = "evidence-kit"


def default_folder() -> Path | None:
    """Return the folder of the cache; ``None`` where there is none to be.

    :data:`FOLDER_VARIABLE` decides, if it is set. Else it is ``%LOCALAPPDATA%`` on Windows, ``~/Library/Caches`` on
    macOS, and ``$XDG_CACHE_HOME`` or ``~/.cache`` elsewhere.
    """
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    if named:
        return None if named.casefold() == OFF else Path(named)
    try:
        return _of_system() / FOLDER_NAME
    except RuntimeError:  # nobody's home is known
        return None


def _of_system() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    # Paths that are not absolute are to be ignored: XDG Base Directory Specification 0.8.
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return stated if stated.is_absolute() else Path.home() / ".cache"
