"""Staff: who they are, whether a password is theirs, and who is logged in. Failures count for all web workers."""

import hashlib
import hmac
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import LoginFailure, Staff, StaffSession

VIEWER, OPERATOR, PUBLISHER, ADMIN = "viewer", "operator", "publisher", "admin"
ROLES = (VIEWER, OPERATOR, PUBLISHER, ADMIN)
"""Each may what those before it may."""

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
FAILURES_WINDOW = timedelta(minutes=15)
MOST_FAILURES_OF_ACCOUNT, MOST_FAILURES_OF_ADDRESS = 5, 20
SHORTEST_PASSWORD = 10
_NAME = re.compile(r"[0-9A-Za-z가-힣._-]{2,60}")


class StaffError(Exception):
    """A name, role or password that cannot be; says what to write."""


class Refused(Exception):
    """A login that is not let in: wrong, or too many failures before. ``too_many`` tells them apart."""

    def __init__(self, *, too_many: bool) -> None:
        super().__init__("too many failures" if too_many else "wrong name or password")
        self.too_many = too_many


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in. ``csrf`` goes with every form of theirs."""

    name: str
    role: str
    csrf: str

    def may(self, role: str) -> bool:
        return has(self.role, role)


class Passwords:
    """argon2id. Two at a time: each takes 64 MiB and a quarter of a second, and a flood of them the machine."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._at_once = threading.Semaphore(2)
        self._nobody = ""

    def hashed(self, password: str) -> str:
        with self._at_once:
            return self._hasher.hash(password)

    def is_right(self, kept: str | None, password: str) -> bool:
        """As long for a name that nobody has: the time tells nothing."""
        if kept is None and not self._nobody:
            self._nobody = self.hashed(secrets.token_hex())
        with self._at_once:
            try:
                self._hasher.verify(self._nobody if kept is None else kept, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None


def add(catalogue: Catalogue, passwords: Passwords, name: str, role: str, password: str) -> None:
    """Make or change somebody; who is changed has to log in again. Raises StaffError."""
    if not _NAME.fullmatch(name):
        raise StaffError(f"{name!r}: a name has 2 to 60 letters, digits, dots or hyphens")
    if role not in ROLES:
        raise StaffError(f"{role!r} is no role: {', '.join(ROLES)}")
    if len(password) < SHORTEST_PASSWORD:
        raise StaffError(f"a password has at least {SHORTEST_PASSWORD} characters")
    kept = passwords.hashed(password)
    with catalogue.session() as session:
        there = session.get(Staff, name)
        if there is None:
            session.add(Staff(name=name, role=role, password=kept, since=now()))
        else:
            there.role, there.password = role, kept
            session.execute(delete(StaffSession).where(StaffSession.name == name))


def remove(catalogue: Catalogue, name: str) -> bool:
    """Gives whether there was such a one."""
    with catalogue.session() as session:
        there = session.get(Staff, name)
        if there is None:
            return False
        session.execute(delete(StaffSession).where(StaffSession.name == name))
        session.delete(there)
        return True


def everyone(catalogue: Catalogue) -> list[Staff]:
    with catalogue.reading() as session:
        return list(session.scalars(select(Staff).order_by(Staff.name)))


def login(
    catalogue: Catalogue, passwords: Passwords, name: str, password: str, address: str, secret: str = ""
) -> str:
    """The token of a new session. Raises Refused."""
    _check(catalogue, passwords, name, password, address)
    at = now()
    token = secrets.token_urlsafe(32)
    with catalogue.session() as session:
        session.execute(delete(StaffSession).where(StaffSession.began_at < at - LONGEST))
        session.add(StaffSession(token=_kept(token, secret), name=name, began_at=at, seen_at=at))
    return token


def confirm(
    catalogue: Catalogue, passwords: Passwords, name: str, password: str, address: str, role: str
) -> None:
    """That somebody is who they say, and of the role or one above it. Raises Refused, StaffError."""
    _check(catalogue, passwords, name, password, address)
    with catalogue.reading() as session:
        there = session.get_one(Staff, name).role
    if not has(there, role):
        raise StaffError(f"{name} is {there}: somebody who is {role} has to")


def has(there: str, role: str) -> bool:
    """Whether who is the one may do what needs the other."""
    return ROLES.index(there) >= ROLES.index(role)


def _check(catalogue: Catalogue, passwords: Passwords, name: str, password: str, address: str) -> None:
    """Whether a password is theirs; failures are counted by account and by address. Raises Refused."""
    at = now()
    keys = {_who("name", name): MOST_FAILURES_OF_ACCOUNT, _who("from", address): MOST_FAILURES_OF_ADDRESS}
    with catalogue.reading() as session:
        for who, most in keys.items():
            wanted = select(func.count()).where(
                LoginFailure.who == who, LoginFailure.at > at - FAILURES_WINDOW
            )
            if (session.scalars(wanted).one() or 0) >= most:
                raise Refused(too_many=True)
        there = session.get(Staff, name)
        kept = there.password if there else None
    if not passwords.is_right(kept, password):
        with catalogue.session() as session:
            session.add_all(LoginFailure(who=who, at=at) for who in keys)
            session.execute(delete(LoginFailure).where(LoginFailure.at < at - 4 * FAILURES_WINDOW))
        raise Refused(too_many=False)
    with catalogue.session() as session:
        session.execute(delete(LoginFailure).where(LoginFailure.who == _who("name", name)))


def who(catalogue: Catalogue, token: str, secret: str = "") -> Person | None:
    """Who holds a token; None where it has run out, or never was one."""
    at = now()
    with catalogue.reading() as session:
        there = session.get(StaffSession, _kept(token, secret))
        person = session.get(Staff, there.name) if there else None
        if there is None or person is None or _has_ended(there, at):
            return None
        found, seen = Person(person.name, person.role, _csrf(token)), there.seen_at
    if at - seen > timedelta(minutes=1):
        with catalogue.session() as session:
            if (row := session.get(StaffSession, _kept(token, secret))) is not None:
                row.seen_at = at
    return found


def logout(catalogue: Catalogue, token: str, secret: str = "") -> None:
    with catalogue.session() as session:
        session.execute(delete(StaffSession).where(StaffSession.token == _kept(token, secret)))


def _has_ended(session: StaffSession, at: datetime) -> bool:
    return at - session.seen_at > IDLE or at - session.began_at > LONGEST


def _kept(token: str, secret: str) -> str:
    """Whoever reads the catalogue holds no session; another secret of the operator ends them all."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _csrf(token: str) -> str:
    return hashlib.sha256(f"csrf {token}".encode()).hexdigest()[:32]


def _who(kind: str, text: str) -> str:
    """Of an account or an address, so that what was typed by mistake stands nowhere."""
    return f"{kind} {hashlib.sha256(text.encode()).hexdigest()}"
