"""Numbers -> claims with evidence and caveats."""
