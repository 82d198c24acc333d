"""Findings and charts -> the report's folder: page, charts, tables, Markdown, JSON, manifest."""
