"""What every table is made on: one schema with one way of naming, and a reference that goes with its target."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Table(SQLModel):
    """Base of every table; its metadata is the whole schema."""

    metadata: ClassVar[MetaData] = _metadata


def belongs_to(target: str, *, primary_key: bool = False, index: bool = False) -> Any:
    """A reference whose row goes when the row it points at goes."""
    return Field(foreign_key=target, ondelete="CASCADE", primary_key=primary_key, index=index)
