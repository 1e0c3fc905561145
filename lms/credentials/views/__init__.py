"""Certificates for their holders, approvals for registrars, and the page where anyone checks one."""

from lms.credentials.views.approvals import approvals_panel
from lms.credentials.views.blueprint import bp
from lms.credentials.views.certificates import certificates_panel
from lms.credentials.views.verification import verify

__all__ = ["approvals_panel", "bp", "certificates_panel", "verify"]
