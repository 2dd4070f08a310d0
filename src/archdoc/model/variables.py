"""What elements, secrets and variables are called in placeholders, and where operators set them."""

from __future__ import annotations

_OWNED = frozenset(
    """
    DISPLAY EDITOR HOME HOSTNAME LANG LANGUAGE LOGNAME MAIL OLDPWD PAGER PATH PWD SHELL SHLVL
    SSH_AUTH_SOCK TEMP TERM TMP TMPDIR USER USERNAME VISUAL
    BUILDKIT_PROGRESS BUILDX_BUILDER DOCKER_API_VERSION DOCKER_BUILDKIT DOCKER_CERT_PATH
    DOCKER_CONFIG DOCKER_CONTENT_TRUST DOCKER_CONTENT_TRUST_SERVER DOCKER_CONTEXT
    DOCKER_CUSTOM_HEADERS DOCKER_DEFAULT_PLATFORM DOCKER_HOST DOCKER_TLS DOCKER_TLS_VERIFY
    """.split()  # noqa: SIM905 - these words read better without quotes
)
"""Those of shells (POSIX, "Environment Variables", and what desktops and Windows add), then those
of Docker's commands (Docker CLI reference, "Environment variables")."""
_PREFIXES = ("COMPOSE_", "LC_")


def identifier(id_: str) -> str:
    """An id as a name that templates can use: `app.django-web` → `app_django_web`."""
    return id_.replace(".", "_").replace("-", "_")


def variable_named(id_: str) -> str:
    """The environment variable of a secret or a variable: `db-password` is `DB_PASSWORD`."""
    return id_.upper().replace("-", "_")


def file_variable_named(id_: str) -> str:
    """The environment variable that says where a secret's file is."""
    return f"{variable_named(id_)}_FILE"


def is_set_elsewhere(variable: str) -> bool:
    """Whether shells or Docker have a variable of this name: it wins over what `.env` says."""
    return variable in _OWNED or variable.startswith(_PREFIXES)
