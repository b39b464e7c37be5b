"""How well ``confidence`` holds, and the fit of its weights."""
