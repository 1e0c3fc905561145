"""What the views of this slice are registered on."""

from flask import Blueprint

bp = Blueprint("credentials", __name__, template_folder="../templates")
