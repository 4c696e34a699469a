"""Models from labelled passages: training, evaluation, the model card. The only home of scikit-learn."""
