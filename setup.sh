#!/usr/bin/env bash
# From nothing to a tested build on Debian 12: installs what is missing, configures, builds, runs. See --help.
set -euo pipefail

# What each group of packages is needed for. This is the only list of packages.
build_packages=(
  # configuring and compiling
  cmake ninja-build ccache pkg-config g++
  # exact numbers: integers and rationals, correctly rounded floats, polynomials and balls
  libgmp-dev libmpfr-dev libboost-dev libflint-dev libflint-arb-dev
  # matrices
  libeigen3-dev
  # models and the float path; without OpenBLAS LibTorch falls back to the slow reference BLAS
  libtorch-dev libopenblas0-openmp
  # system files, certificates, configuration files, compressed tensor files
  nlohmann-json3-dev libtomlplusplus-dev zlib1g-dev
  # hashes in certificates
  libssl-dev
  # the independent checker reads and hashes with libraries of its own
  libjansson-dev libmd-dev
  # searches on more than one machine; without MPI a search runs in one process
  libopenmpi-dev openmpi-bin
  # plots of the HTML reports; without it they have tables instead
  libjs-vega
  # command line and printed text
  libcli11-dev libfmt-dev
  # tests and benchmarks; some tests compare with Python's own integers and fractions
  googletest libgtest-dev libgmock-dev libbenchmark-dev python3
)
# What the tests need beyond the build; tests of what is missing say so and skip.
test_packages=(
  # the proofs
  coq libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics libcoq-mathcomp-zify
  # the checker that is extracted from them
  ocaml-nox ocaml-findlib libzarith-ocaml-dev
  # a browser that reads the HTML reports
  chromium
)
lint_packages=(clang-format-14 clang-tidy-14)
# peers of the benchmarks that nothing else needs
bench_packages=(python3-sympy)

usage() {
  cat <<'USAGE'
usage: ./setup.sh [COMMAND] [OPTION...]

  build   install what is missing, configure, build into build/ (the default);
          programs are in build/bin/
  audit   build, then run build/bin/crosshead audit OPTION...; only its output
          goes to stdout
  test    build, then run ctest OPTION...
  bench   build, then run the benchmarks beside their peers (for development)
  lint    run clang-format and clang-tidy over the sources (for development)

Packages come from Debian, through apt-get, as root or with sudo; nothing is
installed when nothing is missing. CROSSHEAD_JOBS=N sets the number of parallel
jobs; by default the number of cores, bounded by the memory at hand.
Exit codes: 0 success, 1 packages, build, tests or lint failed, 2 bad usage;
audit has the exit code of crosshead.
USAGE
}

say() { printf 'setup.sh: %s\n' "$*"; }
fail() { printf 'setup.sh: error: %s\n' "$*" >&2; exit 1; }
must() { "$@" || fail "this command failed with exit code $?: $*"; }

command=build
if [[ $# -gt 0 ]]; then command=$1; shift; fi
case $command in
  -h | --help | help) usage; exit 0 ;;
  build | bench | lint) [[ $# -eq 0 ]] || { printf 'setup.sh: %s takes no options\n\n' "$command" >&2; usage >&2; exit 2; } ;;
  audit | test) ;;
  *) printf "setup.sh: unknown command '%s'\n\n" "$command" >&2; usage >&2; exit 2 ;;
esac

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
cd -- "$root"
exec 3>&1
[[ $command == audit ]] && exec 1>&2

# Prints those of its arguments that are not installed.
missing_packages() {
  local installed package
  installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    [[ $installed == *" $package=installed "* ]] || printf '%s\n' "$package"
  done
}

# Sets `installed_now` to 1 when something had to be installed, else to 0.
install_packages() {
  installed_now=0
  local missing as_root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "no apt-get here: expecting the equivalents of these Debian packages: $*"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || fail "these Debian packages are missing, and installing them needs root or sudo;" \
      "as root, run: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    if [[ -t 0 ]]; then as_root=(sudo); else as_root=(sudo -n); fi
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  export PATH=$PATH:/usr/sbin:/sbin  # which dpkg needs, and plain `su` leaves out
  local apt=(apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -qq)
  must "${as_root[@]}" "${apt[@]}" update
  must "${as_root[@]}" "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" </dev/null
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -eq 0 ]] || fail "apt-get succeeded, but these packages are still not installed: ${missing[*]}"
  installed_now=1
}

