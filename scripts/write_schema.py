"""Write the published JSON Schemas: evidence-map.json, labelled passages. Run after a change of the records."""

from pathlib import Path

from evidence_kit.reports import data
from evidence_kit.training import corpus

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "docs" / "evidence-map.schema.json"
PASSAGES = ROOT / "corpus_samples" / "passages" / "schema.json"

if __name__ == "__main__":
    for path, made in ((PUBLISHED, data.schema_bytes()), (PASSAGES, corpus.schema_bytes())):
        path.write_bytes(made)
        print(f"Wrote {path}")
