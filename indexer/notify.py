"""Word to people outside when a run went wrong: a webhook, a mail. That it cannot be sent is said, no more."""

import smtplib
import ssl
from collections.abc import Iterable
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import httpx

from catalogue.tables import Fetch, Run
from settings import Notify
from sources.silence import hush

_SECONDS = 10.0
_TOLD = 20


class NotSent(Exception):
    """A word that did not go out; ``str()`` names the way and the fault, never an address with its password."""


def told(run: Run, fetched: Iterable[Fetch]) -> str:
    """What is sent: the run, how it ended, and each dataset that needs somebody."""
    lines = [f"실행 {run.id} ({run.job}): {run.state}", run.message]
    bad = [one for one in fetched if one.state in {"failed", "held"}]
    lines += [f"- {one.entry}: {one.message}" for one in bad[:_TOLD]]
    if len(bad) > _TOLD:
        lines.append(f"… 외 {len(bad) - _TOLD}개")
    return "\n".join(filter(None, lines))


def send(notify: Notify, subject: str, text: str) -> None:
    """By every way that is set. Raises NotSent, after all were tried."""
    faults = []
    for is_set, way in ((notify.webhook, _post), (notify.mail_to, _mail)):
        if not is_set:
            continue
        try:
            way(notify, subject, text)
        except (httpx.HTTPError, httpx.InvalidURL, smtplib.SMTPException, OSError, ValueError) as error:
            faults.append(f"{way.__name__.strip('_')}: {type(error).__name__}")
    if faults:
        raise NotSent(", ".join(faults))


def _post(notify: Notify, subject: str, text: str) -> None:
    """``text`` is what Slack, Mattermost and their like read."""
    hush()
    body = {"text": f"{subject}\n{text}", "subject": subject}
    httpx.post(notify.webhook, json=body, timeout=_SECONDS, trust_env=False).raise_for_status()


def _mail(notify: Notify, subject: str, text: str) -> None:
    """``smtps://`` from the first byte, ``smtp://`` with STARTTLS; certificates are checked."""
    where = urlsplit(notify.smtp_url)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, notify.mail_from, notify.mail_to
    message.set_content(text)
    context = ssl.create_default_context()
    host = where.hostname or ""
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, where.port or 587, timeout=_SECONDS)
    with server:
        if where.scheme != "smtps" and where.username:
            server.starttls(context=context)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(message)
