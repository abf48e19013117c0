#!/usr/bin/env python3
"""Evaluates the changed statements that crosshead-check accepted (mutation_run --statements) with the oracle.

confirm_statements.py STATEMENTS: exit code 0 if every one of them is as true or false as the certificate said.
"""
import json
import signal
import sys

from oracle import NO, YES, F, Reading, system

RATES = [F(1, 2)]  # any: the oracle needs some to take a limit from below for the supremum


def stop(*_):
    raise TimeoutError


def witness_of(record, reading):
    """The witness as the oracle takes it: the system with the weights that its family gives it."""
    witness = {}
    for item in record["witness"]:
        for kind in ("value", "word", "weights", "system"):
            if kind in item:
                value = item[kind]
                witness[item["name"]] = F(value) if kind == "value" else tuple(value) if kind == "word" else value
    if "weights" in witness and "system" in witness:
        chosen = witness["system"]
        domain = next(d for name, d, _ in reading.tree[1] if name == "system")
        witness["system"] = reading.files[domain[1][0]] if domain[0] == "file" else system(
            chosen["nodes"], chosen["heads"], sink=chosen["sink"])
    return witness


def main(path):
    signal.signal(signal.SIGALRM, stop)
    confirmed, wrong, seen = 0, 0, {}
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        s = record["statement"]
        key = json.dumps(s)
        if key not in seen:
            try:
                reading = Reading(s["formula"], s["convention"], s["printed"], s["given"], s["files"], RATES)
                signal.alarm(20)
                truth = reading.truth_at(witness_of(record, reading)) if "witness" in record else reading.truth()
                signal.alarm(0)
                seen[key] = truth == (YES if s["truth"] else NO)
            except Exception as error:  # the oracle has no answer: as bad as the wrong one
                seen[key] = repr(error)
        if seen[key] is True:
            confirmed += 1
        else:
            wrong += 1
            print("not confirmed: %s %s: %s is %s (%s)" % (record["file"].split("/")[-1], record["change"], s["formula"],
                                                          s["truth"], seen[key]))
    print("%d statements confirmed, %d not" % (confirmed, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
