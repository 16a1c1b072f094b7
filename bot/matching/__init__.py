"""What a noisy question means: a score proposes, a margin decides between answering, asking and not knowing."""
