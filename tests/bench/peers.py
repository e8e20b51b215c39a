"""Times a peer of Python on the flat arrays of a folder: peers.py PEER FOLDER REPEATS.

Building the peer's own problem is not counted.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

LONG_SECONDS = 10  # a peer that takes longer runs once


def timed(repeats, once):
    seconds = []
    while len(seconds) < repeats and (not seconds or seconds[0] <= LONG_SECONDS):
        seconds.append(once())
    return seconds


class Arrays:
    """As tests/bench/pairing/arrays.hpp has them; `need` of each pair besides."""

    def __init__(self, folder):
        for name in ("capacity", "demand", "volunteer"):
            setattr(self, name, np.fromfile(folder / f"{name}.i32", np.int32).astype(np.int64))
        for name in ("first", "points", "weight"):
            setattr(self, name, np.fromfile(folder / f"{name}.i64", np.int64))
        self.needs, self.volunteers = len(self.demand), len(self.capacity)
        self.need = np.repeat(np.arange(self.needs), np.diff(self.first))


def min_cost_flow(arrays, repeats):
    """OR-Tools' SimpleMinCostFlow as a circulation: source, needs, volunteers, sink, source."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    needs, volunteers = arrays.needs, arrays.volunteers
    source, sink = needs + volunteers, needs + volunteers + 1
    need, volunteer = np.arange(needs), needs + np.arange(volunteers)
    value = None

    def once():
        nonlocal value
        flow = SimpleMinCostFlow()

        def add(tails, heads, capacities, costs):
            flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)

        add(np.full(needs, source), need, arrays.demand, np.zeros(needs, np.int64))
        add(arrays.need, needs + arrays.volunteer, np.ones(len(arrays.need), np.int64), -arrays.weight)
        add(volunteer, np.full(volunteers, sink), arrays.capacity, np.zeros(volunteers, np.int64))
        add(np.array([sink]), np.array([source]), np.array([arrays.demand.sum()]), np.array([0]))
        flow.set_nodes_supplies(np.arange(sink + 1), np.zeros(sink + 1, np.int64))
        begun = time.perf_counter()
        status = flow.solve()
        seconds = time.perf_counter() - begun
        if status != flow.OPTIMAL:
            raise RuntimeError(f"OR-Tools ended with {status}")
        value = -flow.optimal_cost()
        return seconds

    return timed(repeats, once), value


def full_matching(arrays, repeats):
    """scipy's sparse assignment; it wants costs above 0."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    highest = int(arrays.weight.max()) + 1
    costs = csr_array((highest - arrays.weight, arrays.volunteer, arrays.first),
                      shape=(arrays.needs, arrays.volunteers))
    value = None

    def once():
        nonlocal value
        begun = time.perf_counter()
        rows, columns = min_weight_full_bipartite_matching(costs)
        seconds = time.perf_counter() - begun
        value = highest * len(rows) - int(costs[rows, columns].sum())
        return seconds

    return timed(repeats, once), value


def linear_assignment(arrays, repeats):
    """OR-Tools' linear assignment wants as many rows as columns and all of them matched.

    So there is a row more for each volunteer and a column more for each need. A volunteer who stays
    free is matched with his own row; the row of one who serves a need takes the column of that need.
    """
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    needs, volunteers = arrays.needs, arrays.volunteers
    own = np.arange(volunteers)
    rows = np.concatenate([arrays.need, needs + own, needs + arrays.volunteer])
    columns = np.concatenate([arrays.volunteer, own, volunteers + arrays.need])
    costs = np.concatenate([-arrays.weight, np.zeros(volunteers + len(arrays.need), np.int64)])
    value = None

    def once():
        nonlocal value
        assignment = SimpleLinearSumAssignment()
        assignment.add_arcs_with_cost(rows, columns, costs)
        begun = time.perf_counter()
        status = assignment.solve()
        seconds = time.perf_counter() - begun
        if status != assignment.OPTIMAL:
            raise RuntimeError(f"OR-Tools ended with {status}")
        value = -assignment.optimal_cost()
        return seconds

    return timed(repeats, once), value


PEERS = {"or_tools_min_cost_flow": min_cost_flow, "scipy_full_matching": full_matching,
         "or_tools_linear_assignment": linear_assignment}

if __name__ == "__main__":
    peer, folder, repeats = sys.argv[1:]
    seconds, value = PEERS[peer](Arrays(Path(folder)), int(repeats))
    print(json.dumps({"seconds": seconds, "value": str(int(value))}))
