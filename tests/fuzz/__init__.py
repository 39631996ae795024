"""Inputs made by chance: how many is said by the environment variable WARTA_FUZZ."""

import os

COUNT = int(os.environ.get("WARTA_FUZZ", "60"))
