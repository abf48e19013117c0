#!/bin/sh
# build.sh COQC OCAMLFIND COMPILED OUTPUT: extracts the verified checker and compiles OUTPUT/check_certificates.
# COMPILED is the folder with the compiled files of proofs/coq; nothing is written outside OUTPUT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
coqc=$1 ocamlfind=$2
compiled=$(cd "$3" && pwd)
mkdir -p "$4" && cd "$4"
cp "$here/certificate_extraction.v" "$here/check_certificates.ml" .
"$coqc" -q -w none -Q "$compiled" crosshead certificate_extraction.v
"$ocamlfind" ocamlopt -w -a -package zarith -linkpkg certified_checker.mli certified_checker.ml check_certificates.ml \
  -o check_certificates
