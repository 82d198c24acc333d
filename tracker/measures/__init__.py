"""Arrays in, small frozen records out: every statistic the product reports, one measure a file."""
