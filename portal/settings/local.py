"""A machine of one's own: served in production shape, reachable from this machine only, nothing to configure."""

import os
import secrets

from portal.operations.preflight import explain
from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR, env


def _secret_key() -> str:
    """Return the secret of this machine, made on first run and kept in `var/`; end with one line where that cannot be."""
    try:
        return _kept_secret()
    except OSError as error:
        raise SystemExit(explain(error, VAR_DIR)) from None


def _kept_secret() -> str:
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        candidate = VAR_DIR / f".secret_key.{os.getpid()}"
        candidate.write_text(secrets.token_urlsafe(64), encoding="ascii")
        candidate.chmod(0o600)
        try:
            os.link(candidate, path)  # never replaces a secret that another process made meanwhile
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_text(encoding="ascii").strip()


DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="") or _secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMONSTRATION_ACCOUNTS = True
