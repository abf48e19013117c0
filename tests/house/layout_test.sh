#!/usr/bin/env bash
# Damages a small clean tree in one way at a time and expects layout.sh to name the file and the reason.
set -uo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
failures=0

clean_tree() {
  rm -rf -- "$tree"
  mkdir -p "$tree"/{proofs,tests/attention,include/crosshead/{exact,walk},src/{walk,attention/torch,cli,checker}}
  touch "$tree"/{CMakeLists.txt,README.md,setup.sh}
  echo '#pragma once' >"$tree/include/crosshead/exact/rational.hpp"
  echo '#include "crosshead/exact/rational.hpp"' >"$tree/include/crosshead/walk/mixing.hpp"
  cat >"$tree/src/walk/mixing.cpp" <<'CPP'
#include "crosshead/walk/mixing.hpp"
#include "local.hpp"
// Never calls abort(); std::cout is for the cli.
/* nor does it exit(1)
   or printf("x") */
const char* text = "exit(1) \" std::cerr"; char quote = '"'; const char* raw = R"(abort() " )"; long big = 1'000'000;
void write(char* at) { std::snprintf(at, 3, "%d", 1); machine.exit(); on_exit_(); }
CPP
  echo '#pragma once' >"$tree/src/walk/local.hpp"
  echo '#include <torch/torch.h>' >"$tree/src/attention/torch/model.hpp"
  echo '#include <ATen/core/Tensor.h>' >"$tree/tests/attention/model_test.cpp"
  echo 'int main() { std::cout << 1; std::exit(2); }' >"$tree/src/cli/main.cpp"
  echo 'int main() { printf("no"); }' >"$tree/src/checker/main.cpp"
}

# expect CODE PATTERN NAME: what layout.sh has to say about the tree as it is now.
expect() {
  local said code
  said=$("$here/layout.sh" "$tree" 2>&1)
  code=$?
  if [[ $code -ne $1 ]] || ! grep -qE -- "$2" <<<"$said"; then
    printf 'FAILED %s: expected exit code %d and "%s", got %d and:\n%s\n' "$3" "$1" "$2" "$code" "$said"
    failures=$((failures + 1))
  else
    echo "ok     $3"
  fi
}

# damage FILE LINE PATTERN: adds LINE to FILE of a clean tree and expects a breach at that file.
damage() {
  clean_tree
  mkdir -p "$(dirname "$tree/$1")"
  printf '%s\n' "$2" >>"$tree/$1"
  expect 1 "^$1:[0-9]+: .*$3" "$1: $2"
}

clean_tree
expect 0 'keep the house rules' 'clean tree'

damage include/crosshead/exact/rational.hpp '#include "crosshead/walk/mixing.hpp"' "'exact' comes before room 'walk'"
damage src/walk/mixing.cpp '# include <crosshead/cli/options.hpp>' "'walk' comes before room 'cli'"
damage src/walk/mixing.cpp '#include "crosshead/attic/a.hpp"' 'in no room'
damage src/walk/mixing.cpp '#include "../attention/torch/model.hpp"' 'private to src/attention/torch'
damage src/walk/mixing.cpp '#include "../cli/options.hpp"' 'leaves its folder'
damage src/attic/a.cpp 'int a;' 'is not a room'
damage src/checker/main.cpp '#include "crosshead/exact/rational.hpp"' 'shares no code'
damage src/attention/model.cpp '#include <torch/torch.h>' 'may include LibTorch'
damage src/cli/main.cpp '#include "c10/util/Half.h"' 'may include LibTorch'
damage tests/walk/mixing_test.cpp '#include <ATen/ATen.h>' 'may include LibTorch'
damage include/crosshead/attention/model.hpp '#include <ATen/core/Tensor.h>' 'may include LibTorch'
damage src/walk/mixing.cpp 'void f() { std::cout << 1; }' 'does not print'
damage src/walk/mixing.cpp 'void f() { std::cerr << 1; }' 'does not print'
damage src/walk/mixing.cpp 'void f() { printf("x"); }' 'does not print'
damage src/walk/mixing.cpp 'void f() { std::fprintf(stderr, "x"); }' 'does not print'
damage src/walk/mixing.cpp 'void f() { fmt::print("x"); }' 'does not print'
damage include/crosshead/walk/mixing.hpp 'inline void f() { std::exit(1); }' 'does not end the program'
damage src/walk/mixing.cpp 'void f() { abort(); }' 'does not end the program'
damage src/walk/mixing.cpp '/* closed */ void f() { abort (); } // abort' 'does not end the program'

clean_tree; mkdir "$tree/utils"
expect 1 '^utils: not one of the top-level names' 'folder utils'
clean_tree; touch "$tree/notes.txt"
expect 1 '^notes.txt: not one of the top-level names' 'file notes.txt'
clean_tree; mkdir "$tree/build-debug" "$tree/.ci"; touch "$tree/.clang-tidy"
expect 0 'keep the house rules' 'build folders and dot-files'
clean_tree; rm -rf "${tree:?}"/{src,include,tests}
expect 2 'no sources' 'tree without sources'

[[ $failures -eq 0 ]] || { echo "$failures expectations failed"; exit 1; }
