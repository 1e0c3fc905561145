"""Builds the page files: `python -m lms.web.assets` bundles, hashes and compresses scripts and styles.

Sources are `lms/*/assets/*` and the files beside each question type; the outcome is `lms/web/static/`
with content hashes in the names, a Brotli and a gzip copy beside each file, and `manifest.json`.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brotli

from lms.web import catalogues
from lms.web.node import NodeMissing, node_command, npm_command

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
STATIC = PACKAGE / "web" / "static"
MODULES = ROOT / "node_modules"
BUNDLED = (".js", ".css")
COPIED = (".svg", ".png", ".webp", ".ico", ".woff2", ".webmanifest")
# Runs before the page is painted, so it must not be a module, which browsers defer.
CLASSIC = ("boot.js",)
# Chrome 80 is the oldest browser that pages are laid out for.
TARGET = "--target=chrome80,firefox78,safari14.1"
ESBUILD = ("--bundle", "--minify", "--charset=utf8", TARGET, "--log-level=warning")
LOADERS = ("--loader:.svg=dataurl",)


class BuildFailed(Exception):
    """The page files could not be built; the message is one line: the cause and the remedy."""


def main() -> int:
    """Build what changed; the exit code for the shell."""
    begun = time.monotonic()
    try:
        catalogues.compile_all()
        count = build()
    except (BuildFailed, NodeMissing) as problem:
        print(f"assets: {problem}", file=sys.stderr)
        return 1
    if count:
        print(f"assets: {count} files built in {time.monotonic() - begun:.1f} s")
    else:
        print("assets: up to date")
    return 0


def build() -> int:
    """Build all page files unless they are up to date; how many were written (0: nothing to do)."""
    entries = sources()
    stamp = _stamp()
    if (STATIC / "stamp").is_file() and (STATIC / "stamp").read_text() == stamp:
        return 0
    _install_packages()
    with tempfile.TemporaryDirectory(dir=STATIC.parent, prefix=".static-") as folder:
        made = Path(folder) / "made"
        manifest = _write_all(_bundled(entries, Path(folder) / "bundled"), made)
        (made / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
        (made / "stamp").write_text(stamp)
        _replace(made)
    return len(manifest)


def sources() -> dict[str, Path]:
    """Every page file by the name that templates use for it: `quiz.js`, `questions/matching.js`."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.glob("*/assets/*")):
        _add(found, path.name, path)
    for path in sorted(PACKAGE.glob("questions/types/*/*")):
        _add(found, f"questions/{path.name}", path)
    return found


def _add(found: dict[str, Path], name: str, path: Path) -> None:
    if path.suffix not in BUNDLED + COPIED:
        return
    if name in found:
        raise BuildFailed(f"{found[name]} and {path} want the same name: rename one of them")
    found[name] = path


def _stamp() -> str:
    """Changes whenever anything that the outcome depends on does."""
    digest = hashlib.sha256()
    parts = [path for path in PACKAGE.glob("*/assets/**/*") if path.is_file()]
    own = [Path(__file__), ROOT / "package-lock.json"]
    for path in sorted({*parts, *sources().values(), *own}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _install_packages() -> None:
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = MODULES / ".karakoram-lock"
    if mark.is_file() and mark.read_text() == lock:
        return
    print("assets: installing the build tools of package-lock.json …", flush=True)
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund")
    _run([*npm_command(), "ci", *quietly], "check the connection to the npm registry")
    mark.write_text(lock)


def _bundled(entries: dict[str, Path], folder: Path) -> dict[str, bytes]:
    """The content of every page file: bundled and minified, or as it is."""
    modules = {name: path for name, path in entries.items() if path.suffix in BUNDLED and name not in CLASSIC}
    classic = {name: path for name, path in entries.items() if name in CLASSIC}
    _esbuild(modules, folder, "--format=esm")
    _esbuild(classic, folder, "--format=iife")
    return {
        name: (folder / name).read_bytes() if path.suffix in BUNDLED else path.read_bytes()
        for name, path in entries.items()
    }


def _esbuild(entries: dict[str, Path], folder: Path, form: str) -> None:
    if not entries:
        return
    esbuild = [*node_command(), str(MODULES / "esbuild" / "bin" / "esbuild")]
    # One run a file: esbuild takes `out=in` without ending, and a style and a script may share a name.
    for suffix in BUNDLED:
        chosen = [
            (name.removesuffix(suffix), path) for name, path in entries.items() if path.suffix == suffix
        ]
        if chosen:
            named = [f"{name}={path}" for name, path in chosen]
            command = [*esbuild, *named, f"--outdir={folder}", form, *ESBUILD, *LOADERS]
            _run(command, "mend the file named above")


def _write_all(contents: dict[str, bytes], folder: Path) -> dict[str, str]:
    manifest = {}
    for name, content in contents.items():
        path = Path(name)
        hashed = path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}")
        _write(folder / hashed, content)
        manifest[name] = hashed.as_posix()
    return manifest


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    packings = {".br": brotli.compress(content, quality=11), ".gz": gzip.compress(content, 9, mtime=0)}
    for ending, packed in packings.items():
        if len(packed) < len(content):
            Path(f"{path}{ending}").write_bytes(packed)


def _replace(made: Path) -> None:
    """Put the new files in place, beside those of the last build: pages that are open still ask for them."""
    last = STATIC / "manifest.json"
    for name in json.loads(last.read_text()).values() if last.is_file() else ():
        for path in (STATIC / name).parent.glob(f"{Path(name).name}*"):
            kept = made / path.relative_to(STATIC)
            kept.parent.mkdir(parents=True, exist_ok=True)
            if not kept.exists():
                shutil.copy2(path, kept)
    old = made.with_name("old")
    if STATIC.exists():
        STATIC.rename(old)
    made.rename(STATIC)
    shutil.rmtree(old, ignore_errors=True)


def _run(command: list[str], remedy: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        # What comes after is the stack of esbuild's launcher, which helps nobody.
        print((done.stderr or done.stdout).split("\nnode:", 1)[0].strip(), file=sys.stderr)
        raise BuildFailed(f"`{Path(command[0]).name} {Path(command[1]).name}` failed: {remedy}")


if __name__ == "__main__":
    sys.exit(main())
