"""PostgreSQL samples values of each column for its planner and keeps them when their rows are gone; here it keeps none.

What is sampled are names, chats, texts and places of envelopes, in a small installation all of them. No query of the
product needs it: each finds its rows by a key (docs/decisions/0037-no-samples.md).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import Connection

_SAMPLED: Final = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), s.attname IS NOT NULL
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
LEFT JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = c.relname AND s.attname = a.attname
WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attstattarget IS DISTINCT FROM 0 OR s.attname IS NOT NULL)
"""


def keep_no_samples(connection: Connection) -> None:
    """Let no column be sampled from now on, and forget what was; on another database nothing happens.

    Copies of what is forgotten go from the files at the next ``storage.database.checkpoint``.
    """
    if connection.dialect.name != "postgresql":
        return
    changes: defaultdict[str, list[str]] = defaultdict(list)
    for table, column, kind, is_kept in connection.exec_driver_sql(_SAMPLED):
        changes[table].append(f'ALTER COLUMN "{column}" SET STATISTICS 0')
        if is_kept:  # what was sampled does not go by itself, also when it is the same type as before
            changes[table].append(f'ALTER COLUMN "{column}" TYPE {kind}')
    for table, parts in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(parts)}')
