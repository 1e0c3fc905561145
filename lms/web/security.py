"""Headers, cookies and tokens that keep pages safe."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from markupsafe import Markup

csrf = CSRFProtect()

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Protect every form and every answer of this app."""
    is_production = app.config.get("KARAKORAM_ENV") == "production"
    app.config.update(_cookies(is_production))
    # A phone may come back to a page after days, and some browsers strip the Referer: the token decides.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)
    csrf.init_app(app)
    app.jinja_env.globals.update(csrf_field=csrf_field, csp_nonce=csp_nonce)
    app.after_request(_with_headers)
    if is_production:
        app.after_request(_with_strict_transport)


def csrf_field() -> Markup:
    """The hidden input that every form which changes something carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def csp_nonce() -> str:
    """The word by which this one answer's own inline JSON is recognised."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def local_path(target: str | None, default: str = "/") -> str:
    """`target` if it leads to a page of this site, else the default: no link may send people elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return default
    if "\\" in target or any(ord(character) < 32 for character in target):  # browsers read \ as /
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def _cookies(is_production: bool) -> dict[str, object]:
    return {
        "SESSION_COOKIE_NAME": "__Host-karakoram" if is_production else "karakoram",
        "SESSION_COOKIE_SECURE": is_production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": is_production,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if _is_private() else "private, no-cache"
    return response


def _with_strict_transport(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _is_private() -> bool:
    # Phones are shared: what a signed-in person saw must not be in the cache of the next one.
    # Only a person who was asked for is looked at: headers must not cost a query.
    return bool(g.get("no_store")) or ("_login_user" in g and current_user.is_authenticated)
