"""What citizens asked and the bot could not answer: counted by week and field, sorted into what many ask for."""
