"""What Alembic runs first: the migrations go through the connection that `services.schema` holds open."""

from __future__ import annotations

from alembic import context

from claims_desk.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
