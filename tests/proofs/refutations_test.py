#!/usr/bin/env python3
"""Coq itself accepts the certificate of every refutation in the ledger.

For each certificate of proofs/certificates with the verdict refuted, holds-if or ambiguous, certificate_to_coq.py
writes a Coq file, and coqc compiles it: the check by vm_compute, and what follows from it by the soundness theorem,
without axioms. A certificate that takes longer than --seconds of processor time fails. --share K/N compiles every N-th
certificate alone, from the K-th on, --only NAME, which may be repeated, these alone.
"""
import argparse
import json
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

import extracted_checker

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REFUTATIONS = ("refuted", "holds-if", "ambiguous")
FEWEST = 20


def share(text):
    """(k, n) of "k/n" with 1 <= k <= n."""
    k, n = map(int, text.split("/"))
    if not 1 <= k <= n:
        raise ValueError(text)
    return k, n


def compile_in_coq(arguments, certificate, folder, name):
    """The seconds it took; a failure ends the test."""
    name = re.sub(r"\W", "_", name, flags=re.ASCII)
    file = folder / f"{name}.v"
    file.write_text(extracted_checker.certificate_to_coq.as_coq(certificate, f"certificate_{name}"), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [arguments.coqc, "-q", "-w", "none", "-Q", arguments.compiled.resolve(), "crosshead", file.name]
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (arguments.seconds, arguments.seconds))
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limit, check=False)
    if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        sys.exit(f"{name}: longer than {arguments.seconds} s in Coq")
    if run.returncode or run.stdout.strip() != "Closed under the global context":
        sys.exit(f"{name}: Coq does not accept the certificate:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--compiled", required=True, type=pathlib.Path, help="the compiled files of proofs/coq")
    options.add_argument("--coqc", default="coqc")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--share", type=share, default=(1, 1), metavar="K/N")
    options.add_argument("--only", action="append", default=[])
    arguments = options.parse_args()
    accepted, (first, shares) = 0, arguments.share
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        verdicts = {path: json.loads(path.read_bytes())["verdict"]
                    for path in sorted((ROOT / "proofs" / "certificates").glob("*.json"))}
        refuting = [path for path, verdict in verdicts.items() if verdict in REFUTATIONS]
        for path in refuting[first - 1 :: shares]:
            if arguments.only and path.stem not in arguments.only:
                continue
            verdict = verdicts[path]
            certificate, why_not = extracted_checker.converted(path)
            if certificate is None:
                sys.exit(f"{path.stem}: rejected: {why_not}")
            seconds = compile_in_coq(arguments, certificate, folder, path.stem)
            print(f"{path.stem}: {verdict}: accepted in Coq in {seconds:.1f} s", flush=True)
            accepted += 1
    print(f"{accepted} refutations accepted")
    fewest = len(arguments.only) or FEWEST // shares
    sys.exit(0 if accepted >= fewest else f"fewer than {fewest}")


if __name__ == "__main__":
    extracted_checker.certificate_to_coq.with_a_deep_stack(main)
