"""Who may log in, and the keys that this installation made for itself. Checking a password is `monitor.accounts`."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.store.rows import SecretRow, UserRow


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """role: reviewer or admin. password: a salted hash."""

    name: str
    role: str
    password: str = field(repr=False)
    active: bool = True


def get(session: Session, name: str) -> User | None:
    row = session.get(UserRow, name)
    return User(name=row.name, role=row.role, password=row.password, active=row.active) if row else None


def keep(session: Session, user: User, now: datetime) -> None:
    row = session.get(UserRow, user.name) or UserRow(name=user.name, password="", created_at=now)
    row.role, row.password, row.active = user.role, user.password, user.active
    session.add(row)
    session.flush()


def listed(session: Session) -> tuple[User, ...]:
    rows = session.exec(select(UserRow).order_by(col(UserRow.name)))
    return tuple(User(name=r.name, role=r.role, password=r.password, active=r.active) for r in rows)


def secret(session: Session, name: str, fresh: str) -> str:
    """The key called `name`; `fresh` becomes it when there is none yet."""
    row = session.get(SecretRow, name)
    if row is None:
        row = SecretRow(name=name, value=fresh)
        session.add(row)
        session.flush()
    return row.value
