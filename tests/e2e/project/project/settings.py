"""Everything comes from the environment, as the compose file sets it.

Beat has no more than the broker's address, and Celery's worker neither hosts nor a cache: what a
container lacks, it does not use.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "")  # Django refuses to work with an empty one
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")
DEBUG = False

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "visits"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nginx ends TLS, and says so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
CSRF_COOKIE_SECURE = True

if "DATABASE_URL" in os.environ:
    _database = urlsplit(os.environ["DATABASE_URL"])
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _database.path.lstrip("/"),
            "USER": _database.username,
            "PASSWORD": unquote(_database.password or ""),
            "HOST": _database.hostname,
            "PORT": _database.port,
            "OPTIONS": {"connect_timeout": 3},
        }
    }
if "CACHE_URL" in os.environ:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["CACHE_URL"],
            "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 3},
        }
    }

# Celery is given no media: its tasks touch none.
_media = urlsplit(os.environ.get("MEDIA_URL", ""))
if _media.scheme == "file":
    # One volume, which nginx serves under /media/.
    MEDIA_ROOT = Path(_media.path) / "uploads"
    MEDIA_URL = "/media/uploads/"
    STATIC_ROOT = Path(_media.path) / "static"
    STATIC_URL = "/media/static/"
else:
    # What it takes to store files in a bucket is no matter of whether containers start.
    STATIC_ROOT = Path("/tmp/static")  # noqa: S108 - the container's own
    STATIC_URL = f"https://{_media.netloc}.example.org/static/"

CELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE = {"tick": {"task": "visits.tasks.tick", "schedule": 5.0}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO"}},
}
