"""The pure engine of interconnected groups: days on which things are due."""
