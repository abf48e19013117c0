"""The verified checker as a program, for the tests: built from the extraction, run on certificates."""
import os
import pathlib
import resource
import subprocess
import sys

PROOFS = pathlib.Path(__file__).resolve().parent.parent.parent / "proofs" / "coq"
sys.path.insert(0, str(PROOFS))
import certificate_to_coq  # noqa: E402


def converted(path):
    """(certificate, "") or (None, why it is rejected)."""
    try:
        return certificate_to_coq.read_certificate(path.read_bytes()), ""
    except certificate_to_coq.Rejected as what:
        return None, str(what)


def build(arguments, folder):
    script = PROOFS / "extraction" / "build.sh"
    subprocess.run([script, arguments.coqc, arguments.ocamlfind, arguments.compiled, folder], check=True)
    return folder / "check_certificates"


def deep_stack():
    """Long lists need a long stack."""
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (most, most))


def verdicts(program, certificates, folder):
    """For each name whether the program accepts the certificate, and the seconds it took."""
    names = {}
    for k, (name, certificate) in enumerate(certificates.items()):
        file = folder / f"{k}.term"
        file.write_text(certificate_to_coq.as_text(certificate), encoding="ascii")
        names[str(file)] = name
    run = subprocess.run([program, *names], capture_output=True, text=True, preexec_fn=deep_stack, check=False,
                         env={**os.environ, "OCAMLRUNPARAM": "l=unlimited"})
    if run.returncode:
        sys.exit(f"{program}: {run.stdout[-200:]}{run.stderr}")
    answers = [line.split() for line in run.stdout.splitlines()]
    return {names[file]: (answer == "accepted", float(seconds)) for answer, file, seconds in answers}
