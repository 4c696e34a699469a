"""What comes out: data files and pages that only read the evidence map."""
