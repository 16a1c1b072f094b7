"""What two bases say differently: in facts, in where questions lead, in the talks that are open."""
