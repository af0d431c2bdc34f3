"""Rule-based triage of the face: pain, spasm, weakness, numbness."""
