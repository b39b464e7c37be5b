"""Commands of whoever runs the service: serve, keys, users."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import typer

from figures.cli.inputs import opened, store_target
from figures.cli.options import Format, FormatOption, StoreOption, examples, settings_of
from figures.cli.output import write
from figures.cli.problems import DONE, CliError

_GRACE_SECONDS: Final = 60
"""How long a stopping server finishes what it has begun: longer than any answer takes."""

_TURN_SECONDS: Final = 0.0005


class ScopeName(StrEnum):
    """What a key is for."""

    READ = "read"
    INGEST = "ingest"
    REVIEW = "review"
    ADMIN = "admin"


class RoleName(StrEnum):
    """What an account may do: read; read, add articles and review; everything."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


PasswordOption = Annotated[
    bool, typer.Option("--password-stdin", help="Take the password from standard input, its first line.")
]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog=examples(
            "figures serve --store desk.db --port 8000",
            "figures serve --store postgresql://figures@/figures --public-url https://figures.example.org --private",
        )
    )(serve)
    keys = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Keys that programs sign their requests to the service with.",
        epilog=examples(
            "figures keys create wire-feed --scope ingest", "figures keys list", "figures keys revoke k0123"
        ),
    )
    keys.command("create", epilog=examples("figures keys create wire-feed --scope ingest --scope read"))(create_key)
    keys.command("list", epilog=examples("figures keys list --format jsonl"))(list_keys)
    keys.command("revoke", epilog=examples("figures keys revoke k0123456789ab"))(revoke_key)
    app.add_typer(keys, name="keys")
    users = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Accounts of the people who sign in to the service.",
        epilog=examples("figures users add 'A. Reviewer' --role reviewer", "figures users list"),
    )
    users.command("add", epilog=examples("figures users add 'A. Reviewer' --role reviewer"))(add_user)
    users.command("list", epilog=examples("figures users list --format csv"))(list_users)
    users.command("passwd", epilog=examples("figures users passwd 'A. Reviewer'"))(change_password)
    users.command("remove", epilog=examples("figures users remove 'A. Reviewer'"))(remove_user)
    app.add_typer(users, name="users")


def serve(
    context: typer.Context,
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    public_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", envvar="FIGURES_PUBLIC_URL",
            help="The address that people use, where a proxy stands before this server. Nobody is local then.",
        ),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", envvar="FIGURES_PRIVATE", help="Reads need a key or an account, too.")
    ] = False,
    cors: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", envvar="FIGURES_CORS", help="Pages elsewhere that may read. May be repeated."),
    ] = None,
) -> int:  # fmt: skip
    """Serve the store over HTTP: pages for people, /v1 for programs.

    On this machine only, unless --host says otherwise. Writes need a key or an account, except from this machine
    itself while the server is bound to it and no proxy is named.
    """
    try:
        import uvicorn
    except ImportError:
        raise CliError("serve needs the service extra; install it with: pip install 'figures[service]'") from None
    settings = settings_of(context)
    if settings.metric_files or settings.source_files:
        raise CliError("serve reads with the packaged lexicon; leave out --metrics and --sources")
    if public_url is not None and (
        urlsplit(public_url).scheme not in ("http", "https") or not urlsplit(public_url).netloc
    ):
        raise CliError(f"--public-url {public_url}: no address; write https://figures.example.org")
    target = store_target(context, store)
    with opened(context, store, create=True) as kept:
        alone = is_loopback(host) and public_url is None and not private
        holders = [*kept.people.accounts(), *(one for one in kept.people.api_keys() if one.revoked_at is None)]
    if not alone and not holders:
        hint = "make a key or an account: figures keys create, figures users add"
        typer.echo(f"figures: nobody may write yet; {hint}", err=True)
    # The service is a layer above this one and is named to the server, never imported; it reads its settings here.
    os.environ |= {
        "FIGURES_STORE": target,
        "FIGURES_WRITABLE": "1" if is_loopback(host) else "",
        "FIGURES_PRIVATE": "1" if private else "",
        "FIGURES_PUBLIC_URL": public_url or "",
        "FIGURES_CORS": " ".join(cors or ()),
    }
    typer.echo(
        f"figures: http://{f'[{host}]' if ':' in host else host}:{port} serves {target}; stop with Ctrl-C", err=True
    )
    # Reading and comparing keep a processor busy; a request should not wait the usual 5 ms for each turn it needs.
    sys.setswitchinterval(_TURN_SECONDS)
    uvicorn.run(
        "service.app:create_app", factory=True, host=host, port=port, server_header=False, access_log=False,
        log_config=_log(), timeout_graceful_shutdown=_GRACE_SECONDS,
    )  # fmt: skip
    return DONE


