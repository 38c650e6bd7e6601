"""Runs a notebook's cells in a real Jupyter kernel and says what each showed, and what memory the kernel needed.

The first line of standard input is the request, as JSON; the input stays open for as long as somebody wants the answer:
when it ends, so does the run. Each line of standard output is a JSON object with a "type": "started", "cell" for each cell
that ran, then "finished", or "failed" with a sentence. See src/verify/run-notebook.ts.
"""

import json
import os
import queue
import signal
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))

#: The kernel inherits descriptor 1, and what a C library prints there must not come between our lines.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def say(message_type, **members):
    # Surrogates of a notebook's own text are escaped by JSON.
    print(json.dumps({"type": message_type, **members}), file=answers, flush=True)


try:
    import zmq
    from jupyter_client import KernelManager
    from jupyter_client.kernelspec import KernelSpec, NoSuchKernel
except ImportError as error:
    reason = f"{sys.executable} has no jupyter_client ({error}); install it with: {sys.executable} -m pip install jupyter_client ipykernel"
    say("failed", stage="start", why=reason, cell=None)
    sys.exit(0)

from memory import Meter, can_measure, descendants  # noqa: E402
from outputs import Outputs  # noqa: E402
from workplace import TooLarge, Workplace  # noqa: E402


#: Bytes: a socket's path has 104 on macOS and 108 elsewhere, and jupyter_client adds a number.
LONGEST_SOCKET = 96


class Failure(Exception):
    """The run can not go on: `stage` is "start", "cell" or "end"."""

    def __init__(self, stage, why, cell=None):
        super().__init__(why)
        self.stage = stage
        self.cell = cell


class Kernel:
    """One kernel, from its start to the death of the last of its processes."""

    def __init__(self, request, directory, place):
        self.request = request
        context = zmq.Context()
        # Else zmq drops what comes in faster than it is read,
        context.rcvhwm = 0
        # and waits for ever where nobody is there to be sent to.
        context.sndtimeo = 1000 * request["startTimeout"]
        self.manager = KernelManager(context=context, kernel_name=request["kernel"] or "python3")
        self.manager.connection_file = os.path.join(place, "kernel.json")
        if request["kernel"] is None:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            # jupyter_client asks for the spec by this name and finds ours.
            self.manager._kernel_spec = KernelSpec(argv=command, display_name="nbslim", language="python")
            self.use_files_as_sockets(place)
        self.client = None
        self.pid = None
        self.directory = directory

    def use_files_as_sockets(self, place):
        """Free ports are looked for before the kernel binds them: of two kernels that start at once, one may get the other's."""
        path = os.path.join(place, "kernel")
        if os.name == "posix" and len(os.fsencode(path)) < LONGEST_SOCKET:
            self.manager.transport = "ipc"
            self.manager.ip = path

    def start(self):
        request = self.request
        env = {**os.environ, "PYTHONHASHSEED": "0", **request["env"]}
        try:
            spec = self.manager.kernel_spec
            is_ipykernel = any("ipykernel" in word for word in spec.argv)
            extra = ["--HistoryManager.enabled=False"] if is_ipykernel else []
            self.manager.start_kernel(cwd=self.directory, env=env, extra_arguments=extra)
            self.pid = process_id(self.manager)
            self.client = self.manager.client()
            self.client.start_channels()
            self.client.wait_for_ready(timeout=request["startTimeout"])
        except NoSuchKernel as error:
            raise Failure("start", f"There is no kernel {error.name!r}; `jupyter kernelspec list` shows those that are there.")
        except Exception as error:
            raise Failure("start", f"The kernel did not start: {last_line(error)}. {install_hint(request)}")

    def do(self, action, timeout, **members):
        """Runs inside.py in the kernel, unseen by the notebook."""
        path = os.path.join(HERE, "inside.py")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        request = {"do": action, **members}
        code = (
            f"__import__('builtins').exec(__import__('builtins').compile({text!r}, {path!r}, 'exec'), "
            f"{{'__name__': 'nbslim_inside', 'request': {request!r}}})"
        )
        outputs = Outputs({})
        error = self.run(code, timeout, outputs, silent=True)
        if error is not None:
            raise Failure("end", f"{action} failed in the kernel: {error['ename']}: {error['evalue']}")

    def run(self, code, timeout, outputs, silent=False):
        """Runs code until the kernel is idle again. Returns the content of the reply if it is an error, else None."""
        try:
            message = self.client.execute(code, silent=silent, store_history=not silent, allow_stdin=False, stop_on_error=False)
        except zmq.Again:
            self.require_alive()
            raise Failure("cell", "could not be sent to the kernel")
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                received = self.client.get_iopub_msg(timeout=0.2)
            except queue.Empty:
                received = None
            if received is not None and received["parent_header"].get("msg_id") == message:
                kind = received["msg_type"]
                if kind == "status" and received["content"]["execution_state"] == "idle":
                    return self.reply(message, deadline)
                outputs.take(kind, received["content"])
            elif received is None:
                self.require_alive()
            if deadline is not None and time.monotonic() > deadline:
                raise Failure("cell", f"did not end within {timeout:g} s")

    def reply(self, message, deadline):
        while True:
            try:
                reply = self.client.get_shell_msg(timeout=0.2)
            except queue.Empty:
                self.require_alive()
                if deadline is not None and time.monotonic() > deadline:
                    raise Failure("cell", "gave no reply")
                continue
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"] if reply["content"]["status"] == "error" else None

    def require_alive(self):
        if not self.manager.is_alive():
            raise Failure("cell", f"the kernel died{how_it_ended(self.manager)}")

    def end(self):
        """Kills the kernel and whatever it has started."""
        family = [] if self.pid is None else [self.pid, *descendants(self.pid)]
        try:
            if self.client is not None:
                self.client.stop_channels()
            if self.pid is not None:
                self.manager.shutdown_kernel(now=True)
        except Exception:
            pass  # it is killed in any case
        if self.pid is not None:
            signal_group(self.pid)
        for process in family:
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass  # it has ended


