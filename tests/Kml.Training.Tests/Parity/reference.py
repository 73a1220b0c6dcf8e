"""Small networks trained for ten steps by PyTorch; the tests hold the library's layers, losses and optimisers against what this prints.

Usage: /usr/bin/python3 reference.py > reference.tsv

A line: network, optimiser, quantity, values. Networks, weights, inputs and labels are those of ParityNetworks.cs: numbers come from a linear congruential
generator that both sides run, in the library's order. Quantities: outputs of the first batch before training, [step][unit][row]; the loss of each step;
the parameters after ten steps, layer after layer, as the library lays them out.
"""
import numpy as np
import torch
from torch import nn

ROWS, BATCHES, STEPS = 24, 2, 10
OPTIMISERS = {
    "sgd": (torch.float32, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    "adam": (torch.float64, lambda p: torch.optim.Adam(p, lr=0.01)),
    "adamw": (torch.float64, lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05)),
}


class Generator:
    """Knuth's MMIX generator; 24 bits of each state, from -1 to below 1, exact in every type."""

    def __init__(self, seed):
        self.state = seed

    def draw(self, *shape):
        values = []
        for _ in range(int(np.prod(shape))):
            self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
            values.append((self.state >> 40) / 2.0**23 - 1)
        return torch.tensor(np.array(values).reshape(shape))


# Each part: forward of [row][step][unit], and its parameters between PyTorch's tensors and the library's flat order.

class Part(nn.Module):
    def tensors(self):
        """(PyTorch's tensor, how its axes are ordered in the library)."""
        raise NotImplementedError

    def load(self, generator):
        for tensor, axes in self.tensors():
            drawn = generator.draw(*[tensor.shape[a] for a in axes]) * 0.5
            tensor.data = drawn.permute(*np.argsort(axes)).to(tensor.dtype).contiguous()

    def flat(self):
        return [tensor.detach().permute(*axes).reshape(-1) for tensor, axes in self.tensors()]


class Dense(Part):
    def __init__(self, inputs, units, activation=None):
        super().__init__()
        self.inner, self.activation = nn.Linear(inputs, units), activation or (lambda x: x)

    def tensors(self):
        return [(self.inner.weight, (1, 0)), (self.inner.bias, (0,))]

    def forward(self, x):
        return self.activation(self.inner(x))


class Recurrent(Part):
    def __init__(self, kind, inputs, units, every=False, carries=False):
        super().__init__()
        self.inner, self.every, self.carries, self.state = kind(inputs, units, batch_first=True), every, carries, None

    def tensors(self):
        n = self.inner
        return [(n.weight_ih_l0, (1, 0)), (n.weight_hh_l0, (1, 0)), (n.bias_ih_l0, (0,)), (n.bias_hh_l0, (0,))]

    def forward(self, x):
        y, state = self.inner(x, self.state)
        if self.carries:
            self.state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        return y if self.every else y[:, -1:]


class Convolution(Part):
    def __init__(self, inputs, channels, kernel, stride, activation):
        super().__init__()
        self.inner, self.activation = nn.Conv1d(inputs, channels, kernel, stride), activation

    def tensors(self):
        return [(self.inner.weight, (2, 1, 0)), (self.inner.bias, (0,))]

    def forward(self, x):
        return self.activation(self.inner(x.transpose(1, 2)).transpose(1, 2))


class Embedding(Part):
    def __init__(self, feature, count, size):
        super().__init__()
        self.feature, self.inner = feature, nn.Embedding(count, size)

    def tensors(self):
        return [(self.inner.weight, (0, 1))]

    def forward(self, x):
        f = self.feature
        return torch.cat([x[..., :f], self.inner(x[..., f].long()), x[..., f + 1:]], -1)


class Norm(Part):
    def __init__(self, units):
        super().__init__()
        self.inner = nn.LayerNorm(units)

    def tensors(self):
        return [(self.inner.weight, (0,)), (self.inner.bias, (0,))]

    def forward(self, x):
        return self.inner(x)


class Flatten(Part):
    def tensors(self):
        return []

    def forward(self, x):
        return x.reshape(x.shape[0], 1, -1)


