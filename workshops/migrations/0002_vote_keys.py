"""Foreign keys of votes that hold at once: Django's own are deferred to the commit, where one bad row takes its batch down."""

from __future__ import annotations

from django.db import migrations

KEYS = {
    "participant_id": "workshops_participant",
    "item_id": "workshops_item",
    "criterion_id": "workshops_criterion",
}


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE workshops_vote ADD CONSTRAINT vote_{column} FOREIGN KEY ({column})"
            f" REFERENCES {table} (id) ON DELETE CASCADE NOT DEFERRABLE",
            f"ALTER TABLE workshops_vote DROP CONSTRAINT vote_{column}",
        )
        for column, table in KEYS.items()
    ]
