"""Write the published JSON Schema of evidence-map.json; run after a change of the records."""

from pathlib import Path

from evidence_kit.reports.data import schema_bytes

PUBLISHED = Path(__file__).resolve().parents[1] / "docs" / "evidence-map.schema.json"

if __name__ == "__main__":
    PUBLISHED.write_bytes(schema_bytes())
    print(f"Wrote {PUBLISHED}")
