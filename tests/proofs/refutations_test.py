#!/usr/bin/env python3
"""Coq itself accepts the certificate of every refutation in the ledger.

For each certificate of proofs/certificates with the verdict refuted, holds-if or ambiguous, certificate_to_coq.py
writes a Coq file, and coqc compiles it: the check by vm_compute, and what follows from it by the soundness theorem,
without axioms. Loading the proofs takes longer than most certificates do, so that these become modules of one file;
should it fail, each is compiled alone, which names those that Coq does not accept. A file that takes longer than
--seconds of processor time fails. --share K/N compiles the K-th of N parts of about the same cost, --only NAME, which
may be repeated, these alone.
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
SLOW = {"A2-published": 25, "T2.8-bound": 15}  # compared with any other; they have files of their own
CLOSED = "Closed under the global context"


def share(text):
    """(k, n) of "k/n" with 1 <= k <= n."""
    k, n = map(int, text.split("/"))
    if not 1 <= k <= n:
        raise ValueError(text)
    return k, n


def parts_of_equal_cost(names, count):
    """The names in so many parts: the slowest first, each to the part that costs least so far."""
    parts = [[] for _ in range(count)]
    for name in sorted(names, key=lambda name: -SLOW.get(name, 1)):
        min(parts, key=lambda part: sum(SLOW.get(other, 1) for other in part)).append(name)
    return parts


def compile_in_coq(arguments, certificates, folder):
    """The seconds that certificates take as modules of one file, and why Coq does not accept them, if so."""
    file, lines = folder / "certificates.v", []
    for name, certificate in certificates.items():
        name = re.sub(r"\W", "_", name, flags=re.ASCII)
        text = extracted_checker.certificate_to_coq.as_coq(certificate, f"certificate_{name}")
        lines += [f"Module of_{name}.", text, f"End of_{name}.", ""]
    file.write_text("\n".join(lines), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [arguments.coqc, "-q", "-w", "none", "-Q", arguments.compiled.resolve(), "crosshead", file.name]
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (arguments.seconds, arguments.seconds))
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limit, check=False)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return seconds, f"longer than {arguments.seconds} s in Coq"
    if run.returncode or run.stdout.split("\n") != [CLOSED] * len(certificates) + [""]:
        return seconds, f"Coq does not accept the certificate:\n{run.stdout[-2000:]}{run.stderr[-2000:]}"
    return seconds, ""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--compiled", required=True, type=pathlib.Path, help="the compiled files of proofs/coq")
    options.add_argument("--coqc", default="coqc")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--share", type=share, default=(1, 1), metavar="K/N")
    options.add_argument("--only", action="append", default=[])
    arguments = options.parse_args()
    paths = {path.stem: path for path in sorted((ROOT / "proofs" / "certificates").glob("*.json"))}
    verdicts = {name: json.loads(path.read_bytes())["verdict"] for name, path in paths.items()}
    refuting = [name for name, verdict in verdicts.items() if verdict in REFUTATIONS]
    if len(refuting) < FEWEST or not set(arguments.only) <= set(refuting):
        sys.exit(f"not {FEWEST} refutations, or not {arguments.only} among them")
    first, shares = arguments.share
    certificates = {}
    for name in parts_of_equal_cost(arguments.only or refuting, shares)[first - 1]:
        certificates[name], why_not = extracted_checker.converted(paths[name])
        if certificates[name] is None:
            sys.exit(f"{name}: rejected: {why_not}")
    files = [[name] for name in certificates if name in SLOW] + [[name for name in certificates if name not in SLOW]]
    files, failed = [names for names in files if names], []
    with tempfile.TemporaryDirectory() as folder:
        while files:
            names = files.pop(0)
            seconds, why_not = compile_in_coq(arguments, {name: certificates[name] for name in names}, pathlib.Path(folder))
            if not why_not:
                for name in names:
                    print(f"{name}: {verdicts[name]}: accepted in Coq", flush=True)
                print(f"  in {seconds:.1f} s", flush=True)
            elif len(names) == 1:
                failed += names
                print(f"{names[0]}: {why_not}", flush=True)
            else:
                files += [[name] for name in names]
    print(f"{len(certificates) - len(failed)} refutations accepted")
    sys.exit(f"not accepted: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    extracted_checker.certificate_to_coq.with_a_deep_stack(main)
