#!/usr/bin/env bash
# Weight regions: all pairs of heads on four nodes, and on five with "all"; then one pair beside SymPy, and the
# replay of certificates beside Python.
# usage: tests/bench/region.sh [BUILD_FOLDER] [all]
set -euo pipefail
build=${1:-build}
program=$build/bin/crosshead
here=$(cd "$(dirname "$0")" && pwd)

echo "== all 210 pairs on 4 nodes (goal 10 s) =="
"$program" region --family unique_sink --nodes 4 --quiet
if [[ ${2:-} == all ]]; then
  echo "== all 49,455 pairs on 5 nodes, 2 threads (goal 30 min) =="
  "$program" region --family unique_sink --nodes 5 --threads 2 --quiet || [[ $? == 4 ]]
fi
echo "== one pair, beside SymPy =="
python3 "$here/region_peer.py" "$program" "$here/../../proofs/systems/smallest-amplifying.json"
echo "== certificates of all 210 pairs, replayed =="
python3 "$here/region_certificates.py" "$build"
