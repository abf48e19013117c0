#!/usr/bin/env bash
# Builds, checks and measures the float path on a machine with a CUDA device, in one call.
#
#   tests/bench/gpu.sh fetch          on a Debian 12 machine: downloads the libraries that the build needs and that a
#                                     machine with only Python's LibTorch lacks, into .carry/ (not tracked)
#   tests/bench/gpu.sh run [RESULTS]  on the machine with the device, network or not: unpacks .carry/, builds against
#                                     its LibTorch (Python's torch if importable, else the system's), runs the float
#                                     tests and the cross-check on every device, and writes RESULTS/*.json and
#                                     RESULTS/environment.txt (default: tests/bench/results)
#   tests/bench/gpu.sh search BUILD [RESULTS]
#                                     the search part of `run` alone, with the programs of the folder BUILD: on all
#                                     pairs of up to 6 nodes the device must give the answer of the CPU; then all
#                                     189,232,136,415 pairs of 7 nodes (needs nvcc at build time and a CUDA device)
# Exit codes: 0 all checks passed, 1 a check or the build failed, 2 bad usage.
set -euo pipefail
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
carry=$root/.carry
packages=(libgmp-dev libgmp10 libgmpxx4ldbl libmpfr-dev libmpfr6 libboost1.74-dev libeigen3-dev libflint-dev libflint17
          libflint-arb-dev libflint-arb2 libntl44 libgf2x3 nlohmann-json3-dev libcli11-dev libfmt-dev libfmt9
          libtomlplusplus-dev zlib1g-dev zlib1g libgtest-dev libgmock-dev)

fetch() {
  mkdir -p "$carry"
  cd "$carry"
  rm -f ./*.deb
  apt-get download "${packages[@]}"
  du -sh "$carry"
}

# Answers without what depends on the machine.
answer_of() {
  python3 -c 'import json, sys
document = json.load(open(sys.argv[1]))
del document["seconds"], document["filter"]
print(json.dumps(document))' "$1"
}

search() {
  local build=$1 results=${2:-$root/tests/bench/results} failed=0 claim nodes device
  local program=$build/bin/crosshead
  if [[ ! -e $build/lib/libcrosshead_cuda.so ]] || ! nvidia-smi >/dev/null 2>&1; then
    echo 'search: skipped, no CUDA module or no device'
    return 0
  fi
  mkdir -p "$results"
  {
    "$program" --version
    nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
    nvcc --version 2>/dev/null | tail -1 || true
    lscpu | grep 'Model name' || true
  } | tee "$results/search-environment.txt"
  for claim in amplifies attenuates; do
    for nodes in 3 4 5 6; do
      for device in cpu cuda; do
        "$program" search "$claim" --nodes "$nodes" --heads 2 --device "$device" --quiet --json \
          >"$results/search-$claim-$nodes-$device.json" || failed=1
      done
      if [[ $(answer_of "$results/search-$claim-$nodes-cpu.json") != \
            $(answer_of "$results/search-$claim-$nodes-cuda.json") ]]; then
        echo "search $claim, $nodes nodes: the device disagrees with the CPU"
        failed=1
      fi
    done
  done
  if [[ $failed -ne 0 ]]; then return 1; fi
  echo 'search: all pairs of up to 6 nodes as on the CPU'
  "$program" search amplifies --nodes 7 --heads 2 --device cuda --journal "$results/search-7.journal" --resume --quiet \
    --json >"$results/search-amplifies-7-cuda.json" || return 1
  python3 -c 'import json, sys
document = json.load(open(sys.argv[1]))
print("search amplifies, 7 nodes: %d pairs, %d witnesses, %d ties, %.1f s, %.3g pairs per second" % (
    document["systems"], document["witnesses"], document["ties"], document["seconds"],
    document["systems"] / document["seconds"]))' "$results/search-amplifies-7-cuda.json"
}

run() {
  local results=${1:-$root/tests/bench/results} usr=$carry/root/usr multiarch=x86_64-linux-gnu torch
  mkdir -p "$results" "$carry/root"
  for package in "$carry"/*.deb; do dpkg-deb -x "$package" "$carry/root"; done
  torch=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)
  # The unpacked packages stand in for /usr.
  export PKG_CONFIG_SYSROOT_DIR=$carry/root
  export PKG_CONFIG_LIBDIR=$usr/lib/$multiarch/pkgconfig:$usr/share/pkgconfig
  export LD_LIBRARY_PATH=$usr/lib/$multiarch${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  cmake -S "$root" -B "$root/build-gpu" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCROSSHEAD_BENCH=OFF \
    -DCMAKE_PREFIX_PATH="$usr${torch:+;$torch}" -DCMAKE_LIBRARY_PATH="$usr/lib/$multiarch" \
    -DCMAKE_CXX_FLAGS="-isystem $usr/include -isystem $usr/include/$multiarch"
  cmake --build "$root/build-gpu"

  local program=$root/build-gpu/bin/crosshead model=$root/proofs/models/4_heads_copy.safetensors failed=0
  {
    "$program" --version
    "$program" crosscheck "$model" --layer 0 --steps 1 --json | grep '"backend"' || true
    nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null || echo 'no CUDA device'
    nvcc --version 2>/dev/null | tail -1 || true
    c++ --version | head -1
    lscpu | grep 'Model name' || true
  } | tee "$results/environment.txt"
  ctest --test-dir "$root/build-gpu" -R 'torch' --output-on-failure || failed=1
  local device start
  for device in cpu cuda; do
    if [[ $device == cuda ]] && ! nvidia-smi >/dev/null 2>&1; then
      echo 'cuda: skipped, no device'
      continue
    fi
    start=$(date +%s.%N)
    "$program" crosscheck "$model" --device "$device" --json >"$results/crosscheck-$device.json" || failed=1
    awk -v device="$device" -v start="$start" -v end="$(date +%s.%N)" \
      'BEGIN { printf "crosscheck %s: %.1f s, all layers\n", device, end - start }'
  done
  search "$root/build-gpu" "$results" || failed=1
  return "$failed"
}

case ${1:-} in
  fetch) fetch ;;
  run) run "${@:2}" ;;
  search)
    [[ $# -ge 2 ]] || { echo 'gpu.sh search: expected the build folder' >&2; exit 2; }
    search "${@:2}"
    ;;
  *)
    sed -n '2,15s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
