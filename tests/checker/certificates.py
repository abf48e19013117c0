"""Certificates of readings that are evaluated as they are made, with the verdict and the hashes that follow."""
import hashlib
import json

from bounds import NO, YES
from oracle import Reading
from simplex_reading import FALSE, TRUE
from spelling import tree_of
from trees import TreeReading

CONVENTION = {"first_step": 1, "sink_counts": True, "distance": "tv", "start": "worst"}


def canonical(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def rehash(certificate):
    """Gives a certificate the hashes that its content asks for, as far as it has the parts."""
    readings = certificate.get("readings")
    if isinstance(readings, list) and all(isinstance(r, dict) for r in readings) and "hashes" in certificate:
        keys = ("name", "role", "text", "formula", "convention", "printed", "given")
        hashes = certificate["hashes"]
        if "claim" in hashes:
            hashes["claim"] = digest([certificate.get("claim")] + [[r.get(k) for k in keys] for r in readings])
        if "systems" in hashes:
            hashes["systems"] = [digest(s.get("system")) for r in readings for s in r.get("systems", [])]
    if "sha256" in certificate:
        certificate["sha256"] = digest({k: v for k, v in certificate.items() if k != "sha256"})
    return certificate


def reading(text, name="as stated", role="stated", convention=None, printed=None, given=None, files=None, roots=(),
            proofs=None, formula=None, regions=(), cell=None):
    """A reading of a text, evaluated as it stands and as the tree that it spells; a formula makes the text a label."""
    convention = {**CONVENTION, **(convention or {})}
    tree = formula or tree_of(text, convention)
    by_tree = TreeReading(tree, convention, printed, given or (files and files["swap"]), roots, proofs, regions, cell)
    truth = by_tree.truth()
    assert truth in (FALSE, TRUE), text
    if not formula:
        by_text = Reading(text, convention, printed, given, files, roots, proofs).truth()
        assert by_text == (YES if truth == TRUE else NO), text
    result = {"name": name, "role": role, "text": text, "formula": tree, "convention": convention}
    for key, value in (("printed", printed), ("given", by_tree.given)):
        if value:
            result[key] = value
    result["truth"] = truth == TRUE
    if by_tree.first is not None:
        result["witness"] = by_tree.first
    result["systems"] = by_tree.listed()
    return result


def certificate(id, *readings, kind="claim", ledger=None):
    stated = {r["truth"] for r in readings if r["role"] == "stated"}
    hypotheses = [r["truth"] for r in readings if r["role"] == "hypothesis"]
    verdict = ("not-a-claim" if kind == "definition" else "ambiguous" if len(stated) == 2 else
               "verified" if True in stated else "holds-if" if hypotheses and all(hypotheses) else "refuted")
    hashes = {"claim": "", "systems": []}
    if ledger is not None:
        hashes["ledger"] = hashlib.sha256(ledger.encode()).hexdigest()
    readings = json.loads(canonical(readings))  # no part is shared
    return rehash({"format": "crosshead.certificate/1",
                   "claim": {"id": id, "section": "3", "source": "made for the checker", "statement": "See the formula."},
                   "verdict": verdict, "kind": kind, "readings": readings, "hashes": hashes, "sha256": ""})
