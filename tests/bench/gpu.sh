#!/usr/bin/env bash
# Builds, checks and measures the float path on a machine with a CUDA device, in one call.
#
#   tests/bench/gpu.sh fetch          on a Debian 12 machine: downloads the libraries that the build needs and that a
#                                     machine with only Python's LibTorch lacks, into .carry/ (not tracked)
#   tests/bench/gpu.sh run [RESULTS]  on the machine with the device, network or not: unpacks .carry/, builds against
#                                     its LibTorch (Python's torch if importable, else the system's), runs the float
#                                     tests and the cross-check on every device, and writes RESULTS/*.json and
#                                     RESULTS/environment.txt (default: tests/bench/results)
#   tests/bench/gpu.sh search [RESULTS]
#                                     on such a machine, with nvcc: builds the exact core and the CUDA module alone, in
#                                     build-gpu-search/; on all pairs of up to 6 nodes the device must give the answer
#                                     of the CPU; then all 189,232,136,415 pairs of 7 nodes, with a journal, for at most
#                                     CROSSHEAD_GPU_SECONDS (default 400): the same call again goes on where it ended.
#                                     RESULTS/search-7.json has the answer, the rate, the device and all versions
#   tests/bench/gpu.sh chain [RESULTS]
#                                     on such a machine, with nvcc: builds the CUDA module of float chains alone, in
#                                     build-gpu-search/; the device must give the bits of the CPU, then chains of 100 steps
#                                     are timed: RESULTS/chain.txt has systems a second, and the share of the device's
#                                     limits by memory and by arithmetic
# Exit codes: 0 all checks passed, 1 a check or the build failed, 2 bad usage, 4 call again: the time was up.
set -euo pipefail
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
carry=$root/.carry
packages=(libgmp-dev libgmp10 libgmpxx4ldbl libmpfr-dev libmpfr6 libboost1.74-dev libeigen3-dev libflint-dev libflint17
          libflint-arb-dev libflint-arb2 libntl44 libgf2x3 nlohmann-json3-dev libcli11-dev libfmt-dev libfmt9
          libtomlplusplus-dev zlib1g-dev zlib1g libssl-dev libssl3 pkg-config pkgconf pkgconf-bin libpkgconf3
          libgtest-dev libgmock-dev)

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

