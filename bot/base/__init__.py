"""The knowledge base: its values, and how they come from the YAML files in knowledge/ with every problem in them."""
