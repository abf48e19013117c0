#!/usr/bin/env python3
"""Two processes beside one: processes.py PROGRAM [--rounds N] [--pairs K] [--mpirun MPIRUN] [--check].

Runs `search amplifies` with one thread to a process, whole on 6 nodes and on the first K pairs of 7 nodes, as one
process, as one process of two threads, as two processes with `--shard i/2` side by side, and under `mpirun -n 2`;
and the same on a single pair, which is what starting costs. The ways take turns, N times; each must give the same
counts and witnesses. Prints {task: {way: {"best_s", "median_s", "speedup_of_best", "speedup_of_median"}}} as JSON:
wall time from before the first process starts until the last has ended. --check: one round, without the single pairs,
which have nothing to compare that the others do not.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TASKS = {
    "6 nodes, all pairs": ["--nodes", "6"],
    "6 nodes, one pair": ["--nodes", "6", "--count", "1"],
    "7 nodes, one pair": ["--nodes", "7", "--count", "1"],
}


def finished(process, command):
    output, _ = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return output


def start(command):
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def answer(text):
    document = json.loads(text)
    return {key: document[key] for key in ("systems", "witnesses", "ties", "first", "extreme")}


class Bench:
    def __init__(self, program, mpirun, folder):
        self.program, self.mpirun, self.folder = program, mpirun, folder

    def command(self, arguments):
        return [self.program, "search", "amplifies", "--heads", "2", "--json", "--quiet", *arguments]

    def together(self, *commands):
        begin = time.perf_counter()
        processes = [start(command) for command in commands]
        outputs = [finished(process, command) for process, command in zip(processes, commands)]
        return time.perf_counter() - begin, outputs

    def one(self, task, threads):
        elapsed, outputs = self.together(self.command([*task, "--threads", str(threads)]))
        return elapsed, answer(outputs[0])

    def shards(self, task):
        journals = [self.folder / f"part-{part}.journal" for part in (1, 2)]
        for journal in journals:
            journal.unlink(missing_ok=True)
        elapsed, _ = self.together(*(
            self.command([*task, "--threads", "1", "--shard", f"{part}/2", "--journal", str(journal)])
            for part, journal in enumerate(journals, start=1)))
        merged = [self.program, "search", "merge", "--json", *map(str, journals)]
        return elapsed, answer(finished(start(merged), merged))

    def mpi(self, task):
        elapsed, outputs = self.together([self.mpirun, "-n", "2", *self.command([*task, "--threads", "1"])])
        return elapsed, answer(outputs[0])

    def ways(self, task, slice_of_one):
        yield "one process, one thread", lambda: self.one(task, 1)
        yield "one process, two threads", lambda: self.one(task, 2)
        if not slice_of_one:
            yield "two processes, --shard i/2", lambda: self.shards(task)
        if self.mpirun:
            yield "mpirun -n 2", lambda: self.mpi(task)


def measured(bench, task, rounds):
    single = "--count" in task and task[task.index("--count") + 1] == "1"
    times, expected = {}, None
    for _ in range(rounds):
        for way, run in bench.ways(task, single):
            elapsed, found = run()
            expected = expected or found
            if found != expected:
                raise SystemExit(f"{way}: another answer than that of one process")
            times.setdefault(way, []).append(elapsed)
    one = times["one process, one thread"]
    return {way: {"best_s": round(min(all_times), 3), "median_s": round(statistics.median(all_times), 3),
                  "speedup_of_best": round(min(one) / min(all_times), 2),
                  "speedup_of_median": round(statistics.median(one) / statistics.median(all_times), 2)}
            for way, all_times in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pairs", type=int, default=200_000_000, help="of the slice on 7 nodes; 0 leaves it out")
    parser.add_argument("--mpirun", default=shutil.which("mpirun"), help="the launcher; empty leaves it out")
    parser.add_argument("--check", action="store_true", help="compare the answers, one round")
    options = parser.parse_args()
    if not options.mpirun:
        print("mpirun is left out: there is none", file=sys.stderr)
    tasks = {name: task for name, task in TASKS.items() if not options.check or "--count" not in task}
    if options.pairs:
        tasks[f"7 nodes, {options.pairs} pairs"] = ["--nodes", "7", "--count", str(options.pairs)]
    report = {"load_before": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.program, options.mpirun, pathlib.Path(folder))
        for name, task in tasks.items():
            report[name] = measured(bench, task, 1 if options.check else options.rounds)
    json.dump(report, sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
