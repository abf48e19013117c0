#!/usr/bin/env bash
# compare.sh [BUILD]: runs every benchmark beside its peers in one go and prints a table with ratios.
# BUILD is a build folder with bin/bench_exact, bin/bench_search, bin/dump_systems and bin/crosshead (default: build).
# Timings want a quiet machine; each is a median of several repetitions.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
build=${1:-$here/../../build}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# Debian's SymPy belongs to the system's Python.
python=python3
if ! "$python" -c 'import sympy' 2>/dev/null && [[ -x /usr/bin/python3 ]]; then python=/usr/bin/python3; fi

bench() { "$build/bin/bench_exact" --benchmark_format=json "$@" 2>/dev/null; }
bench --benchmark_repetitions=7 --benchmark_report_aggregates_only=true >"$work/bench.json"
# Alone, so that the process's peak memory is that of the row vector.
bench --benchmark_filter=row_vector_crosshead >"$work/memory.json"
"$build/bin/bench_search" --benchmark_format=json --benchmark_repetitions=5 \
  --benchmark_report_aggregates_only=true >"$work/search.json" 2>/dev/null
"$build/bin/dump_systems" >"$work/systems.json"
"$python" "$here/peers.py" "$work/systems.json" >"$work/peers.json"
if [[ -x $build/bin/crosshead ]]; then
  "$python" "$here/startup.py" "$build/bin/crosshead" >"$work/startup.json"
else
  echo '{}' >"$work/startup.json"
fi
"$python" "$here/table.py" "$work"
if [[ -x $build/bin/bench_expand && -x $build/bin/crosshead ]]; then
  echo
  "$python" "$here/expand.py" "$build/bin/bench_expand" "$build/bin/crosshead"
fi
