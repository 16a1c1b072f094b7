"""What is said: a turn of the talk, its screens, the walk through a group, the cases for people."""
