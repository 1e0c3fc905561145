"""`python -m lms.credentials.drawing` unpacks the fonts; part of `make assets`."""

import sys
from pathlib import Path

from lms.credentials.drawing import fonts

try:
    fonts.prepare_fonts(Path(__file__).resolve().parents[3])
except fonts.FontsMissing as problem:
    sys.exit(f"certificates: {problem}")
