"""The brain: knowledge in, decisions out. It knows no messenger."""
