#!/bin/sh
# compile.sh COQC SOURCES COMPILED NAME IMPORT...: compiles SOURCES/NAME.v in the folder COMPILED, where its imports
# are compiled already, unless that has been done since the file or an import changed. What Coq prints goes to NAME.out
# as well.
set -eu
coqc=$1 sources=$2 compiled=$3 name=$4
shift 4
mkdir -p "$compiled"
cmp -s "$sources/$name.v" "$compiled/$name.v" || cp "$sources/$name.v" "$compiled/$name.v"
fresh=1
[ -f "$compiled/$name.out" ] || fresh=0
for file in "$name.v" $(printf '%s.vo ' "$@"); do
  if [ "$file" != .vo ] && ! [ "$compiled/$name.vo" -nt "$compiled/$file" ]; then fresh=0; fi
done
if [ "$fresh" -eq 1 ]; then echo "$name: compiled already"; exit 0; fi
cd "$compiled"
rm -f "$name.vo"
if "$coqc" -q -w none -Q . crosshead "$name.v" > "$name.out"; then cat "$name.out"; else cat "$name.out"; exit 1; fi
