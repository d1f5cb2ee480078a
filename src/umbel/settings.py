"""Settings from the environment; every variable is listed in docs/operators/settings.md."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF


def env_bool(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [item for item in os.environ.get(name, default).split(",") if item]


def env_secret(name: str, kept_in: Path) -> str:
    """Return a secret from the environment, else from a file that is made on first use and read by its owner only."""
    if value := os.environ.get(name):
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(50))
    return kept_in.read_text()


class MailServer(NamedTuple):
    """Where mail goes, as Django asks for it."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    folder: str | None = None


def mail_server(address: str) -> MailServer:
    """Read `smtp://user:password@host:port` (`smtps:` for TLS from the start), `file:///folder` or `console:`."""
    url = urlsplit(address)
    kind = "django.core.mail.backends.{}.EmailBackend"
    if url.scheme == "console":
        return MailServer(kind.format("console"))
    if url.scheme == "file":
        return MailServer(kind.format("filebased"), folder=url.path)
    if url.scheme not in {"smtp", "smtps"}:
        raise ValueError("UMBEL_MAIL_URL begins with smtp:, smtps:, file: or console:")
    is_tls = url.scheme == "smtps"
    return MailServer(
        kind.format("smtp"),
        url.hostname or "localhost",
        url.port or (465 if is_tls else 587),
        unquote(url.username or ""),
        unquote(url.password or ""),
        starts_tls=not is_tls and "tls=off" not in url.query,
        is_tls=is_tls,
    )


def oidc_provider(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the identity provider that the environment names, for django-allauth; without one, nothing."""
    if not (server := variables.get("UMBEL_OIDC_SERVER")):
        return {}
    app = {
        "provider_id": "oidc",
        "name": variables.get("UMBEL_OIDC_NAME", "OpenID Connect"),
        "client_id": variables["UMBEL_OIDC_CLIENT"],
        "secret": variables["UMBEL_OIDC_SECRET"],
        "settings": {"server_url": server},
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("UMBEL_HOME", "var")).resolve()

DEBUG = env_bool("UMBEL_DEBUG")
SECRET_KEY = env_secret("UMBEL_SECRET_KEY", HOME / "secret-key")
ALLOWED_HOSTS = env_list("UMBEL_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = os.environ.get("UMBEL_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ENGINE_ROOM = env_bool("UMBEL_ENGINE_ROOM")

INSTALLED_APPS = [
    "umbel.core",
    "umbel.accounts",
    "umbel.network",
    "umbel.events",
    "umbel.library",
    "umbel.governance",
    "umbel.collection",
    "umbel.advocacy",
    "umbel.groups",
    "umbel.communication",
    "umbel.projects",
    "umbel.reports",
    "umbel.website",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "umbel.website.languages.Languages",
    "umbel.website.sizes.Sizes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "umbel.accounts.middleware.SecondFactor",
    "umbel.accounts.middleware.SignedChanges",
    "umbel.website.starting.leading.FirstRun",
    "umbel.website.editing.redirects.Redirects",
]

ROOT_URLCONF = "umbel.urls"
WSGI_APPLICATION = "umbel.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["umbel.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "umbel.website.context.confederation",
                "umbel.accounts.context.account",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("UMBEL_DATABASE_URL", f"sqlite:///{HOME / 'umbel.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
            "PRAGMA cache_size=-8000;PRAGMA journal_size_limit=27103364"
        ),
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "umbel_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
IMPORT_LIMIT_MB = int(os.environ.get("UMBEL_IMPORT_LIMIT_MB", "50"))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "umbel.accounts.backends.PasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "umbel.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_MAX_LENGTH = 150
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env_bool("UMBEL_HTTPS") else "http"
# Counted in the cache below, for all processes together.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "subscribe": "20/m/ip,3/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("UMBEL_PROXIES", "1" if env_bool("UMBEL_HTTPS") else "0"))

ACCOUNT_FORMS = {
    "login": "umbel.accounts.forms.SignInForm",
    "reauthenticate": "umbel.accounts.forms.ReauthenticateForm",
    "change_password": "umbel.accounts.forms.ChangePasswordForm",
    "set_password": "umbel.accounts.forms.SetPasswordForm",
    "reset_password": "umbel.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "umbel.accounts.forms.ResetPasswordKeyForm",
    "add_email": "umbel.accounts.forms.AddEmailForm",
}

MFA_ADAPTER = "umbel.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "umbel.accounts.forms.CodeForm",
    "reauthenticate": "umbel.accounts.forms.CodeAgainForm",
    "activate_totp": "umbel.accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A browser offers passkeys on HTTPS and on the machine itself only, whatever the server allows.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env_bool("UMBEL_HTTPS")
MFA_ROLES = frozenset(env_list("UMBEL_MFA_ROLES"))

SOCIALACCOUNT_ADAPTER = "umbel.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
OIDC = oidc_provider(os.environ)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": OIDC}
if OIDC:
    # With what it fetches pages by it takes 5 MB of every process.
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")

DEMO = env_bool("UMBEL_DEMO")

LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "umbel.core.formats"
TIME_ZONE = os.environ.get("UMBEL_TIME_ZONE", "Europe/Brussels")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = HOME / "media"
UPLOAD_LIMIT_MB = int(os.environ.get("UMBEL_UPLOAD_LIMIT_MB", "25"))
WHITENOISE_USE_FINDERS = True

IS_SECURE = env_bool("UMBEL_HTTPS")
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE and env_bool("UMBEL_HSTS_SUBDOMAINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(os.environ.get("UMBEL_SESSION_DAYS", "14")) * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

MAIL = mail_server(os.environ.get("UMBEL_MAIL_URL", "console:"))
EMAIL_BACKEND, OUTGOING_BACKEND = "umbel.core.outbox.Backend", MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starts_tls, MAIL.is_tls
EMAIL_FILE_PATH = MAIL.folder
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("UMBEL_MAIL_FROM", "umbel@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}
