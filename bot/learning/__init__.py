"""How the bot learns from those it answers and those who answer for it: opinions, suggestions, lessons."""
