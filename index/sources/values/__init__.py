"""Values as formats give them, nested, printed or missing, to texts and moments."""
