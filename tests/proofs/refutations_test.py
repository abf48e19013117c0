#!/usr/bin/env python3
"""Coq itself accepts the certificate of every refutation in the ledger.

For each certificate of proofs/certificates with the verdict refuted, holds-if or ambiguous, certificate_to_coq.py
writes a Coq file, and coqc compiles it: the check by vm_compute, and what follows from it by the soundness theorem,
without axioms. A certificate that takes longer than --seconds is put to the extracted checker instead. --only NAME,
which may be repeated, compiles these alone.
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


def compile_in_coq(arguments, certificate, folder, name):
    """The seconds it took, or None if it took too long; a failure ends the test."""
    name = re.sub(r"\W", "_", name, flags=re.ASCII)
    file = folder / f"{name}.v"
    file.write_text(extracted_checker.certificate_to_coq.as_coq(certificate, f"certificate_{name}"), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [arguments.coqc, "-q", "-w", "none", "-Q", arguments.compiled.resolve(), "crosshead", file.name]
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (arguments.seconds, arguments.seconds))
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limit, check=False)
    if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return None
    if run.returncode or run.stdout.strip() != "Closed under the global context":
        sys.exit(f"{name}: Coq does not accept the certificate:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--compiled", required=True, type=pathlib.Path, help="the compiled files of proofs/coq")
    options.add_argument("--coqc", default="coqc")
    options.add_argument("--ocamlfind", default="ocamlfind")
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--only", action="append", default=[])
    arguments = options.parse_args()
    slow, accepted = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for path in sorted((ROOT / "proofs" / "certificates").glob("*.json")):
            verdict = json.loads(path.read_bytes())["verdict"]
            if verdict not in REFUTATIONS or (arguments.only and path.stem not in arguments.only):
                continue
            certificate, why_not = extracted_checker.converted(path)
            if certificate is None:
                sys.exit(f"{path.stem}: rejected: {why_not}")
            seconds = compile_in_coq(arguments, certificate, folder, path.stem)
            if seconds is None:
                slow[path.stem] = certificate
            else:
                print(f"{path.stem}: {verdict}: accepted in Coq in {seconds:.1f} s", flush=True)
                accepted += 1
        if slow:
            found = extracted_checker.verdicts(extracted_checker.build(arguments, folder), slow, folder)
            for name, (answer, seconds) in found.items():
                said = "accepted" if answer else "REJECTED"
                print(f"{name}: {slow[name].verdict}: {said} by the extracted checker in {seconds:.1f} s; "
                      f"longer than {arguments.seconds} s in Coq")
                accepted += answer
            if not all(answer for answer, _ in found.values()):
                sys.exit(1)
    print(f"{accepted} refutations accepted")
    sys.exit(0 if accepted >= (len(arguments.only) or FEWEST) else f"fewer than {FEWEST}")


if __name__ == "__main__":
    extracted_checker.certificate_to_coq.with_a_deep_stack(main)
