"""Course packs: `read` makes a folder into a checked course or tells everything that is wrong with it."""

from lms.content.packs.library import Library, check
from lms.content.packs.reader import Document, Pack, read, read_track
from lms.content.packs.schema import schema
from lms.content.sources.faults import Fault, Faults

__all__ = ["Document", "Fault", "Faults", "Library", "Pack", "check", "read", "read_track", "schema"]
