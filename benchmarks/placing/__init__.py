"""How well the place of a figure is chosen among those named, and the fit of the weights that choose it."""
