"""The notebook runs from top to bottom in a kernel of its own, and is stored without outputs."""

import nbclient
import nbformat
from programs import ROOT

NOTEBOOK = ROOT / "examples" / "first_pairing.ipynb"


def test_it_is_stored_without_outputs():
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None


def test_it_runs_and_shows_tables_and_map():
    notebook = nbformat.read(NOTEBOOK, 4)
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                                     resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [output["data"]["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("<img" in page or "<svg" in page for page in pages), "the plan shows no map"
    said = "".join(output["text"] for output in shown if output.output_type == "stream")
    assert "booked exists" in said and "1:30:00" in said