# Cores, but at most one job for every 2 GiB that are free: a file that includes LibTorch takes 1.3 to 2 GB.
parallel_jobs() {
  if [[ -n ${CROSSHEAD_JOBS:-} ]]; then
    [[ $CROSSHEAD_JOBS =~ ^[1-9][0-9]*$ ]] || fail "CROSSHEAD_JOBS is '$CROSSHEAD_JOBS', not a positive number"
    printf '%s\n' "$CROSSHEAD_JOBS"
    return
  fi
  local jobs limit bytes=0
  jobs=$(nproc)
  if [[ -r /proc/meminfo ]]; then bytes=$(awk '/^MemAvailable:/ {printf "%.0f", $2 * 1024}' /proc/meminfo); fi
  if [[ -r /sys/fs/cgroup/memory.max ]]; then
    limit=$(</sys/fs/cgroup/memory.max)
    if [[ $limit =~ ^[0-9]+$ ]] && ((bytes == 0 || limit < bytes)); then bytes=$limit; fi
  fi
  if ((bytes > 0 && bytes / 2147483648 < jobs)); then jobs=$((bytes / 2147483648)); fi
  printf '%s\n' $((jobs > 0 ? jobs : 1))
}

# Configures build/ when it never was, when the presets changed, or when packages have just arrived. CMake itself
# notices every other change during the build. A build/ that belongs to another folder or generator is started afresh.
configure() {
  local cache=build/CMakeCache.txt stamp=build/.configured fresh=()
  if [[ -f $stamp && -f build/build.ninja && $installed_now -eq 0 && ! CMakePresets.json -nt $stamp ]] &&
     grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    return
  fi
  if [[ -f $cache ]] && ! { grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" &&
                            grep -qxF "CMAKE_GENERATOR:INTERNAL=Ninja" "$cache"; }; then
    fresh=(--fresh)
  fi
  rm -f "$stamp"
  must cmake --preset release "${fresh[@]}"
  touch "$stamp"
}

build() {
  install_packages "${build_packages[@]}" "$@"
  configure
  must cmake --build --preset release --parallel "$jobs"
}

# Prints the C++ sources, zero-terminated; untracked files that git ignores never count.
sources() {
  if command -v git >/dev/null && git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -z -- 'src/*.[ch]pp' 'include/*.[ch]pp' 'tests/*.[ch]pp'
  else
    find src include tests -name '*.[ch]pp' -print0 | sort -z
  fi
}

lint() {
  local findings=0
  say "clang-format"
  sources | xargs -0 -r clang-format-14 --dry-run -Werror || findings=1
  # The release build joins files; this one compiles each by itself, as clang-tidy does.
  must cmake --preset debug >/dev/null
  # clang 14 cannot compile LibTorch's headers as C++20: files that include them are left out.
  local file checked=()
  while IFS= read -r -d '' file; do
    [[ $file == *.cpp && $file != src/attention/torch/* ]] || continue
    grep -qE '#include [<"](torch|ATen|c10|.*attention/torch)/' "$file" && continue
    grep -qF "\"$root/$file\"" build-debug/compile_commands.json && checked+=("$file")
  done < <(sources)
  say "clang-tidy over ${#checked[@]} files"
  if [[ ${#checked[@]} -gt 0 ]]; then
    printf '%s\0' "${checked[@]}" | xargs -0 -n 1 -P "$jobs" clang-tidy-14 -p build-debug --quiet --extra-arg=-Wno-unknown-warning-option || findings=1
  fi
  [[ $findings -eq 0 ]] || fail "lint has findings"
  say "lint is clean"
}

jobs=$(parallel_jobs)
case $command in
  build) build ;;
  bench) build "${bench_packages[@]}"; exec tests/bench/compare.sh build ;;
  lint) install_packages "${build_packages[@]}" "${lint_packages[@]}"; lint ;;
  test)
    build "${test_packages[@]}"
    ctest --preset release --parallel "$jobs" "$@" || exit 1
    ;;
  audit)
    build
    [[ -x build/bin/crosshead ]] || fail "build/bin/crosshead was not built"
    exec build/bin/crosshead audit "$@" >&3
    ;;
esac
