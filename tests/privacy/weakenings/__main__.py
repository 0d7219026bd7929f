"""Weaken each rule of privacy by one line, in a copy of the program, and see the test of it fail.

``python -m tests.privacy.weakenings`` takes about twenty minutes on a quiet machine and ends with 1 when a
weakened rule goes unseen. ``--only WORD`` takes the rules, files or tests with that word. ``--write`` breaks nothing: it
writes the table of tests/privacy/README.md anew, after the list has changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from tests.privacy.weakenings.table import DOCUMENT, WEAKENINGS, with_rows
from tests.privacy.weakenings.weakening import ROOT, Weakening

AT_ONCE: Final = 2
LONGEST: Final = 240
"""Seconds for one test; one that hangs has seen nothing."""
FAILED: Final = 1
"""What pytest ends with when a test failed; a file that cannot be read or a test that is not there is another number."""


class NothingRan(Exception):
    """Pytest ended without having run a test; holds what it said."""


def main() -> int:
    """Everything as it is must be green, and every weakened copy red."""
    asked = arguments()
    if asked.write:
        DOCUMENT.write_text(with_rows(DOCUMENT.read_text()))
        return 0
    chosen = [each for each in WEAKENINGS if asked.only.lower() in f"{each.rule} {each.file} {each.test}".lower()]
    with tempfile.TemporaryDirectory(prefix="weakened-") as folder, ThreadPoolExecutor(AT_ONCE) as workers:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(copied(Path(folder) / str(number)))
        told = check(copies, sorted({each.test for each in chosen}))
        if told:
            print(f"Al rood zonder iets te veranderen:\n{told}")
            return 1
        survived = list(unseen(workers.map(lambda each: (each, weaken(copies, each)), chosen)))
    print(f"{len(chosen)} regels verzwakt, {len(survived)} keer zag geen test het")
    return 1 if survived else 0


def unseen(seen: Iterable[tuple[Weakening, str]]) -> Iterator[Weakening]:
    """Those that no test saw, while every line is told."""
    for each, why in seen:
        print(f"{'gezien' if why else 'NIET GEZIEN'} · {each.rule} · {each.file} · {each.test}\n    {why}", flush=True)
        if not why:
            yield each


def copied(folder: Path) -> Path:
    """A copy of the program and its tests as they are now, without what git leaves out."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def check(copies: SimpleQueue[Path], tests: list[str]) -> str:
    """What fails in a copy that nothing was done to; '' when nothing does."""
    folder = copies.get()
    try:
        return red(folder, tests)
    finally:
        copies.put(folder)


def weaken(copies: SimpleQueue[Path], each: Weakening) -> str:
    """Why its test failed on a weakened copy, in one line; '' when it did not."""
    folder = copies.get()
    file = folder / each.file
    before, times = file.read_bytes(), file.stat()
    try:
        file.write_text(each.applied(folder))
        return red(folder, [each.test])
    except NothingRan:
        return ""
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # so that what was compiled before is right again
        copies.put(folder)


def red(folder: Path, tests: list[str]) -> str:
    """The first failure of these tests in this copy, in one line; '' when none failed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--no-header",
        "--tb=short",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    try:
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return ""
    if ended.returncode == 0:
        return ""
    if ended.returncode != FAILED:
        raise NothingRan(f"{' '.join(tests)}\n{ended.stdout}{ended.stderr}")
    wrong = [line.removeprefix("E").strip() for line in ended.stdout.splitlines() if line.startswith("E ")]
    return (wrong or ["?"])[0][:160]


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.privacy.weakenings", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="only rules, files or tests with this word")
    parser.add_argument("--write", action="store_true", help="only write the table of tests/privacy/README.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
