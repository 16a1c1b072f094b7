"""The screens of a group: its questions one by one, then the plan, its pages and each step."""
