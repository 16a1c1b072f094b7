"""Groups as diagrams, for who keeps the knowledge: as Mermaid, and drawn."""
