"""The trained spam model: features, training, calibration, inference. Only training needs the `analysis` extra."""
