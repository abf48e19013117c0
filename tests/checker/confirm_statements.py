#!/usr/bin/env python3
"""Evaluates the changed statements that crosshead-check accepted (mutation_run --statements) with the oracle.

confirm_statements.py STATEMENTS: exit code 0 if every one of them is as true or false as the certificate said, and
decided by the instance that its witness names, if any.
"""
import json
import signal
import sys

from simplex_reading import FALSE, TRUE
from systems import F
from trees import TreeReading

RATES = [F(1, 2)]  # any: the oracle needs some to take a limit from below for the supremum


def stop(*_):
    raise TimeoutError


def confirmed_by(s, witness):
    """True, or what the oracle has to say against it."""
    cell = next((value for value in witness or () if "between" in value), None)
    reading = TreeReading(s["formula"], s["convention"], s["printed"], s["given"], RATES, cell=cell)
    if reading.truth() != (TRUE if s["truth"] else FALSE):
        return "not so"
    return reading.first == witness or "decided by %s" % reading.first


def main(path):
    signal.signal(signal.SIGALRM, stop)
    sys.setrecursionlimit(10000)
    confirmed, wrong, seen = 0, 0, {}
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        s, witness = record["statement"], record["witness"]
        key = json.dumps([s, witness])
        if key not in seen:
            signal.alarm(20)
            try:
                seen[key] = confirmed_by(s, witness)
            except Exception as error:  # the oracle has no answer: as bad as the wrong one
                seen[key] = repr(error)
            signal.alarm(0)
        if seen[key] is True:
            confirmed += 1
        else:
            wrong += 1
            print("not confirmed: %s %s: %s is %s (%s)" % (record["file"].split("/")[-1], record["change"],
                                                          json.dumps(s["formula"]), s["truth"], seen[key]))
    print("%d statements confirmed, %d not" % (confirmed, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
