"""The figures of pairing. docs/benchmarks.md tells what each means."""

from statistics import median

from figure import Figure, Unmeasured

REPEATS = 5
CITY = (400_000, 113_000)
TOWN = (40_000, 11_000)
COUNTRY = (4_000_000, 1_130_000)
PER_NEED = 100
OPERATIONS = 100_000
PLAIN_PASS_NANOSECONDS_MAX = 12
GROWTH_MEGABYTES_MAX = 8000

PROGRAMS = ["bench_pairing", "bench_lemon"]
PEERS = {
    "lemon_network_simplex": ("bench_lemon", "network_simplex"),
    "lemon_cost_scaling": ("bench_lemon", "cost_scaling"),
    "or_tools_min_cost_flow": ("peers.py", "or_tools_min_cost_flow"),
}
PEERS_ONE_TO_ONE = {
    "scipy_full_matching": ("peers.py", "scipy_full_matching"),
    "or_tools_linear_assignment": ("peers.py", "or_tools_linear_assignment"),
}


def sized(bench, size):
    return [bench.size(number) for number in size]


def arrays(bench, kind, size, form):
    return bench.once((form, kind, *size), lambda path: bench.run(
        "bench_pairing", form, kind, *sized(bench, size), PER_NEED, path))


def network(bench, kind, size):
    return bench.once(("network", kind, *size), lambda path: bench.run(
        "bench_pairing", "network", kind, *sized(bench, size), path))


def times_faster(bench, folder, peers, peers_folder):
    """How many times faster than the best of the peers, all with the same value."""
    own = bench.run("bench_pairing", "solver", folder, bench.threads, REPEATS)
    seconds = median(own["seconds"])
    peer_seconds = {}
    for name, words in peers.items():
        answer = bench.run(*words, peers_folder, REPEATS)
        if answer["value"] != own["value"]:
            raise Unmeasured(f"{name} has another value", values={"jiedui": own["value"], name: answer["value"]})
        peer_seconds[name] = round(median(answer["seconds"]), 4)
    details = {"seconds": round(seconds, 4), "peer_seconds": peer_seconds, "pairs": own["pairs"],
               "value": own["value"], "threads": bench.threads}
    return min(peer_seconds.values()) / seconds, details


def explicit(kind, size, is_renumbered=False):
    def measure(bench):
        folder = arrays(bench, kind, size, "arrays")
        return times_faster(bench, folder, PEERS, folder / "renumbered" if is_renumbered else folder)
    return measure


def one_to_one(bench):
    folder = arrays(bench, "roomy", TOWN, "one_to_one")
    return times_faster(bench, folder, PEERS_ONE_TO_ONE, folder)


def implied_run(bench, kind, size, repeats=REPEATS):
    return bench.run("bench_pairing", "implied", network(bench, kind, size), bench.threads, repeats)


def implied(kind):
    def measure(bench):
        plain = bench.run("bench_pairing", "plain_pass", network(bench, kind, CITY), REPEATS)
        plain_seconds = median(plain["seconds"])
        nanoseconds = plain_seconds / plain["pairs"] * 1e9
        own = implied_run(bench, kind, CITY)
        seconds = median(own.pop("seconds"))
        details = own | {"seconds": round(seconds, 4), "threads": bench.threads, "pairs": plain["pairs"],
                         "plain_pass_seconds": round(plain_seconds, 4),
                         "plain_pass_nanoseconds_a_pair": round(nanoseconds, 2)}
        if nanoseconds > PLAIN_PASS_NANOSECONDS_MAX:
            raise Unmeasured(f"a plain pass of more than {PLAIN_PASS_NANOSECONDS_MAX} ns a pair", **details)
        return seconds / plain_seconds, details
    return measure


def implied_memory(bench):
    own = {kind: implied_run(bench, kind, CITY, repeats=1) for kind in ("roomy", "scarce")}
    megabytes = {kind: answer["peak_megabytes"] for kind, answer in own.items()}
    return max(megabytes.values()), {"megabytes": megabytes}


def growth(bench):
    city, country = implied_run(bench, "roomy", CITY), implied_run(bench, "roomy", COUNTRY)
    seconds = [median(answer["seconds"]) for answer in (city, country)]
    details = {"seconds": [round(second, 3) for second in seconds],
               "filled": [city["filled"], country["filled"]],
               "megabytes": [city["peak_megabytes"], country["peak_megabytes"]]}
    if country["peak_megabytes"] > GROWTH_MEGABYTES_MAX:
        raise Unmeasured(f"more than {GROWTH_MEGABYTES_MAX} MB", **details)
    return seconds[1] / COUNTRY[0] / (seconds[0] / CITY[0]), details


def dispatch(kind, which):
    """One run for the three figures of a kind."""
    def measure(bench):
        key = ("dispatch", kind)
        if key not in bench.made:
            bench.made[key] = bench.run("bench_pairing", "dispatch", network(bench, kind, CITY),
                                        bench.size(OPERATIONS), bench.threads)
        answer = bench.made[key]
        microseconds = {name: {word: round(1e6 * seconds, 2) for word, seconds in times.items()}
                        for name, times in answer["kinds"].items()}
        counts = {word: answer[word] for word in ("operations", "refused", "filled")}
        return 1e6 * answer["all"][which], {"microseconds": microseconds} | counts
    return measure


def faster(name, floor, aim, measure):
    return Figure(name, "times faster", floor, aim, True, measure)


FIGURES = [
    faster("explicit_city_roomy", 80, 150, explicit("roomy", CITY)),
    faster("explicit_city_scarce", 25, 60, explicit("scarce", CITY)),
    faster("explicit_city_roomy_renumbered", 50, 100, explicit("roomy", CITY, True)),
    faster("explicit_city_scarce_renumbered", 15, 40, explicit("scarce", CITY, True)),
    faster("explicit_town_roomy", 8, 20, explicit("roomy", TOWN)),
    faster("explicit_town_scarce", 8, 15, explicit("scarce", TOWN)),
    faster("sparse_one_to_one", 10, 50, one_to_one),
    Figure("implied_city_roomy", "plain passes", 1.0, 0.5, False, implied("roomy")),
    Figure("implied_city_scarce", "plain passes", 10, 3, False, implied("scarce")),
    Figure("implied_city_memory", "MB", 600, 300, False, implied_memory),
    Figure("growth_4M", "ratio", 1.3, 1.15, False, growth),
    *(Figure(f"dispatch_{kind}_{which}", "µs", floor, aim, False, dispatch(kind, which))
      for kind, goals in {"roomy": ((10, 2), (1_000, 100), (20_000, 5_000)),
                          "scarce": ((100, 20), (5_000, 1_000), (50_000, 20_000))}.items()
      for which, (floor, aim) in zip(("p50", "p99", "max"), goals)),
]
