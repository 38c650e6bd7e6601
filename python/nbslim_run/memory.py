"""The memory of a process and its children, in bytes."""

import os
import threading

try:
    import psutil
except ImportError:
    psutil = None

#: Seconds between two looks at what can only be sampled.
INTERVAL = 0.02


def is_exact():
    """Whether the kernel keeps a high-water mark for each process that can be set back."""
    return os.path.exists("/proc/self/clear_refs") and os.path.exists("/proc/self/status")


def can_measure():
    return is_exact() or psutil is not None


class Meter:
    """Measures one process: `start` a cell, then `stop` gives (peak, held)."""

    def __init__(self, pid):
        self.pid = pid
        self.exact = is_exact()
        self.stopped = threading.Event()
        self.stopped.set()
        self.sampled = 0
        self.thread = None

    def held(self):
        if self.exact:
            return status(self.pid, "VmRSS") + self.children()
        return sampled_memory(self.pid)

    def children(self):
        """What the process's children have to themselves. One whose sizes are the process's own to the page is the process by
        another number: between `vfork` and `exec`, as `subprocess` starts a program.
        """
        own = sizes(self.pid)
        return sum(private(child) for child in descendants(self.pid) if sizes(child) != own)

    def start(self):
        self.sampled = 0
        if self.exact:
            try:
                with open(f"/proc/{self.pid}/clear_refs", "w", encoding="ascii") as file:
                    file.write("5")
            except OSError:
                self.exact = False
        self.stopped.clear()
        self.thread = threading.Thread(target=self.sample, daemon=True)
        self.thread.start()

    def stop(self):
        self.stopped.set()
        self.thread.join()
        held = self.held()
        if not self.exact:
            return max(self.sampled, held), held
        # The process's own peak is exact; its children's, which may come and go, are sampled.
        return max(status(self.pid, "VmHWM") + self.sampled, held), held

    def sample(self):
        """Until the cell ends: the children's memory, or all of it where nothing is exact."""
        while True:
            if self.exact:
                now = self.children()
            else:
                now = sampled_memory(self.pid)
            self.sampled = max(self.sampled, now)
            if self.stopped.wait(INTERVAL):
                return


def sizes(pid, file="status"):
    """Bytes by field, of those that are told in kB; nothing of a process that has ended."""
    found = {}
    try:
        with open(f"/proc/{pid}/{file}", encoding="ascii", errors="replace") as lines:
            for line in lines:
                field, _, value = line.partition(":")
                if value.endswith(" kB\n"):
                    found[field] = int(value[:-4]) * 1024
    except OSError:
        pass
    return found


def status(pid, field):
    return sizes(pid).get(field, 0)


def private(pid):
    """What a child has to itself. What it shares with its parent, all of it when it has just been forked, the parent's own
    figure counts already: with a proportional part of that a process that does nothing but fork seemed to grow by half.
    """
    own = sizes(pid, "smaps_rollup")
    return own.get("Private_Clean", 0) + own.get("Private_Dirty", 0)


def descendants(pid):
    """The ids of a process's children, and of theirs."""
    found = []
    waiting = [pid]
    while waiting:
        for child in children(waiting.pop()):
            found.append(child)
            waiting.append(child)
    return found


def children(pid):
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return children_by_psutil(pid) if not is_exact() else []
    found = []
    for task in tasks:
        try:
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                found.extend(int(child) for child in file.read().split())
        except OSError:
            pass  # the thread has ended
    return found


def children_by_psutil(pid):
    if psutil is None:
        return []
    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.Error:
        return []


def sampled_memory(pid):
    if psutil is None:
        return 0
    total = 0
    try:
        process = psutil.Process(pid)
        for one in [process, *process.children(recursive=True)]:
            try:
                total += one.memory_info().rss
            except psutil.Error:
                pass
    except psutil.Error:
        pass
    return total
