"""The notebooks run from top to bottom in kernels of their own, and are stored without outputs."""

import nbclient
import nbformat
import pytest
from programs import ROOT

NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


def outputs_of(name):
    path = ROOT / "examples" / name
    notebook = nbformat.read(path, 4)
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                                     resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return shown, "".join(output["text"] for output in shown if output.output_type == "stream")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs(path):
    for cell in nbformat.read(path, 4).cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None


def test_the_first_pairing_shows_tables_and_map():
    shown, said = outputs_of("first_pairing.ipynb")
    pages = [output["data"]["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("<img" in page or "<svg" in page for page in pages), "the plan shows no map"
    assert "booked exists" in said and "1:30:00" in said


def test_the_year_of_hours_shows_charts_and_a_valid_attestation():
    shown, said = outputs_of("hours_of_a_year.ipynb")
    assert sum("image/png" in output.get("data", {}) for output in shown) == 4
    assert any("image/svg+xml" in output.get("data", {}) for output in shown), "no QR picture"
    assert "booked    6000" in said and "SIGNATURE VALID" in said and "key_differs" in said
    answers = [output["data"]["text/plain"] for output in shown if output.output_type == "execute_result"]
    assert "['superseded', 'valid']" in answers
    assert "booked" in said and "circles meet" in said
