#!/usr/bin/env python3
"""crosshead-check and the checker that is verified in Coq accept the same certificates.

Both replay the accepted and the damaged certificates of tests/certificates and the ledger's certificates. The layout of
a file is checked by certificate_to_coq.py, the rest by the extracted program. Left out is what crosshead-check refuses as
beyond its limits according to tests/certificates/expected.txt, which is no verdict about the certificate.
"""
import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

import extracted_checker

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FEWEST_ACCEPTED, FEWEST_REJECTED, FEWEST_LEDGER = 75, 500, 50


def lines_of(checker, files):
    """What crosshead-check says about each file."""
    said = {}
    for start in range(0, len(files), 50):
        some = files[start : start + 50]
        run = subprocess.run([checker, *some], capture_output=True, text=True, check=False)
        lines = run.stdout.splitlines()
        if len(lines) != len(some):
            sys.exit(f"{checker}: {len(lines)} lines for {len(some)} files\n{run.stderr}")
        for file, line in zip(some, lines):
            said[file] = line.removeprefix(f"{file}: ")
    return said


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--checker", required=True, help="crosshead-check")
    options.add_argument("--compiled", required=True, type=pathlib.Path, help="the compiled files of proofs/coq")
    options.add_argument("--coqc", default="coqc")
    options.add_argument("--ocamlfind", default="ocamlfind")
    arguments = options.parse_args()
    corpus, ledger = ROOT / "tests" / "certificates", ROOT / "proofs" / "certificates"
    accepted, left_out, asked, failures = {}, 0, {}, []
    files = []
    for line in (corpus / "expected.txt").read_text().splitlines():
        name, expected = line.split("\t")
        if "beyond a limit" in expected:
            left_out += 1
        else:
            files.append(corpus / name)
    files += sorted(ledger.glob("*.json"))
    said = lines_of(arguments.checker, files)
    for file in files:
        certificate, _ = extracted_checker.converted(file)
        if certificate is None:
            accepted[file] = False
        else:
            asked[file] = certificate
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        found = extracted_checker.verdicts(extracted_checker.build(arguments, folder), asked, folder)
        accepted.update({file: answer for file, (answer, _) in found.items()})
    counts = collections.Counter()
    for file, answer in accepted.items():
        counts["ledger" if file.parent == ledger else file.parent.name] += 1
        if answer != said[file].startswith("accepted"):
            in_coq = "accepted" if answer else "rejected"
            failures.append(f"{file.relative_to(ROOT)}: {in_coq} in Coq, but {said[file][:200]}")
    print(f"left out: {left_out} files, beyond a limit of crosshead-check")
    print(f"compared: {counts['accept']} accepted, {counts['reject']} damaged, {counts['ledger']} of the ledger")
    for kind, fewest in (("accept", FEWEST_ACCEPTED), ("reject", FEWEST_REJECTED), ("ledger", FEWEST_LEDGER)):
        if counts[kind] < fewest:
            failures.append(f"only {counts[kind]} files of {kind} are compared, not {fewest}")
    for failure in failures:
        print(failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    extracted_checker.certificate_to_coq.with_a_deep_stack(main)
