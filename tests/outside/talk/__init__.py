"""Talks with one bot that serves them all, as it serves a commune; each test has its own chats."""
