"""All cells of the calibration, in the order of docs/calibration.md."""

from __future__ import annotations

import coding_cells
import real_cells
import series_cells
import shift_cells
import single_cells
import words_cells

MODULES = (shift_cells, single_cells, words_cells, series_cells, coding_cells, real_cells)
CELLS = tuple(cell for module in MODULES for cell in module.CELLS)
INTRODUCTIONS = {claim: text for module in MODULES for claim, text in module.INTRODUCTIONS.items()}
REAL = frozenset(cell.id for cell in real_cells.CELLS)
