"""The record of what is proved in Coq: every `Theorem` of proofs/coq with its statement and its axioms.

Three files beside the sources are made from them and compared with what is checked in (--update writes them):
- all.v imports every file, assumptions.v prints the axioms of all theorems together;
- theorems.json has for each theorem "file.v#name": the claims it is about (the ids in the comment directly above it), the
  statement as Coq prints it, its hypotheses, the axioms it uses; and for each file its imports and its hash, so that a
  reader can tell whether the record still speaks of these sources. `crosshead audit` reads it.
A ledger claim that names a theorem must name one that is recorded, uses no axiom, and has the hypotheses that the
claim lists, in the same words.
"""
import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tomllib

MADE = ("all", "assumptions")
NO_AXIOMS = "Closed under the global context"


def theorems_of(text):
    """(name, words that may be claim ids) of every theorem of a source file, in its order."""
    found = []
    for match in re.finditer(r"^\s*Theorem\s+(\w+)", text, re.M):
        above = text[: match.start()].rstrip()
        comment = above[above.rindex("(*") + 2 : -2] if above.endswith("*)") else ""
        head = re.match(r"[\w.,\s-]*", comment)[0]
        found.append((match[1], [word.strip(".,") for word in head.split()]))
    return found


def imports_of(text, names):
    lines = re.findall(r"From crosshead Require (?:Import |Export )?([\w\s]+)\.", text)
    return sorted({name for line in lines for name in line.split() if name in names})


def ask_coq(arguments, questions):
    """Coq's answer to each question, white space squeezed."""
    script = ("From mathcomp Require Import all_ssreflect all_algebra.\nFrom crosshead Require Import systems.\n"
              "From crosshead Require all.\nOpen Scope ring_scope.\n"
              "Unset Printing Implicit Defensive.\nSet Printing Width 1000000.\nSet Printing Depth 1000000.\n")
    for question in questions:
        script += f"Check tt.\n{question}\n"
    file = arguments.compiled / "record_questions.v"
    file.write_text(script)
    run = subprocess.run([arguments.coqc, "-q", "-w", "none", "-Q", ".", "crosshead", file.name],
                         cwd=arguments.compiled, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"record.py: Coq does not answer:\n{run.stdout}{run.stderr}")
    answers = re.split(r"^tt\s+: unit$", run.stdout, flags=re.M)
    if len(answers) != len(questions) + 1:
        sys.exit(f"record.py: {len(answers) - 1} answers to {len(questions)} questions")
    return [" ".join(answer.split()) for answer in answers[1:]]


def axioms_of(arguments, names):
    """The axioms of each theorem as one text, if there are any. To ask for each of them takes minutes, as Coq walks
    through all of MathComp every time, and is needed only if assumptions.v prints an axiom."""
    if (arguments.compiled / "assumptions.out").read_text().strip() == NO_AXIOMS:
        return [[] for _ in names]
    answers = ask_coq(arguments, [f"Print Assumptions crosshead.{name}." for name in names])
    return [[] if answer == NO_AXIOMS else [answer.removeprefix("Axioms: ")] for answer in answers]


def top_level(text, mark):
    """Where `mark` first stands outside all brackets; -1 if it does not."""
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 and text.startswith(mark, index):
            return index
    return -1


def hypotheses_of(statement):
    """The premises of a statement `forall ..., A -> B -> C`."""
    premises, rest = [], statement
    while True:
        if rest.startswith("forall "):
            rest = rest[top_level(rest, ",") + 1 :].strip()
            continue
        arrow = top_level(rest, " -> ")
        if arrow < 0 or re.search(r"\b(exists2?|fun)\b", re.sub(r"\([^()]*\)", "", rest[:arrow])):
            return premises
        premises.append(rest[:arrow].strip())
        rest = rest[arrow + 4 :].strip()


