"""The bot seen from outside: a process, a Bot API server and the people who write to it."""