def signal_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (OSError, AttributeError):
        pass


def process_of(manager):
    provisioner = getattr(manager, "provisioner", None)
    return getattr(manager, "kernel", None) if provisioner is None else getattr(provisioner, "process", None)


def process_id(manager):
    process = process_of(manager)
    if process is None:
        raise RuntimeError("this kernel's process is not on this machine")
    return process.pid


def how_it_ended(manager):
    process = process_of(manager)
    status = None if process is None else process.poll()
    if status is None:
        status = getattr(process, "returncode", None)
    if status is None:
        return ""
    if status < 0:
        name = signal.Signals(-status).name
        return f" by {name}" + (", as it does when memory runs out" if name == "SIGKILL" else "")
    return f" with exit status {status}"


def last_line(error):
    return str(error).strip().split("\n")[-1].rstrip(".") or type(error).__name__


def install_hint(request):
    if request["kernel"] is not None:
        return f"Does `jupyter console --kernel {request['kernel']}` work?"
    return f"Is ipykernel installed? {sys.executable} -m pip install ipykernel"


def run(request, place):
    """Runs the notebook, and says what happens."""
    if not can_measure():
        raise Failure("start", f"Memory can not be measured here without psutil: {sys.executable} -m pip install psutil")
    try:
        work = Workplace(
            request["source"],
            request["within"],
            None if request["inPlace"] else os.path.join(place, "copy"),
            request["copyUpTo"],
            request["mostFiles"],
            os.path.join(place, "written"),
        )
    except TooLarge as error:
        raise Failure("start", f"{error}: too much to copy. --in-place runs the notebook where it is.")
    kernel = Kernel(request, work.directory, place)
    try:
        kernel.start()
        kernel.do("prepare", 60, linked=work.linked)
        run_cells(request, kernel, work, place)
    finally:
        kernel.end()


def run_cells(request, kernel, work, place):
    meter = Meter(kernel.pid)
    start = meter.held()
    say("started", start=start, linked=work.linked)
    displays = {}
    shown = []
    stopped = False
    for cell in request["cells"]:
        outputs = Outputs(displays)
        began = time.perf_counter()
        meter.start()
        try:
            error = kernel.run(cell["source"], request["timeout"], outputs)
        except Failure as failure:
            meter.stop()
            raise Failure("cell", str(failure), cell["cell"])
        peak, held = meter.stop()
        seconds = time.perf_counter() - began
        objects = take_census(kernel, place) if request["census"] else []
        shown.append(
            {"cell": cell["cell"], "peak": peak, "held": held, "seconds": seconds, "outputs": outputs, "objects": objects}
        )
        say("progress", cell=cell["cell"])
        stopped = error is not None and not cell["mayRaise"]
        if stopped:
            break
    held = meter.held()
    trim = os.path.join(place, "trim.json")
    kernel.do("trim", 600, answer=trim)
    with open(trim, encoding="utf-8") as file:
        trimmed = meter.held() if json.load(file) else None
    written = work.written()
    if not request["census"]:
        kernel.do("store", 3600, values=os.path.join(HERE, "values.py"), directory=place)
    # Only now: a later cell may update what an earlier one showed.
    for cell in shown:
        say("cell", **{**cell, "outputs": cell["outputs"].result()})
    method = "exact" if meter.exact else "sampled"
    say("finished", held=held, heldAfterTrim=trimmed, method=method, files=written, stopped=stopped)


def take_census(kernel, place):
    """The objects that take memory now, unseen by the notebook."""
    answer = os.path.join(place, "census.json")
    kernel.do("census", 600, sources=[os.path.join(HERE, name) for name in ("values.py", "census.py")], answer=answer)
    with open(answer, encoding="utf-8") as file:
        return json.load(file)


def watch_input():
    """Ends the run when whoever asked for it has gone."""
    while sys.stdin.buffer.read1(4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main():
    request = json.loads(sys.stdin.buffer.readline())

    def stop(number, frame):
        signal.signal(number, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    threading.Thread(target=watch_input, daemon=True).start()
    try:
        run(request, request["place"])
    except Failure as failure:
        say("failed", stage=failure.stage, why=str(failure), cell=failure.cell)


if __name__ == "__main__":
    main()
    # Threads of zmq may linger; all that is to be said has been said.
    os._exit(0)
