"""Lists of words made and mended: drafted from a corpus, widened, read from and written to other tools' files."""