def record_of(arguments, sources, claims_of_ledger):
    names = [f"{file}.{name}" for file, text in sources.items() for name, _ in theorems_of(text)]
    answers = ask_coq(arguments, [f"Check @crosshead.{name}." for name in names])
    axioms = axioms_of(arguments, names)
    theorems, at = {}, 0
    for file, text in sources.items():
        for name, claims in theorems_of(text):
            statement = answers[at].split(" : ", 1)[1]
            theorems[f"{file}.v#{name}"] = {
                "claims": [claim for claim in claims if claim in claims_of_ledger], "statement": statement, "hypotheses": hypotheses_of(statement),
                "axioms": axioms[at]}
            at += 1
    files = {f"{file}.v": {"imports": [f"{name}.v" for name in imports_of(text, sources)],
                           "sha256": hashlib.sha256(text.encode()).hexdigest()} for file, text in sources.items()}
    return {"schema": "crosshead.theorems/1", "files": files, "theorems": theorems}


def made_sources(sources):
    """The texts of all.v and assumptions.v."""
    note = "(* Made by tests/proofs/record.py --update. *)\n"
    everything = note + "From crosshead Require " + " ".join(sources) + ".\n"
    each = [f"  let _ := @crosshead.{file}.{name} in\n" for file, text in sources.items()
            for name, _ in theorems_of(text)]
    assumptions = ("From crosshead Require all.\nDefinition every_theorem : True :=\n" + "".join(each) +
                   "  I.\nPrint Assumptions every_theorem.\n")
    return {"all.v": everything, "assumptions.v": note + assumptions}


def compile_in_order(arguments, sources):
    compiler, done = pathlib.Path(__file__).with_name("compile.sh"), []
    imports = {name: imports_of(text, sources) for name, text in sources.items()}
    imports |= {"all": list(sources), "assumptions": ["all"]}
    while len(done) < len(imports):
        name = next(name for name in imports if name not in done and set(imports[name]) <= set(done))
        subprocess.run([compiler, arguments.coqc, arguments.sources, arguments.compiled, name, *imports[name]],
                       check=True)
        done.append(name)


def ledger_of(folder):
    entries = [tomllib.loads(path.read_text()) for path in sorted(folder.glob("*.toml"))]
    return {entry["id"]: entry for entry in entries if "id" in entry}


def ledger_problems(ledger, theorems):
    problems = []
    for claim, entry in ledger.items():
        if "theorem" not in entry:
            continue
        theorem = theorems.get(entry["theorem"])
        if theorem is None:
            problems.append(f"{claim}: there is no theorem {entry['theorem']}")
            continue
        if theorem["axioms"]:
            problems.append(f"{claim}: {entry['theorem']} rests on {theorem['axioms'][0]}")
        if entry.get("hypotheses", []) != theorem["hypotheses"]:
            problems.append(f"{claim}: {entry['theorem']} has the hypotheses {json.dumps(theorem['hypotheses'])}, "
                            f"the ledger lists {json.dumps(entry.get('hypotheses', []))}")
        if claim not in theorem["claims"]:
            problems.append(f"{claim}: the comment above {entry['theorem']} does not name it")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coqc", default="coqc")
    parser.add_argument("--sources", type=pathlib.Path, required=True, help="proofs/coq")
    parser.add_argument("--compiled", type=pathlib.Path, required=True, help="folder with the .vo files")
    parser.add_argument("--ledger", type=pathlib.Path, required=True, help="proofs/ledger")
    parser.add_argument("--update", action="store_true", help="write all.v, assumptions.v and theorems.json")
    arguments = parser.parse_args()
    sources = {path.stem: path.read_text() for path in sorted(arguments.sources.glob("*.v")) if path.stem not in MADE}
    for name, text in made_sources(sources).items():
        if arguments.update:
            (arguments.sources / name).write_text(text)
        elif not (arguments.sources / name).exists() or (arguments.sources / name).read_text() != text:
            sys.exit(f"record.py: {name} is not what the sources give; see --update")
    if arguments.update:
        compile_in_order(arguments, sources)
    ledger = ledger_of(arguments.ledger)
    record = record_of(arguments, sources, ledger)
    golden = arguments.sources / "theorems.json"
    text = json.dumps(record, indent=1) + "\n"
    if arguments.update:
        golden.write_text(text)
    elif not golden.exists() or golden.read_text() != text:
        sys.exit("record.py: theorems.json is not what the sources give; see --update")
    problems = [f"{name} rests on {theorem['axioms'][0]}" for name, theorem in record["theorems"].items()
                if theorem["axioms"]]
    problems += ledger_problems(ledger, record["theorems"])
    for problem in problems:
        print(problem)
    print(f"{len(record['theorems'])} theorems in {len(sources)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
