"""Intervals and conflicts are tested in every branch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_intervals_and_conflicts_leave_no_branch_untried(tmp_path: Path) -> None:
    report = tmp_path / "coverage.json"
    program = Path(__file__).with_name("branches.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(program), str(report)],
        capture_output=True, text=True, check=False, cwd=program.parent.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert len(files) == 3
    left = {Path(name).name: (one["missing_lines"], one["missing_branches"]) for name, one in files.items()}
    assert left == dict.fromkeys(left, ([], []))
