#!/usr/bin/env python3
"""table.py FOLDER: prints what compare.sh measured (bench, memory, search, peers and startup .json) as tables."""

import json
import pathlib
import sys

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def text_of(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def medians(document):
    """Seconds of CPU time per matrix, or per run where there is no such count."""
    found = {}
    for entry in document["benchmarks"]:
        if entry.get("aggregate_name") != "median":
            continue
        seconds = entry["cpu_time"] * SECONDS[entry["time_unit"]]
        found[entry["run_name"]] = seconds / entry.get("matrices", 1)
    return found


def print_rows(title, rows):
    """Rows (name, seconds); ratios are to the first one."""
    print(f"\n{title}")
    for name, seconds in rows:
        print(f"  {name:<44}{text_of(seconds):>10}{seconds / rows[0][1]:>12.4g} x")


SEARCHES = {"search_all_pairs/2": "search, two threads", "search_all_pairs/1": "search, one thread",
            "plain_double_row_vector": "plain row vector, no proof, one thread",
            "plain_double_powers": "plain powers, no proof, one thread", "rational_oracle": "rational oracle, one thread"}


def print_search(document):
    """Pairs a second of the exhaustive search and of its peers, and the machine's peak."""
    entries = {entry["run_name"].removesuffix("/real_time"): entry for entry in document["benchmarks"]
               if entry.get("aggregate_name") == "median"}
    print("\nExhaustive search, pairs of 6-node heads a second")
    first = entries["search_all_pairs/2"]["pairs_per_second"]
    for name, text in SEARCHES.items():
        rate = entries[name]["pairs_per_second"]
        print(f"  {text:<44}{rate:>10.3g}  {first / rate:>12.4g} x")
    peak = entries["fma_peak/2"]["fma_per_second"]
    print(f"  peak of two threads: {peak:.3g} multiply-adds a second, {peak / first:.0f} for each pair")


def main():
    folder = pathlib.Path(sys.argv[1])
    bench, memory, search, peers, startup = (json.loads((folder / f"{name}.json").read_text())
                                             for name in ("bench", "memory", "search", "peers", "startup"))
    times = medians(bench)
    rows = [("crosshead, minimum", times["minimax_fidelity_crosshead"]),
            ("crosshead, every node with proof", times["all_fidelities_crosshead"]),
            ("FLINT fmpq_mat powers, our rule to stop", times["minimax_fidelity_flint_powers"]),
            ("FLINT fmpq_mat, 100 powers (Algorithm 2)", times["minimax_fidelity_flint_100_powers"])]
    rows += [(f"Python {name}, our rule to stop", entry["microseconds"] * 1e-6) for name, entry in peers.items()]
    print_rows("Minimax fidelity of one 8-node matrix", rows)

    for layer in range(5):
        pair = [(f"{who}", times.get(f"row_vector_{who}/layer:{layer}")) for who in ("crosshead", "flint")]
        if None not in (seconds for _, seconds in pair):
            what = "random scores" if layer == 0 else f"trained model, layer {layer}, head 1"
            print_rows(f"Row vector, 100 steps of 100 x 100 float32 attention: {what}", pair)
    peak = max(entry.get("process_peak_MB", 0) for entry in memory["benchmarks"])
    print(f"\nPeak memory of the process, row vectors alone: {peak:.1f} MB")

    print("\nA trained layer, 4 heads and their mean, as stored")
    for layer in range(4):
        for what, name in (("every node fidelity", "fidelity"), ("analysis without hitting times", "analysis")):
            seconds = times.get(f"attention_{name}/layer:{layer}")
            if seconds is not None:
                print(f"  layer {layer + 1}, {what:<35}{text_of(seconds):>10}")

    print_search(search)
    if startup:
        print("\ncrosshead analyze, 6 nodes, wall time from start to end")
    for name, entry in startup.items():
        print(f"  {name:<44}{entry['median_ms']:>7.1f} ms (largest of {entry['runs']}: {entry['largest_ms']:.1f} ms)")


if __name__ == "__main__":
    main()
