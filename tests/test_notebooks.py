"""Every notebook runs from top to bottom, and shows what it promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebook extra is not installed")
nbclient = pytest.importorskip("nbclient", reason="the notebook extra is not installed")

FOLDER = Path(__file__).parent.parent / "notebooks"


def run(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def outputs(notebook: Any) -> list[dict[str, Any]]:
    return [out.get("data", {}) for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]


# The kernel's sockets outlive the client by a moment; that is not ours to mend.
@pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_quickstart_runs_and_draws() -> None:
    notebook = run(FOLDER / "quickstart.ipynb")
    shown = outputs(notebook)
    assert sum("image/svg+xml" in one for one in shown) == 1
    text = " ".join(str(one.get("text/plain", "")) for one in shown)
    assert "UNHCR" in text
    assert "disagreement" in text
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    printed = "".join(out.text for cell in cells for out in cell.outputs if out.output_type == "stream")
    assert "5,840" in printed
    assert "498" in printed


@pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_a_war_in_numbers_draws_the_camps_and_credits_everybody() -> None:
    notebook = run(FOLDER / "war_in_numbers.ipynb")
    shown = outputs(notebook)
    pictures = ["".join(one["image/svg+xml"]) for one in shown if "image/svg+xml" in one]
    assert len(pictures) == 2
    assert "more than eleven times" in pictures[0]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    printed = "".join(out.text for cell in cells for out in cell.outputs if out.output_type == "stream")
    assert "Camp A: Russian Ministry of Defence" in printed
    assert "Camp B: General Staff of Ukraine" in printed
    assert "it does not know what is true" in printed
    assert "russian-dead.svg" in printed


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_no_output_is_kept_in_the_file(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
