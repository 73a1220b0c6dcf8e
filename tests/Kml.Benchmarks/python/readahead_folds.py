# SPDX-License-Identifier: MIT
"""scikit-learn's network, forest and boosting on given folds: readahead_folds.py FEATURES CLASSES FOLDS

FOLDS has a line a seed: the fold of each row. Prints a line a model: its name, then its accuracy for each seed,
tab-separated. Defaults of scikit-learn, but for the network's size (KML's 5-15-5-4) and iterations.
"""
import sys
import warnings

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
x = np.loadtxt(sys.argv[1])
y = np.loadtxt(sys.argv[2]).astype(int)
folds = np.loadtxt(sys.argv[3], dtype=int, ndmin=2)
models = {
    "MLPClassifier": lambda seed: MLPClassifier((15, 5), max_iter=2000, random_state=seed),
    "RandomForestClassifier": lambda seed: RandomForestClassifier(random_state=seed),
    "HistGradientBoostingClassifier": lambda seed: HistGradientBoostingClassifier(random_state=seed),
    "GradientBoostingClassifier": lambda seed: GradientBoostingClassifier(random_state=seed),
}
for name, make in models.items():
    accuracies = []
    for seed, fold_of in enumerate(folds):
        right = 0
        for fold in range(fold_of.max() + 1):
            held_out = fold_of == fold
            model = make(seed).fit(x[~held_out], y[~held_out])
            right += (model.predict(x[held_out]) == y[held_out]).sum()
        accuracies.append(right / len(y))
    print(name, *accuracies, sep="\t", flush=True)
