"""Granian with the app imported before it forks: its processes start at once and share that memory.

Takes Granian's own arguments. What was imported stays until this process ends, so new code needs a restart.
"""

import gc
from importlib import import_module

from granian.cli import entrypoint

APP = "lms.app"  # by name: this module stands below it


def main() -> None:
    gc.disable()  # importing makes much and frees little: a tenth of the time goes into looking for garbage
    import_module(APP)
    gc.freeze()  # what is there now stays shared, since no collection touches it in the forks
    gc.enable()
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
