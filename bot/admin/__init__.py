"""Tools for who keeps the knowledge: what to look at again, what is due, drafts, and how it looks to a citizen."""
