"""The figures of the ledger. docs/benchmarks.md tells what each means."""

from statistics import median

from figure import Figure, Unmeasured

ENTRIES = 5_000_000
BATCH = 10_000
BATCHES = ENTRIES // BATCH
EARLY = slice(BATCHES // 50, BATCHES // 25)  # from entry 100,001
LATE = slice(BATCHES, BATCHES + BATCHES // 50)  # from entry 5,000,001
LAST_FIFTH = slice(BATCHES * 4 // 5, BATCHES)  # from entry 4,000,001
EMPTY = slice(0, 20)  # 200,000 rows into an empty file
RAW_ROWS_A_SECOND_MIN = 200_000
COMMITS = 2_000
CALLERS = 64
MEMORY_ENTRIES = 1_000_000
READINGS = 5_000

PROGRAMS = ["bench_ledger"]


def once(bench, *words):
    """The answer of a command, which runs once for all figures that it has."""
    if words not in bench.made:
        bench.made[words] = bench.run("bench_ledger", *words)
    return bench.made[words]


def folder(bench, ids):
    return bench.folder / f"city_{ids}"


def batches(bench, ids):
    """Both sides' seconds of each batch, up to a fiftieth beyond the last entry."""
    batch = bench.size(BATCH)
    return once(bench, "batches", batch * LATE.stop, batch, ids, folder(bench, ids)), batch


def beside_raw(bench, ids):
    answer, batch = batches(bench, ids)
    return answer, batch, {"raw_rows_per_second_into_an_empty_file": round(answer["into_empty"])}


def unless_void(bench, value, details):
    """The figure, if raw SQLite is as fast as it is elsewhere: a slow peer is easily beaten."""
    if bench.scale == 1 and details["raw_rows_per_second_into_an_empty_file"] < RAW_ROWS_A_SECOND_MIN:
        raise Unmeasured(f"raw SQLite inserts fewer than {RAW_ROWS_A_SECOND_MIN} rows/s into an empty file",
                         void_value=round(value, 3), **details)
    return value, details


def batch_10k(bench):
    answer, batch, details = beside_raw(bench, "time_ordered")
    own, raw = (sum(answer[side][LAST_FIFTH]) for side in ("seconds", "raw_seconds"))
    rows = batch * len(answer["seconds"][LAST_FIFTH])
    return unless_void(bench, raw / own, {"rows_per_second": round(rows / own), "raw_rows_per_second": round(rows / raw),
                       "first_rows_per_second": round(20 * batch / sum(answer["seconds"][EMPTY]))} | details)


def grown(seconds):
    """How many times longer a batch takes at the end; the middle batch of ten, as a checkpoint may fall into any."""
    return median(seconds[LATE]) / median(seconds[EARLY])


def growth(bench):
    details = {}
    for ids in ("time_ordered", "random"):
        answer, batch, _ = beside_raw(bench, ids)
        own, raw = (grown(answer[side]) for side in ("seconds", "raw_seconds"))
        details[ids] = {"growth": round(own, 3), "raw_growth": round(raw, 3), "over_raw": round(own / raw, 3),
                        "microseconds_an_entry": [round(1e6 * median(answer["seconds"][part]) / batch, 2)
                                                  for part in (EARLY, LATE)]}
    return details["time_ordered"]["growth"], details


def bytes_per_entry(bench):
    answer, batch = batches(bench, "time_ordered")
    entries = batch * len(answer["seconds"])
    return answer["bytes"] / entries, {"raw_bytes_per_row": round(answer["raw_bytes"] / entries, 1),
                                       "megabytes": round(answer["bytes"] / 1e6)}


def commits(bench):
    answer = once(bench, "commits", bench.size(COMMITS), CALLERS, folder(bench, "commits"))
    return {name: median(values) for name, values in answer.items()}


def single_commit(bench):
    rates = commits(bench)
    return rates["per_second"] / rates["raw_per_second"], {name: round(rate) for name, rate in rates.items()}


def group_commit(bench):
    rates = commits(bench)
    return rates["group_per_second"] / rates["per_second"], {"callers": CALLERS} | {
        name: round(rates[name]) for name in ("per_second", "group_per_second")}


def memory_journal(bench):
    answer = once(bench, "memory", bench.size(MEMORY_ENTRIES), bench.size(BATCH))
    return answer["entries"] / answer["seconds"], {
        "share_of_hashing": round(answer["hashing_seconds"] / answer["seconds"], 3), "entries": answer["entries"]}


def reading(bench):
    batches(bench, "time_ordered")
    return once(bench, "reading", bench.size(READINGS), folder(bench, "time_ordered") / "city.jiedui")


def spread(seconds, unit):
    """The middle reading in a unit of so many a second, and the slow ones."""
    seconds = sorted(seconds)
    return unit * median(seconds), {"p99": round(unit * seconds[len(seconds) * 99 // 100], 3),
                                    "max": round(unit * seconds[-1], 3)}


def balance(bench):
    answer = reading(bench)
    value, details = spread(answer["balances"], 1e6)
    return value, details | {"entries": answer["entries"], "people": answer["people"]}


def statement(bench):
    answer = reading(bench)
    value, details = spread(answer["statements"], 1e3)
    return value, details | {"lines_each": round(answer["lines"] / len(answer["statements"]), 1)}


def trial_balance(bench):
    answer = reading(bench)
    own, raw = median(answer["trial"]), median(answer["raw_trial"])
    return own / raw, {"seconds": round(own, 4), "sql_seconds": round(raw, 4)}


def opening(bench):
    value, details = spread(reading(bench)["opening"], 1e3)
    return value, details


FIGURES = [
    Figure("batch_10k_vs_raw", "of raw's rows/s", 0.5, None, True, batch_10k),
    Figure("single_commit_vs_raw", "of raw's commits/s", 0.9, None, True, single_commit),
    Figure("group_commit_64", "times single_commit", 20, None, True, group_commit),
    Figure("memory_journal", "transfers/s", None, None, True, memory_journal),
    Figure("balance_us", "µs", 50, None, False, balance),
    Figure("statement_ms", "ms", 1, None, False, statement),
    Figure("trial_balance_vs_sql", "times SQL's seconds", 1.2, None, False, trial_balance),
    Figure("open_ms", "ms", 50, None, False, opening),
    Figure("growth", "times the cost", 1.3, None, False, growth),
    Figure("bytes_per_entry", "bytes", None, None, False, bytes_per_entry),
]
