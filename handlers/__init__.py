"""The channels: they translate between a messenger and the brain, and decide nothing."""
