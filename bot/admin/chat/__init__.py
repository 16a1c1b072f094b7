"""What admins do by chat: commands, and files on their way to the citizens."""
