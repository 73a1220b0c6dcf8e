"""The other side of `make bench-training`: idiomatic PyTorch and scikit-learn on the same rows.

Arguments: a case, the number of threads, the cores to run on (comma-separated), a folder with the rows, then what the case takes.
Prints "ready" and what runs, or "absent" and why; then, for each line read, trains an epoch (or fits once) and prints its seconds and its loss.
"""

import os
import sys
import time

CASES = {}


def case(build):
    CASES[build.__name__] = build
    return build


def rows(folder, name, kind="float32"):
    import numpy

    return numpy.fromfile(os.path.join(folder, name), dtype=kind)


def pytorch():
    """The library, with the threads that the process may use. Only cases that need it ask for it."""
    import torch

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    return torch


def minibatches(model, loss_of, inputs, targets, batch, rate):
    """An epoch: permute, slice, forward, loss, backward, Adam; tensors throughout, no DataLoader (twice as slow)."""
    torch = pytorch()
    optimiser = torch.optim.Adam(model.parameters(), lr=rate)
    count = len(inputs)

    def epoch():
        total = torch.zeros(())
        order = torch.randperm(count)
        for at in range(0, count, batch):
            chosen = order[at : at + batch]
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(model(inputs[chosen]), targets[chosen])
            loss.backward()
            optimiser.step()
            total += loss.detach() * len(chosen)
        return total.item() / count

    return epoch


@case
def mlp(folder, widths, batch, rate):
    """Relu layers under cross-entropy; first weights as Kml.Training draws them."""
    torch = pytorch()
    torch.manual_seed(1)
    widths = [int(width) for width in widths.split("-")]
    layers = []
    for below, above in zip(widths, widths[1:]):
        layer = torch.nn.Linear(below, above)
        last = len(layers) == 2 * (len(widths) - 2)
        if last:
            torch.nn.init.xavier_uniform_(layer.weight)
        else:
            torch.nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
        layers += [layer] if last else [layer, torch.nn.ReLU()]
    inputs = torch.from_numpy(rows(folder, "inputs").reshape(-1, widths[0]))
    targets = torch.from_numpy(rows(folder, "targets")).long()
    return minibatches(torch.nn.Sequential(*layers), torch.nn.functional.cross_entropy, inputs, targets, int(batch), float(rate))


@case
def lstm(folder, steps, features, units, classes, batch, rate):
    """The last hidden units of an LSTM, classified; first weights as Kml.Training draws them."""
    torch = pytorch()

    class Classifier(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = torch.nn.LSTM(int(features), int(units), batch_first=True)
            self.head = torch.nn.Linear(int(units), int(classes))
            for bias in self.lstm.bias_ih_l0, self.lstm.bias_hh_l0, self.head.bias:
                torch.nn.init.zeros_(bias)
            torch.nn.init.ones_(self.lstm.bias_ih_l0[int(units) : 2 * int(units)])
            torch.nn.init.xavier_uniform_(self.head.weight)

        def forward(self, x):
            return self.head(self.lstm(x)[0][:, -1])

    torch.manual_seed(1)
    inputs = torch.from_numpy(rows(folder, "inputs").reshape(-1, int(steps), int(features)))
    targets = torch.from_numpy(rows(folder, "targets")).long()
    return minibatches(Classifier(), torch.nn.functional.cross_entropy, inputs, targets, int(batch), float(rate))


@case
def boosting(folder, width, classes, rounds, depth):
    """Histogram boosting, a fit; the training rows' loss, which is not timed."""
    from sklearn import ensemble, metrics

    inputs, targets = rows(folder, "inputs").reshape(int(width), -1).T.copy(), rows(folder, "targets")
    kind = ensemble.HistGradientBoostingRegressor if classes == "0" else ensemble.HistGradientBoostingClassifier
    model = kind(max_iter=int(rounds), max_depth=int(depth), max_leaf_nodes=None, learning_rate=0.1, max_bins=255, early_stopping=False)

    def loss():
        if classes == "0":
            return metrics.mean_squared_error(targets, model.predict(inputs))
        return metrics.log_loss(targets, model.predict_proba(inputs))

    def fit():
        model.fit(inputs, targets)
        return loss

    return fit


def main():
    name, threads, cores, folder, *arguments = sys.argv[1:]
    os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
    os.environ["OMP_NUM_THREADS"] = threads
    try:
        run = CASES[name](folder, *arguments)
    except ImportError as error:
        print(f"absent\t{error}", flush=True)
        return
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        loss = run()
        seconds = time.perf_counter() - start
        print(f"{seconds!r}\t{loss() if callable(loss) else loss!r}", flush=True)


main()
