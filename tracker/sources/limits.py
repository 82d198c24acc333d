"""How much is read at the most, so that no file can fill the memory or never end."""

FILE_BYTES = 64 * 2**20  # of one file that is read as a whole; tables on disk are read row by row and may be of any size
TEXT_CHARACTERS = 10_000_000  # of one speech: the longest novels have four million
LINE_CHARACTERS = 64 * 2**20  # of one line or cell of a table, where a letter may be written as six
ARCHIVE_MEMBERS = 100_000
ARCHIVE_BYTES = 2**30  # of everything in one archive, unpacked
ARCHIVE_RATIO = 200  # of a member's size to its packed size; prose is packed to a third or a quarter
RATIO_FROM_BYTES = 2**20  # below this a member may be packed as tightly as it likes


def told(n_bytes: int) -> str:
    """Return a number of bytes for people.

    Example:
        >>> told(64 * 2**20), told(900)
        ('64 MB', '900 bytes')
    """
    for unit, name in ((2**30, "GB"), (2**20, "MB"), (2**10, "KB")):
        if n_bytes >= unit:
            return f"{n_bytes / unit:.4g} {name}"
    return f"{n_bytes} bytes"
