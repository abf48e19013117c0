#!/usr/bin/env bash
# layout.sh [ROOT]: checks the house rules that a machine can check, over the working tree; needs no git.
# Prints one line per breach; exit code 0 when there is none, 1 otherwise.
set -uo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
cd -- "${1:-$here/../..}" || exit 2

# Each room includes only itself and rooms to its left.
rooms="exact graph heads walk diffusion claim certificate search attention crosscheck report cli"

result=0
for name in *; do
  case $name in
    src | include | proofs | tests) [[ -d $name ]] && continue ;;
    CMakeLists.txt | CMakePresets.json | README.md | CHANGELOG.md | CONTRIBUTING.md | LICENSE | setup.sh) continue ;;
    # what builds, programs and editors leave there, and git ignores
    build* | report | CMakeUserPresets.json | compile_commands.json | *.swp) continue ;;
  esac
  echo "$name: not one of the top-level names of this project"
  result=1
done

mapfile -d '' -t sources < <(find src include tests -type f \
  \( -name '*.hpp' -o -name '*.cpp' -o -name '*.h' -o -name '*.c' -o -name '*.cc' -o -name '*.cu' -o -name '*.cuh' \) -print0 |
  sort -z)
if [[ ${#sources[@]} -eq 0 ]]; then
  echo "no sources in $PWD"
  exit 2
fi
awk -v rooms="$rooms" -f "$here/layout.awk" "${sources[@]}" || result=1
[[ $result -ne 0 ]] || echo "${#sources[@]} files keep the house rules"
exit "$result"
