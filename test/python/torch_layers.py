"""Which layers and functions of PyTorch give the same bits with and without a graph; with names, of these only.

Each is made with fixed weights and asked, as in an evaluation and as in a training with no random parts, with and without
`torch.no_grad()`, over several sizes: some that fill vectors and blocks of a matrix product, some that do not. Weights are
as they come from the constructor, so that a graph is wanted where there is no `no_grad`.

Standard output: JSON, {name: true, false, or the exception's type}.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch import nn

SIZES = (1, 3, 8, 17, 64)


def images(n):
    return torch.randn(n, 4, 16, 15)


def rows(n):
    return torch.randn(n, 32)


def steps(n):
    return torch.randn(n, 7, 32)


def indices(n):
    return torch.randint(0, 50, (n, 7))


#: A layer, and what it is given.
LAYERS = {
    "Linear": [(lambda: nn.Linear(32, 10), rows), (lambda: nn.Linear(32, 33), steps), (lambda: nn.Linear(32, 1, bias=False), rows)],
    "Conv1d": [(lambda: nn.Conv1d(7, 5, 3), steps), (lambda: nn.Conv1d(7, 8, 5, padding=2, stride=2), steps)],
    "Conv2d": [(lambda: nn.Conv2d(4, 6, 3), images), (lambda: nn.Conv2d(4, 16, 5, padding=2, stride=2, bias=False), images), (lambda: nn.Conv2d(4, 8, 1), images), (lambda: nn.Conv2d(4, 8, 3, groups=4), images), (lambda: nn.Conv2d(4, 8, 3, dilation=2), images)],
    "Conv3d": [(lambda: nn.Conv3d(1, 3, 3), lambda n: torch.randn(n, 1, 6, 6, 6))],
    "ConvTranspose2d": [(lambda: nn.ConvTranspose2d(4, 6, 3), images), (lambda: nn.ConvTranspose2d(4, 6, 4, stride=2, padding=1), images)],
    "MaxPool1d": [(lambda: nn.MaxPool1d(2), steps)],
    "MaxPool2d": [(lambda: nn.MaxPool2d(2), images), (lambda: nn.MaxPool2d(3, stride=2, padding=1), images)],
    "AvgPool2d": [(lambda: nn.AvgPool2d(2), images), (lambda: nn.AvgPool2d(3, stride=2), images)],
    "AdaptiveAvgPool2d": [(lambda: nn.AdaptiveAvgPool2d(1), images), (lambda: nn.AdaptiveAvgPool2d((3, 5)), images)],
    "AdaptiveMaxPool2d": [(lambda: nn.AdaptiveMaxPool2d(1), images), (lambda: nn.AdaptiveMaxPool2d((3, 5)), images)],
    "BatchNorm1d": [(lambda: nn.BatchNorm1d(32), rows), (lambda: nn.BatchNorm1d(7), steps)],
    "BatchNorm2d": [(lambda: nn.BatchNorm2d(4), images)],
    "LayerNorm": [(lambda: nn.LayerNorm(32), rows), (lambda: nn.LayerNorm([7, 32]), steps)],
    "GroupNorm": [(lambda: nn.GroupNorm(2, 4), images)],
    "Embedding": [(lambda: nn.Embedding(50, 16), indices), (lambda: nn.Embedding(50, 16, padding_idx=0), indices)],
    "RNN": [(lambda: nn.RNN(32, 9, batch_first=True), steps), (lambda: nn.RNN(32, 9, num_layers=2), steps), (lambda: nn.RNN(32, 9, bidirectional=True), steps)],
    "GRU": [(lambda: nn.GRU(32, 9, batch_first=True), steps), (lambda: nn.GRU(32, 9, num_layers=2), steps), (lambda: nn.GRU(32, 9, bidirectional=True), steps)],
    **{name: [(lambda name=name: getattr(nn, name)(), rows), (lambda name=name: getattr(nn, name)(), images)] for name in "Flatten ReLU LeakyReLU ELU GELU SiLU Sigmoid Tanh Softplus Identity Dropout Dropout2d".split() if name != "Dropout2d"},
    "Dropout2d": [(nn.Dropout2d, images)],
    **{name: [(lambda name=name: getattr(nn, name)(dim=1), rows), (lambda name=name: getattr(nn, name)(dim=-1), steps)] for name in ("Softmax", "LogSoftmax")},
}

#: A function of what a layer gave, so that a graph stands behind it.
FUNCTIONS = {
    **{name: [(lambda x, name=name: getattr(F, name)(x), rows)] for name in "relu leaky_relu elu gelu sigmoid tanh".split()},
    **{name: [(lambda x, name=name: getattr(F, name)(x, dim=1), rows)] for name in ("softmax", "log_softmax")},
    **{name: [(lambda x, name=name: getattr(F, name)(x, 2), images)] for name in ("max_pool2d", "avg_pool2d")},
    "dropout": [(lambda x: F.dropout(x, training=False), rows)],
    "flatten": [(lambda x: torch.flatten(x, 1), images), (lambda x: x.flatten(1), images)],
    "view": [(lambda x: x.view(x.size(0), -1), images)],
    "reshape": [(lambda x: x.reshape(x.size(0), -1), images)],
    "squeeze": [(lambda x: x[:, :1].squeeze(), rows)],
    "unsqueeze": [(lambda x: x.unsqueeze(1), rows)],
    "mean": [(lambda x: x.mean(), images), (lambda x: x.mean(dim=1), rows), (lambda x: torch.mean(x, (2, 3)), images)],
    "sum": [(lambda x: x.sum(), images), (lambda x: x.sum(1), rows), (lambda x: torch.sum(x), rows)],
    "cat": [(lambda x: torch.cat([x, x], dim=1), rows)],
    "permute": [(lambda x: x.permute(0, 2, 1).contiguous(), steps)],
    "transpose": [(lambda x: x.transpose(1, 2), steps)],
    "contiguous": [(lambda x: x.transpose(1, 2).contiguous(), steps)],
    "unflatten": [(lambda x: x.unflatten(1, (4, 8)), rows)],
}


def same(a, b):
    if isinstance(a, tuple):
        return all(same(x, y) for x, y in zip(a, b))
    return a.dtype == b.dtype and a.shape == b.shape and torch.equal(a, b)


def check_layer(make, data):
    torch.manual_seed(0)
    layer = make()
    for evaluates in (True, False):
        layer.train(not evaluates)
        if not evaluates and any("Dropout" in type(part).__name__ or getattr(part, "dropout", 0) for part in layer.modules()):
            continue
        for size in SIZES:
            if not evaluates and size == 1:
                continue
            given = data(size)
            with_graph = layer(given)
            with torch.no_grad():
                without = layer(given)
            if not same(with_graph, without):
                return False
    return True


def check_function(function, data):
    torch.manual_seed(0)
    for size in SIZES:
        given = data(size)
        wanted = given.clone().requires_grad_()
        with_graph = function(wanted * 1.5)
        with torch.no_grad():
            without = function(wanted * 1.5)
        if not same(with_graph, without):
            return False
    return True


def outcome(check, cases):
    try:
        return all(check(*case) for case in cases)
    except Exception as error:
        return type(error).__name__


names = set(sys.argv[1:])
answers = {name: outcome(check_layer, cases) for name, cases in LAYERS.items() if not names or name in names}
answers |= {name: outcome(check_function, cases) for name, cases in FUNCTIONS.items() if not names or name in names}
json.dump({"torch": torch.__version__, "same": answers}, sys.stdout)
