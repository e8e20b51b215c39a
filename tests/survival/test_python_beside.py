"""Eight processes of two writing threads, while Python's sqlite3 reads in the same processes.

Python's module opens and closes the file again and again. A close may let go of POSIX locks that the
process holds on the file through another copy of SQLite, which the lock beside the store outlives.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import jiedui as jd

PROCESSES, THREADS, ACCOUNTS = 8, 2, 5
UNIT = jd.Unit.seconds_served()


def scaled(every_run: int, long_run: int) -> int:
    share = os.environ.get("JIEDUI_LONG_SHARE")
    scale = float(os.environ.get("JIEDUI_SCALE", "1"))
    return max(1, round(every_run * scale if share is None else long_run * float(share)))


def write(path: str, writer: int, count: int, failures: list[BaseException]) -> None:
    try:
        with jd.Store.open(path) as store:
            books = store.books
            for number in range(1, count + 1):
                debit, credit = jd.Id128(0, 1), jd.Id128(0, 2 + writer % (ACCOUNTS - 1))
                transfer = jd.Transfer(jd.Id128(100 + writer, number), debit, credit, 1, UNIT)
                if books.post(transfer) is not jd.Outcome.booked:
                    raise AssertionError(f"{transfer} was not booked")
                if number % 64 == 0:
                    store.checkpoint()
    except BaseException as failure:
        failures.append(failure)


def read(path: str, writers: list[threading.Thread]) -> int:
    """Reads for as long as there are writers. What is read never goes back, and balances."""
    last = readings = 0
    while any(writer.is_alive() for writer in writers):
        other = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
        (count,) = other.execute("SELECT count(*) FROM entries").fetchone()
        (net,) = other.execute("SELECT sum(debits_posted) - sum(credits_posted) FROM accounts").fetchone()
        other.close()
        assert count >= last and net == 0
        last, readings = count, readings + 1
    return readings


def work(path: str, process: int, count: int) -> None:
    """What each of the processes does."""
    failures: list[BaseException] = []
    writers = [
        threading.Thread(target=write, args=(path, process * THREADS + thread, count, failures))
        for thread in range(THREADS)
    ]
    for writer in writers:
        writer.start()
    readings = read(path, writers)
    for writer in writers:
        writer.join()
    if failures:
        raise failures[0]
    assert readings > 0


def test_sqlite3_reads_beside_the_writers_of_many_processes() -> None:
    shared = Path("/dev/shm")
    each = -(-scaled(40_000, 2_000_000) // (PROCESSES * THREADS))
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        path = str(Path(folder) / "town.jiedui")
        with jd.Store.open_or_create(path) as store:
            opening = [jd.OpenAccount(jd.Id128(0, account), UNIT) for account in range(1, ACCOUNTS + 1)]
            assert store.books.post(opening) == [jd.Outcome.booked] * ACCOUNTS
        command = [sys.executable, __file__, path]
        processes = [
            subprocess.Popen([*command, str(process), str(each)], stderr=subprocess.PIPE, text=True)
            for process in range(PROCESSES)
        ]
        said = [process.communicate()[1] for process in processes]
        assert [process.returncode for process in processes] == [0] * PROCESSES, "\n".join(said)
        with jd.Store.open(path) as store:
            booked = PROCESSES * THREADS * each
            assert store.books.head().count == ACCOUNTS + booked
            assert store.books.balance(jd.Id128(0, 1)).debits_posted == booked
            assert store.verify()


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
