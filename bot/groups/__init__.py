"""The engine of interconnected groups, pure: what somebody's answers come to."""
