"""What tests of scans look at: how many there are, what lies where, and what verify says of it."""

from __future__ import annotations

from sqlalchemy import func, select

from claims_desk.queries.scans import pages_of_claim
from claims_desk.services.scan_store import store_of
from claims_desk.services.verify import verify


def count(db, kind):
    return db.read(lambda session: session.execute(select(func.count()).select_from(kind)).scalar_one())


def faults(db):
    return [str(fault) for finding in verify(db) for fault in finding.faults]


def attached(db, claim_id):
    return db.read(pages_of_claim, claim_id)


def names(db):
    return db.read(lambda session: list(store_of(session).names()))


def spoil(db, sha256, content):
    """Change or take away a scan as somebody with the file or the server in his hands would."""
    with db.session() as session:
        store = store_of(session)
        store.drop(sha256)
        if content is not None:
            store.keep(sha256, content)
        session.commit()


def url_of(db):
    return db.engine.url.render_as_string(hide_password=False)
