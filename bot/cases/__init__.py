"""Questions that people answer: from the citizen's consent to the collaborators and back, none lost, none twice."""
