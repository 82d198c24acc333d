"""Records -> figures: every chart is a `data(...)` that chooses and a `draw(...)` that only draws."""
