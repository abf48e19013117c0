"""Replays a certificate `crosshead.region/1` or `crosshead.best-weights/1` from its format's page alone, with fractions and no search.

usage: region_replay.py CERTIFICATE...   exits 0 when every one is accepted

Shares nothing with the program that writes them.
"""

import json
import sys

from best_weights import Best
from certificate_values import Rejected
from region_certificate import Certificate


def replay(document):
    """Raises Rejected unless the certificate proves its statement."""
    try:
        (Best if document.get("format") == "crosshead.best-weights/1" else Certificate)(document)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise Rejected(f"not of the format: {error!r}") from error


def main():
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        try:
            replay(document)
        except Rejected as reason:
            print(f"{path}: rejected: {reason}")
            sys.exit(1)
        print(f"{path}: accepted")


if __name__ == "__main__":
    main()