def _log() -> dict[str, Any]:
    """One JSON object a line on standard error, for the server's own words and for each request."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "service.telemetry.JsonLines"}},
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "loggers": {
            "uvicorn": {"handlers": ["err"], "level": "INFO", "propagate": False},
            "figures": {"handlers": ["err"], "level": "INFO", "propagate": False},
        },
    }


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def create_key(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What the key is for; it stands with what is done with it.")
    ],
    scope: Annotated[list[ScopeName], typer.Option("--scope", help="What it may do. May be repeated.")],
    store: StoreOption = None,
) -> int:
    """Make a key and print it.

    It is shown this once; the store keeps only its hash.
    """
    with opened(context, store, create=True) as kept:
        made, key = kept.people.create_key(name, [one.value for one in scope])
    typer.echo(f"figures: {made.key_id} ({', '.join(made.scopes)}) was made; it is shown only now:", err=True)
    typer.echo(key)
    return DONE


def list_keys(context: typer.Context, store: StoreOption = None, output: FormatOption = Format.TABLE) -> int:
    """List every key, without the key itself."""
    with opened(context, store) as kept:
        rows = [
            {
                "key_id": one.key_id, "name": one.name, "scopes": " ".join(one.scopes), "created_at": one.created_at,
                "revoked_at": one.revoked_at,
            }
            for one in kept.people.api_keys()
        ]  # fmt: skip
    _list(rows, output, "No keys")
    return DONE


def revoke_key(
    context: typer.Context,
    key_id: Annotated[str, typer.Argument(metavar="KEY_ID", help="As figures keys list shows it.")],
    store: StoreOption = None,
) -> int:
    """End a key."""
    with opened(context, store) as kept:
        if not kept.people.revoke_key(key_id):
            raise CliError(f"{key_id}: no such key, or it was revoked before; list them with figures keys list")
    typer.echo(f"{key_id}: revoked")
    return DONE


def add_user(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As it stands with reviews.")],
    role: Annotated[RoleName, typer.Option("--role", help="reader: reads; reviewer: adds and judges, too.")],
    password_stdin: PasswordOption = False,
    store: StoreOption = None,
) -> int:
    """Make an account; asks for its password."""
    with opened(context, store, create=True) as kept:
        made = kept.people.add(name, _password(given=password_stdin), role=role.value)
    typer.echo(f"{made.name}: {made.role}")
    return DONE


def list_users(context: typer.Context, store: StoreOption = None, output: FormatOption = Format.TABLE) -> int:
    """List every account."""
    with opened(context, store) as kept:
        rows = [{"name": one.name, "role": one.role, "created_at": one.created_at} for one in kept.people.accounts()]
    _list(rows, output, "No accounts")
    return DONE


def change_password(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose.")],
    password_stdin: PasswordOption = False,
    store: StoreOption = None,
) -> int:
    """Change a password; every session of the account ends."""
    with opened(context, store) as kept:
        kept.people.set_password(name, _password(given=password_stdin))
    typer.echo(f"{name}: password changed")
    return DONE


def remove_user(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose account.")],
    store: StoreOption = None,
) -> int:
    """Take an account away.

    Its sessions end at once; its reviews stay, under its name.
    """
    with opened(context, store) as kept:
        if not kept.people.remove(name):
            raise CliError(f"{name}: no such account; list them with figures users list")
    typer.echo(f"{name}: removed")
    return DONE


def _password(*, given: bool) -> str:
    if given:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CliError("no terminal to ask for the password on; pipe it in and give --password-stdin")
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _list(rows: list[dict[str, Any]], output: Format, nothing: str) -> None:
    if output is not Format.TABLE:
        write(rows, output)
        return
    if not rows:
        typer.echo(nothing)
        return
    names = list(rows[0])
    cells = [names, *([str(row[name] or "") for name in names] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(names))]
    for row in cells:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
