"""All settings, every value from the environment (docs/operations.md lists them).

Nothing but wiring: a value that changes what a mark or a medal is belongs in the data.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment as env
from config import logs

ROOT = Path(__file__).resolve().parents[1]
VAR = env.directory("LEITAI_VAR", ROOT / "var")
MEDIA_ROOT = env.directory("LEITAI_MEDIA", VAR / "media")
REAL_DATA = Path(env.text("LEITAI_REAL_DATA") or ROOT.parent / "shared" / "data")

# Who may call, and how.
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", VAR / "secret-key")
# Personal data: the first key encrypts, all of them read; the index key finds values.
FIELD_KEYS = env.keys("LEITAI_PII_KEYS", VAR / "personal-data-keys")
BLIND_INDEX_KEY = env.secret(
    "LEITAI_PII_INDEX_KEY", VAR / "personal-data-index"
).encode()
# What a public list shows of an identity number: nothing, or digits at both ends.
IDENTITY_MASK = env.choice("LEITAI_IDENTITY_MASK", ("none", "3+11+4", "6+8+4"), "none")
# The signature on certificate files: a PKCS #12 file and one with its password.
CERTIFICATE_SIGNING_KEY = env.file("LEITAI_CERTIFICATE_KEY")
CERTIFICATE_SIGNING_PASSWORD_FILE = env.file("LEITAI_CERTIFICATE_KEY_PASSWORD_FILE")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_ADDRESS = env.address("LEITAI_PUBLIC_ADDRESS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
HTTPS = env.flag("LEITAI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = env.number("LEITAI_SESSION_HOURS", 12, low=1, high=72) * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
BEHIND_PROXY = env.flag("LEITAI_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "config",
    "ledger",
    "jobs",
    "people",
    "competitions",
    "scoring",
    "awards",
    "live",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "servestatic",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]

# Every one async-capable: a sync-only middleware keeps the server from ending.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "config.text.plain_text",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# Where things are kept.
DATABASES = {"default": env.database("DATABASE_URL", VAR / "leitai.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
BOARD_SOCKETS = env.number("LEITAI_BOARD_SOCKETS", 10_000, low=1, high=100_000)
BOARD_SOCKETS_PER_ADDRESS = env.number(
    "LEITAI_BOARD_SOCKETS_PER_ADDRESS", 3_000, low=1, high=100_000
)
TASKS = {
    "default": {
        "BACKEND": {
            "database": "django_tasks_db.DatabaseBackend",
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
        }[env.choice("LEITAI_TASKS", ("database", "immediate"), "database")]
    }
}
JOB_STALE_SECONDS = env.number("LEITAI_JOB_STALE_SECONDS", 120, low=5, high=86_400)
# 导出: how many days a file that was made can still be taken away.
EXPORT_KEEP_DAYS = env.number("LEITAI_EXPORT_KEEP_DAYS", 30, low=1, high=3650)
# 更改: how long a request waits for its approval, and how long its cell stays open.
CHANGE_APPROVAL_MINUTES = env.number("LEITAI_CHANGE_MINUTES", 15, low=1, high=10_080)
CHANGE_OPEN_MINUTES = env.number("LEITAI_CHANGE_OPEN_MINUTES", 30, low=1, high=1440)

# Who is signed in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.number("LEITAI_SIGN_IN_TRIES", 5, low=3, high=50)
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False

# Words and times.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"

# Files served as they are.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
SERVESTATIC_MAX_AGE = 0 if DEBUG else 60
# Fonts are for PDFs and tests and are many megabytes; pictures are packed already.
SERVESTATIC_SKIP_COMPRESS_EXTENSIONS = ("ttf", "otf", "png", "jpg", "woff", "woff2")
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

LOGGING = logs.to_stderr(env.choice("LOG_LEVEL", logs.LEVELS, "INFO"))