# unpack: the carried packages stand in for /usr.
unpack() {
  local usr=$carry/root/usr multiarch=x86_64-linux-gnu package
  mkdir -p "$carry/root"
  for package in "$carry"/*.deb; do
    [[ -e $package ]] || { echo "gpu.sh: no packages in $carry: run 'gpu.sh fetch' first" >&2; exit 1; }
    dpkg-deb -x "$package" "$carry/root"
  done
  command -v pkg-config >/dev/null || export PATH=$PATH:$usr/bin
  export PKG_CONFIG_SYSROOT_DIR=$carry/root
  export PKG_CONFIG_LIBDIR=$usr/lib/$multiarch/pkgconfig:$usr/share/pkgconfig
  export LD_LIBRARY_PATH=$usr/lib/$multiarch${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

# configure BUILD PREFIX OPTION...: against the unpacked packages and what is under PREFIX. Another compiler's new
# warnings are no errors here.
configure() {
  local build=$1 prefix=$2 usr=$carry/root/usr multiarch=x86_64-linux-gnu
  mkdir -p "$build"
  printf '#!/bin/sh\nexec "$@" -Wno-error\n' >"$build/compile"
  chmod +x "$build/compile"
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCROSSHEAD_BENCH=OFF \
    -DCMAKE_PREFIX_PATH="$usr${prefix:+;$prefix}" -DCMAKE_LIBRARY_PATH="$usr/lib/$multiarch" \
    -DCCACHE= -DCMAKE_CXX_COMPILER_LAUNCHER="$build/compile" \
    -DCMAKE_CXX_FLAGS="-isystem $usr/include -isystem $usr/include/$multiarch" "${@:3}"
}

# environment PROGRAM: what was measured on what.
environment() {
  "$1" --version
  git -C "$root" log -1 --format='commit %H' 2>/dev/null || true
  nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null || echo 'no CUDA device'
  nvcc --version 2>/dev/null | grep release || true
  c++ --version | head -1
  lscpu | grep 'Model name' || true
}

# census PROGRAM RESULTS: all pairs of 7 nodes, as far as the time goes.
census() {
  local program=$1 results=$2 code=0
  timeout --signal=INT "${CROSSHEAD_GPU_SECONDS:-400}" "$program" search amplifies --nodes 7 --heads 2 --device cuda \
    --journal "$results/search-7.journal" --resume --quiet --json >"$results/search-7-answer.json" || code=$?
  # timeout says 124 whatever the program made of its interrupt.
  [[ $code -eq 0 || $code -eq 4 || $code -eq 124 ]] || return 1
  python3 - "$results" <<'PYTHON'
import json, pathlib, sys
results = pathlib.Path(sys.argv[1])
answer = json.loads((results / "search-7-answer.json").read_text())
file = results / "search-7.json"
calls = json.loads(file.read_text())["calls"] if file.exists() else []
done = answer["range"]["done"]
new = done - (calls[-1]["done"] if calls else 0)
calls.append({"done": done, "pairs": new, "seconds": answer["seconds"], "pairs_per_second": new / answer["seconds"]})
environment = (results / "search-environment.txt").read_text().splitlines()
file.write_text(json.dumps({"environment": environment, "calls": calls, "answer": answer}, indent=1) + "\n")
print("search amplifies, 7 nodes: %d of %d pairs, %d witnesses, %d ties; %d pairs in %.1f s, %.3g a second" % (
    done, answer["range"]["count"], answer["witnesses"], answer["ties"], new, answer["seconds"], new / answer["seconds"]))
sys.exit(0 if answer["complete"] else 4)
PYTHON
}

search() {
  local results=${1:-$root/tests/bench/results} build=$root/build-gpu-search failed=0 claim nodes device
  if ! command -v nvcc >/dev/null; then
    [[ -x /usr/local/cuda/bin/nvcc ]] || { echo 'search: skipped, no nvcc'; return 0; }
    export PATH=$PATH:/usr/local/cuda/bin
  fi
  mkdir -p "$results"
  unpack
  configure "$build" "" -DCROSSHEAD_TORCH=OFF -DCROSSHEAD_TESTS=OFF
  cmake --build "$build" --target crosshead crosshead_cuda
  local program=$build/bin/crosshead
  environment "$program" | tee "$results/search-environment.txt"
  if ! nvidia-smi >/dev/null 2>&1; then
    echo 'search: built; skipped, no device'
    return 0
  fi
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
  census "$program" "$results"
}

chain() {
  local results=${1:-$root/tests/bench/results} build=$root/build-gpu-search
  if ! command -v nvcc >/dev/null; then
    [[ -x /usr/local/cuda/bin/nvcc ]] || { echo 'chain: skipped, no nvcc'; return 0; }
    export PATH=$PATH:/usr/local/cuda/bin
  fi
  mkdir -p "$results"
  unpack
  configure "$build" "" -DCROSSHEAD_TORCH=OFF -DCROSSHEAD_TESTS=ON
  cmake --build "$build" --target test_attention crosshead_chain chain_rate crosshead
  environment "$build/bin/crosshead" | tee "$results/chain-environment.txt"
  if ! nvidia-smi >/dev/null 2>&1; then
    echo 'chain: built; skipped, no device'
    return 0
  fi
  "$build/bin/test_attention" --gtest_filter='FloatChain.*' || return 1
  "$build/bin/chain_rate" | tee "$results/chain.txt"
}

run() {
  local results=${1:-$root/tests/bench/results} torch failed=0
  mkdir -p "$results"
  unpack
  torch=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)
  configure "$root/build-gpu" "$torch"
  cmake --build "$root/build-gpu"

  local program=$root/build-gpu/bin/crosshead model=$root/proofs/models/4_heads_copy.safetensors
  {
    environment "$program"
    "$program" crosscheck "$model" --layer 0 --steps 1 --json | grep '"backend"' || true
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
  return "$failed"
}

case ${1:-} in
  fetch) fetch ;;
  run) run "${@:2}" ;;
  search) search "${@:2}" ;;
  chain) chain "${@:2}" ;;
  *)
    sed -n '2,23s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
