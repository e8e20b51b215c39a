"""The figure of the hours. docs/benchmarks.md tells what it means."""

from figure import Figure

RECORDS = 1_000_000

PROGRAMS = ["bench_hours"]


def import_records(bench):
    answer = bench.run("bench_hours", "import", bench.size(RECORDS), bench.folder / "hours")
    return answer["ledger_seconds"] / answer["seconds"], {
        "records_per_second": round(answer["records"] / answer["seconds"]),
        "ledger_entries_per_second": round(answer["records"] / answer["ledger_seconds"])} | answer


FIGURES = [Figure("import_vs_ledger", "of the ledger's entries/s", 0.3, None, True, import_records)]
