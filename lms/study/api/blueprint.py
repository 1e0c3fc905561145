"""What the endpoints of this slice are registered on."""

from lms.web.endpoints import blueprint

bp = blueprint("study", __name__)
