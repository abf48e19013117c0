"""The part of the corpus about certificates of weights (src/certificate/REGION.md).

Two accepted ones are the examples of that page, the others were written by `crosshead region --certificate` and are kept as
they are; each is replayed by tests/cli/region_replay.py and held against the definitions (region_truth.py) before it is
called accepted.
"""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "cli"))

import region_replay  # noqa: E402
import region_truth  # noqa: E402

KEPT = HERE.parent / "certificates" / "accept"
PAGE = HERE.parent.parent / "src" / "certificate" / "REGION.md"
WRITTEN = ("amplifies", "attenuates", "nowhere", "first-step-0", "nodes", "gates", "mean", "square-root", "levels",
           "slow", "mixes-faster", "pair", "best")


def end_text(end):
    if isinstance(end, str):
        return end
    powers = ["", " b"] + [" b^%d" % k for k in range(2, len(end["root"]))]
    terms = " + ".join(a + power for a, power in zip(end["root"], powers) if a != "0")
    return "the root of %s in (%s, %s)" % (terms, end["from"], end["to"])


def line(document):
    """What is printed for an accepted one."""
    if document["format"] == "crosshead.best-weights/1":
        return "accepted: the largest minimax fidelity over all weights is at least %s, for the weights %s, and at most %s" % (
            document["lower"], json.dumps(document["weights"], separators=(",", ":")), document["upper"])
    claim = document["claim"]
    kind = claim["kind"]
    if kind in ("amplifies", "attenuates"):
        text = kind
    elif kind == "mixes-faster":
        text = "mixes-faster, epsilon " + claim["epsilon"]
    elif kind == "t_mix":
        text = "t_mix(mean, %s) %s %d" % (claim["epsilon"], claim["relation"], claim["steps"])
    else:
        left = "phi_min(mean)" if kind == "minimax" else "phi(mean, %d)" % claim["node"]
        right = "phi(mean, %d)" % claim["other"] if kind == "nodes" else claim["threshold"]
        text = "%s %s %s" % (left, claim["relation"], right)
    sets = ["%s%s, %s%s" % ("[" if item["from_closed"] else "(", end_text(item["from"]), end_text(item["to"]),
                            "]" if item["to_closed"] else ")") for item in document["holds"]]
    return "accepted: %s holds exactly %s" % (text, "for b in " + ", ".join(sets) if sets else "for no b in [0, 1]")


def accepted():
    examples = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    found = [("region-edge", json.loads(examples[0])), ("region-mixing", json.loads(examples[1]))]
    for name in WRITTEN:
        found.append(("region-" + name, json.loads((KEPT / ("region-%s.json" % name)).read_text(encoding="utf-8"))))
    for name, document in found:
        region_replay.replay(document)
        where, looked = region_truth.contradiction(document, 12)
        assert where is None and looked > 4, name
        yield name, document, line(document)