RELU, LEAKY, TANH, SIGMOID = torch.relu, nn.LeakyReLU(0.01), torch.tanh, torch.sigmoid

# Name: steps, features, classes (0 for a regression), the feature that is an index and below what, parts.
NETWORKS = {
    "dense": (1, 5, 4, None, lambda: [Dense(5, 7, RELU), Dense(7, 6, TANH), Dense(6, 5, SIGMOID), Dense(5, 4)]),
    "lstm": (6, 3, 3, None, lambda: [Recurrent(nn.LSTM, 3, 9), Dense(9, 3)]),
    "lstm_every": (6, 3, 0, None, lambda: [Recurrent(nn.LSTM, 3, 5, every=True), Recurrent(nn.LSTM, 5, 4, every=True), Dense(4, 1)]),
    "lstm_carried": (4, 3, 0, None, lambda: [Dense(3, 4, LEAKY), Recurrent(nn.LSTM, 4, 5, carries=True), Dense(5, 1)]),
    "gru": (6, 3, 0, None, lambda: [Recurrent(nn.GRU, 3, 9), Dense(9, 1)]),
    "gru_every": (6, 3, 3, None, lambda: [Recurrent(nn.GRU, 3, 5, every=True), Recurrent(nn.GRU, 5, 4, every=True), Dense(4, 3)]),
    "gru_carried": (4, 3, 3, None, lambda: [Recurrent(nn.GRU, 3, 5, every=True, carries=True), Dense(5, 3)]),
    "convolution": (9, 3, 0, None, lambda: [Convolution(3, 6, 3, 2, RELU), Flatten(), Dense(24, 1)]),
    "convolution_lstm": (8, 3, 3, None, lambda: [Convolution(3, 4, 2, 1, TANH), Recurrent(nn.LSTM, 4, 5), Dense(5, 3)]),
    "embedding": (1, 4, 3, (1, 6), lambda: [Embedding(1, 6, 3), Dense(6, 5, TANH), Dense(5, 3)]),
    "embedding_gru": (5, 3, 0, (0, 4), lambda: [Embedding(0, 4, 2), Recurrent(nn.GRU, 4, 5), Dense(5, 1)]),
    "normalised": (1, 5, 0, None, lambda: [Dense(5, 6), Norm(6), Dense(6, 4, LEAKY), Dense(4, 1)]),
}


def run(index, name, optimiser):
    steps, features, classes, discrete, parts = NETWORKS[name]
    dtype, make = OPTIMISERS[optimiser]
    net = nn.Sequential(*parts()).to(dtype)
    generator = Generator(index + 1)
    for part in net:
        part.load(generator)
    every = any(isinstance(p, Recurrent) and p.every for p in net)
    batches = []
    for _ in range(BATCHES):
        x = generator.draw(steps, features, ROWS)
        if discrete:
            feature, count = discrete
            x[:, feature] = ((x[:, feature] + 1) / 2 * count).floor()
        t = generator.draw(steps if every else 1, ROWS)
        if classes:
            t = ((t + 1) / 2 * classes).floor()
        batches.append((x.permute(2, 0, 1).to(dtype), t.permute(1, 0)))

    step_with, outputs, losses = make(net.parameters()), None, []
    for step in range(STEPS):
        x, t = batches[step % BATCHES]
        step_with.zero_grad()
        y = net(x)
        if outputs is None:
            outputs = y.detach().permute(1, 2, 0).reshape(-1)
        if classes:
            loss = nn.functional.cross_entropy(y.reshape(-1, classes), t.reshape(-1).long())
        else:
            loss = nn.functional.mse_loss(y[..., 0], t.to(dtype))
        loss.backward()
        step_with.step()
        losses.append(loss.item())
    parameters = torch.cat([f for part in net for f in part.flat()])
    # Nine digits tell floats apart; of doubles, more than the tests' tolerance needs.
    digits = 9 if dtype == torch.float32 else 13
    for quantity, values in (("outputs", outputs.tolist()), ("losses", losses), ("parameters", parameters.tolist())):
        print(name, optimiser, quantity, " ".join(f"{v:.{digits}g}" for v in values), sep="\t")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for i, key in enumerate(NETWORKS):
        for how in OPTIMISERS:
            run(i, key, how)
