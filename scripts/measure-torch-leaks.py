"""What `detach-loss` and `no-grad` save: MiB of the process, each case in a process of its own.

    python3 scripts/measure-torch-leaks.py

`held` is what the process has more than before once the loop is done, `trimmed` the same after malloc_trim(0): the
difference lies in gaps between what is used. `peak` is its largest size meanwhile.
"""

import contextlib
import ctypes
import resource
import subprocess
import sys

CASES = {
    "training, losses.append(loss)": ("train", lambda kept, loss: kept.append(loss)),
    "training, losses.append(loss.detach())": ("train", lambda kept, loss: kept.append(loss.detach())),
    "asking, losses.append(loss)": ("ask", lambda kept, loss: kept.append(loss)),
    "asking, losses.append(loss.detach())": ("ask", lambda kept, loss: kept.append(loss.detach())),
    "asking a deep net, losses.append(loss.item())": ("deep", lambda kept, loss: kept.append(loss.item())),
    "the same under torch.no_grad()": ("deep-no-grad", lambda kept, loss: kept.append(loss.item())),
}


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def run(name):
    import torch
    from torch import nn

    mode, keep = CASES[name]
    torch.manual_seed(0)
    torch.set_num_threads(1)
    is_deep = mode.startswith("deep")
    layers = [(512, 512)] * 6 if is_deep else [(64, 256), (256, 256)]
    steps, batch = (4, 2048) if is_deep else (200, 512)
    net = nn.Sequential(
        *[part for a, b in layers for part in (nn.Linear(a, b), nn.ReLU())], nn.Linear(layers[-1][1], 10)
    )
    inputs, targets = torch.randn(batch, layers[0][0]), torch.randint(0, 10, (batch,))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    criterion = nn.CrossEntropyLoss()
    criterion(net(inputs[:32]), targets[:32]).backward()
    kept, before = [], resident()
    with torch.no_grad() if mode == "deep-no-grad" else contextlib.nullcontext():
        for _ in range(steps):
            loss = criterion(net(inputs), targets)
            if mode == "train":
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            keep(kept, loss)
    del loss
    held, peak = resident() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    print(f"{name:48} peak {peak:6.0f}   held {held:6.0f}   trimmed {max(0.0, resident() - before):6.0f}")


if len(sys.argv) > 1:
    run(sys.argv[1])
else:
    for case in CASES:
        subprocess.run([sys.executable, __file__, case], check=True)
