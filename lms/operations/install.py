"""Makes the virtual environment and fills it from a locked file, with nothing but Python's own library."""

import argparse
import hashlib
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ENVIRONMENT = Path(".venv")
PYTHON = ENVIRONMENT / "bin" / "python"
PACKAGE = re.compile(r"^[A-Za-z0-9][\w.\-\[\],]*==", re.MULTILINE)
STARTED = re.compile(r"^\s*(Collecting|Requirement already satisfied:) ")
KEPT_LINES = 15  # of what pip said, shown when it fails


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("requirements", type=Path, help="a file made by `make lock`")
    requirements: Path = arguments.parse_args().requirements
    try:
        if is_installed(requirements):
            return 0
        make_environment()
        install(requirements)
        compile_sources()
    except Impossible as problem:
        print(problem, file=sys.stderr)
        return 1
    stamp(requirements).write_text(fingerprint(requirements))
    return 0


class Impossible(RuntimeError):
    """The machine cannot do it as it is; the message is one line with the remedy."""


def stamp(requirements: Path) -> Path:
    return ENVIRONMENT / f".{requirements.stem}.installed"


def fingerprint(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def is_installed(requirements: Path) -> bool:
    """Whether this very file was installed before, into an environment that still starts."""
    mark = stamp(requirements)
    return (
        mark.exists()
        and mark.read_text() == fingerprint(requirements)
        and PYTHON.exists()
        and _succeeds("-c", "")
    )


def make_environment() -> None:
    if PYTHON.exists() and _succeeds("-m", "pip", "--version"):
        return
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise Impossible("Python's venv is missing: sudo apt install python3-venv, then run make again")
    print("Making .venv …", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        reason = (made.stdout + made.stderr).strip().splitlines() or ["no reason given"]
        raise Impossible(f"The virtual environment could not be made: {reason[-1]}")


def _succeeds(*arguments: str) -> bool:
    return subprocess.run([PYTHON, *arguments], capture_output=True).returncode == 0


def install(requirements: Path) -> None:
    """Install exactly what the file says, every byte held against its hash."""
    total = len(PACKAGE.findall(requirements.read_text()))
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--prefer-binary", "-r", str(requirements)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        said = show(pip, f"Installing {requirements.name}", total)
    if pip.returncode:
        print("".join(said[-KEPT_LINES:]), file=sys.stderr, end="")
        raise Impossible(f"{requirements.name} could not be installed: see above; `make run` tries again")


def show(pip: "subprocess.Popen[str]", title: str, total: int) -> list[str]:
    """Follow pip with one line of progress; returns all that it said."""
    said: list[str] = []
    done = 0
    report(f"{title}: {total} packages, a few minutes on a slow line …")
    for line in pip.stdout or ():
        said.append(line)
        if STARTED.match(line):
            done += 1
            report(f"{title}: {min(done, total)} of {total}")
        elif line.startswith("Installing collected"):
            report(f"{title}: unpacking {total} packages")
    report(f"{title}: {'failed' if pip.wait() else 'done'}", last=True)
    return said


def report(text: str, *, last: bool = False) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="\n" if last else "", flush=True)
    elif last or text.endswith("…"):
        print(text, flush=True)


def compile_sources() -> None:
    """Compile our own modules now, so that the first page does not wait for it."""
    subprocess.run([PYTHON, "-m", "compileall", "-q", "config.py", "lms"], check=False)


if __name__ == "__main__":
    sys.exit(main())
