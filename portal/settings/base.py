"""Settings shared by every environment. What varies comes from the environment variables of `docs/operations.md`."""

import os
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

INSTALLED_APPS = [
    "portal.operations",
    "portal.desk",
    "portal.home",
    "good_practices",
    "sessions",
    "portal.participation",
    "portal.people",
    "portal.vocabulary",
    "search",
    "portal.base",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.base.middleware.CompressionMiddleware",
    "portal.operations.page_cache.PageCacheMiddleware",
    "portal.base.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.base.middleware.PreviewedMomentMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.people.middleware.AccountPagesMiddleware",
    "sessions.middleware.AgendaCookieMiddleware",
    "portal.participation.middleware.BookmarkCookieMiddleware",
    "good_practices.middleware.ImpossiblePracticeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["portal.base.templatetags.portal"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening the file and setting it up costs as much as ten queries
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction takes the lock at its start, so that two writers queue instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000;",  # noqa: E501
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of the limits, which all processes of a machine share, with room enough that nobody makes them be forgotten by asking
# in many names; and files that are costly to make.
CACHES = {name: env.cache_url("CACHE_URL", default=f"locmemcache://{name}") for name in ("default", "files")}
if not os.environ.get("CACHE_URL"):
    CACHES["default"] = {
        "BACKEND": "portal.base.file_cache.FileCache",
        "LOCATION": str(VAR_DIR / "cache.sqlite3"),
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)  # whole pages, for visitors who are not signed in
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What facilitators upload to be prepared (recordings): kept as it came, below no public address.
    "originals": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "originals"}},
    # Page images of documents, which may be private: served by a view that looks who may read them.
    "previews": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "previews"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What a recording may be: bytes of the file, its length in seconds, pixels of its picture (a little over 4K).
MEDIA_MAX_BYTES = env.int("MEDIA_MAX_BYTES", default=2_000_000_000)
MEDIA_MAX_SECONDS = 6 * 60 * 60
MEDIA_MAX_PIXELS = 9_500_000

# --- Languages and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Accounts to try each role with, made by `load_content`: on a machine of one's own only.
DEMONSTRATION_ACCOUNTS = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.people.forms.SignupExtraForm"
ACCOUNT_ADAPTER = "portal.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "confirm_email_verification_code": "portal.people.forms.codes.AddressCodeForm",
    "confirm_login_code": "portal.people.forms.codes.SignInCodeForm",
    "confirm_password_reset_code": "portal.people.forms.codes.PasswordCodeForm",
}
# An address is confirmed by a code, never by a link alone: typed where it was asked for, on the telephone or another machine;
# no scanner of mails confirms it, and nobody is signed in elsewhere. Digits, because every keyboard has them.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_CHANGE_EMAIL = True  # one address each: a new one takes the place of the old one once it is confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# By address (a whole room, or a mobile network, may share one) and by account. Who guesses at an account's password, or at its
# second factor, has 5 attempts in 5 minutes and 50 a day; its owner can still come in by a code sent to them.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,300/d/ip,5/5m/key,50/d/key",
    "signup": "60/m/ip,600/d/ip",
    "confirm_email": "1/10s/key,5/h/key,10/d/key",
    "request_login_code": "20/m/ip,3/5m/key,10/d/key",
    "reset_password": "20/m/ip,3/5m/key,10/d/key",
}
MFA_ADAPTER = "portal.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.people.forms.codes.SecondFactorForm",
    "reauthenticate": "portal.people.forms.codes.SecondFactorAgainForm",
    "activate_totp": "portal.people.forms.codes.FirstTotpForm",
}
MFA_TOTP_ISSUER = "Moucharaka Mouwatina"
MFA_TOTP_TOLERANCE = 1  # of half a minute: the clocks of telephones drift (RFC 6238, 5.2)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"  # portal.people.adapters: in the language of the page

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Moucharaka Mouwatina <portal@localhost>")
# Where digests that cannot be delivered come back to, one address for each (bounces@example.org: bounces+…@example.org); none:
# to DEFAULT_FROM_EMAIL. `process_bounces` reads them.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")

# --- Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "مشاركة مواطنة"
WAGTAILADMIN_BASE_URL = BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL  # the portal has one sign-in
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "home/password_required.html"  # noqa: S105 - a template
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation is public when its words are, not when it is begun
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Who works in the CMS signs in, and changes a password or an address, through the same door as everybody.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Search ---------------------------------------------------------------------------------------------------------

SEARCH_INDEX_DIR = VAR_DIR / "search"
# Nodes of Elasticsearch by commas, read by search.engines.elasticsearch.addresses; none: the embedded engine in SEARCH_INDEX_DIR.
ELASTICSEARCH_URL = [url.strip() for url in env.list("ELASTICSEARCH_URL", default=[]) if url.strip()]
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="portal")  # what the names of the portal's indices begin with

# --- Safety ---------------------------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "portal.base.views.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # SAMEORIGIN: the CMS shows previews in frames of its own

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
