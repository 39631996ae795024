"""The compiled kernels, which are optional: where one cannot be built, NumPy serves in its place.

What else there is to say of the project stands in pyproject.toml. In the environment,
``WARTA_KERNELS_DEBUG=1`` checks every index and keeps assertions, and ``WARTA_SANITIZE=1`` adds
AddressSanitizer and UndefinedBehaviorSanitizer (see ``make sanitize``).

Every kernel is told the number of its source (``index/kernels/sources.py``), by which it is known
when it is stale. What Cython adds to every module that knows memoryviews, 20,000 lines of C, is one
module beside them, so that it is compiled once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from runpy import run_path

from Cython.Build import cythonize
from setuptools import Extension, setup

FOLDER = Path("index/kernels")
STABLE_ABI = "0x030B0000"  # of Python 3.11
# Compiled by a later Python they serve none before it: see index/kernels/__init__.py.
WHEEL_ABI = f"cp{sys.version_info.major}{sys.version_info.minor}"
OF_CYTHON = "index.kernels.of_cython"

at_once = len(os.sched_getaffinity(0))
debug = bool(os.environ.get("WARTA_KERNELS_DEBUG") or os.environ.get("WARTA_SANITIZE"))
# Fused multiplication and addition would round otherwise than NumPy does.
flags = ["-O1" if debug else "-O3", "-g0", "-ffp-contract=off", "-fvisibility=hidden"]
# Python is called by its functions' addresses: no table of jumps between, in each module.
flags += ["-fno-plt"]
linking = []
if os.environ.get("WARTA_SANITIZE"):
    flags += ["-g", "-fsanitize=address,undefined", "-fno-omit-frame-pointer"]
    linking = ["-fsanitize=address,undefined"]

digest = run_path(str(FOLDER / "sources.py"))["digest"]
headers = [str(path) for path in sorted((*FOLDER.glob("*.px[di]"), *FOLDER.glob("*.h")))]
sources = sorted(FOLDER.glob("*.pyx"), key=lambda path: path.stat().st_size, reverse=True)
for source in sources:
    if 'include "source.pxi"' not in source.read_text("utf-8"):
        raise SystemExit(f'{source} needs the line: include "source.pxi"')


def extension(name: str, files: list[str], *defined: tuple[str, str]) -> Extension:
    """One module, of the stable ABI."""
    return Extension(
        name,
        files,
        depends=headers,
        define_macros=[("Py_LIMITED_API", STABLE_ABI), *defined],
        extra_compile_args=flags,
        extra_link_args=linking,
        py_limited_api=True,
    )


compiled = cythonize(
    [
        extension(OF_CYTHON, []),
        *(
            extension(
                f"index.kernels.{source.stem}",
                [str(source)],
                ("KERNEL_SOURCE", f'"{digest(source.stem)}"'),
            )
            for source in sources
        ),
    ],
    build_dir="build",
    nthreads=at_once,
    quiet=True,
    shared_utility_qualified_name=OF_CYTHON,
    compiler_directives={
        "language_level": 3,
        "boundscheck": debug,
        "wraparound": False,
        "initializedcheck": debug,
        "cdivision": True,
        "embedsignature": True,
        "show_performance_hints": not debug,
        # Nobody pickles a kernel's objects or asks a function for more than its name.
        "auto_pickle": False,
        "binding": False,
    },
)
for module in compiled:
    module.optional = not debug  # cythonize would drop it

setup(
    ext_modules=compiled,
    options={
        "bdist_wheel": {"py_limited_api": WHEEL_ABI},
        "build_ext": {"parallel": at_once},
    },
)
