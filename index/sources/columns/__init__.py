"""Which columns of an archive hold which fields, and the account of what was taken from where."""
