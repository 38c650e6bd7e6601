"""Random programs that hand lists on and change them, and what each of their statements was seen to change and to bind.

    python random_sharing.py SEED COUNT

prints as JSON, for each program, `statements`: the text, the names of `NAMES` whose object has changed, and those that were bound
to another object. A program ends with the first statement that fails: what stands behind it may count on what it has done.
"""

import json
import random
import re
import signal
import sys

NAMES = ["a", "b", "c", "d", "e"]
PRELUDE = ["import functools", "def at(x):\n    return x[0] if len(x) > 0 else x"]
SECONDS = 0.5
MEMORY = 3 << 30


class Programs:
    """Makes one program: lists that lie in lists, functions that change and keep them, loops that hand them from name to name."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.functions = []
        self.has_class = False

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, part):
        return self.random.random() < part

    def name(self, names):
        return self.random.choice(names)

    def expression(self, names, depth=0):
        if depth > 2 or self.chance(0.35):
            return self.name(names)
        name, inner = self.name(names), self.expression(names, depth + 1)
        choices = [
            f"[{inner}]",
            f"[{inner}, {name}]",
            f"{{'k': {inner}}}",
            f"({name} or [[]])[0]",
            f"({name} or [[]])[-1]",
            f"at({name})",
            f"{name}[0]",
            f"list({name})",
            f"({name}, {inner})",
            f"{name} if len({name}) > {self.random.randint(0, 2)} else {inner}",
            f"[q for q in {name}]",
            f"[[q, {inner}] for q in {name}[:]]",
            "[]",
        ]
        if self.functions:
            choices += [self.call(names, depth + 1)] * 3
        if self.has_class:
            choices += [f"Box({inner})", f"getattr({name}, 'held', [])"]
        return self.random.choice(choices)

    def call(self, names, depth):
        function, count = self.random.choice(self.functions)
        return f"{function}({', '.join(self.expression(names, depth) for _ in range(count))})"

    def statement(self, names, indent, depth, in_function, in_loop):
        """The lines of a statement."""
        margin = "    " * indent
        name, other = self.name(names), self.name(names)
        value = self.expression(names)

        def block(count):
            lines = []
            for _ in range(count):
                lines += self.statement(names, indent + 1, depth + 1, in_function, in_loop or is_loop)
            return lines

        is_loop = False
        if depth < 3 and self.chance(0.25):
            kind = self.pick("range", "items", "if", "try")
            if kind in ("range", "items"):
                is_loop = True
                head = f"for i{depth} in range({self.random.randint(2, 4)}):"
                if kind == "items":
                    head = f"for {name} in {other}[:3]:"
                return [margin + head, *block(self.random.randint(1, 4))]
            if kind == "if":
                lines = [f"{margin}if len({name}) > {self.random.randint(0, 2)}:", *block(2)]
                return [*lines, f"{margin}else:", *block(1)] if self.chance(0.5) else lines
            lines = [f"{margin}try:", *block(2), f"{margin}except Exception:", *block(1)]
            return [*lines, f"{margin}finally:", *block(1)] if self.chance(0.3) else lines
        if in_loop and self.chance(0.06):
            return [f"{margin}if len({name}) > {self.random.randint(0, 3)}: {self.pick('break', 'continue')}"]
        if in_function and self.chance(0.04):
            return [f"{margin}return {value}"]
        three = [self.name(names) for _ in range(3)]
        choices = [
            f"{name} = {value}",
            f"{name} = {value}",
            f"{name}.append({value})",
            f"{name}.append({value})",
            f"{name}[:1] = [{value}]",
            f"{name}[0] = {value}",
            f"{name}.extend([{other}])",
            f"{name}.extend({other}[:2])",
            f"{name} += [{other}]",
            f"{', '.join(three)} = {', '.join(three[1:] + three[:1])}",
            f"list(map(lambda z: {name}.append(z), {other}[:2]))",
            f"list(map(lambda z: z.append({name}), {other}[:2]))",
        ]
        if self.has_class:
            choices.append(f"if hasattr({name}, 'held'): {name}.held = {value}")
        if self.functions:
            choices += [self.call(names, 1)] * 2
            function, count = self.random.choice(self.functions)
            if count == 1:
                choices.append(f"list(map({function}, {name}[:2]))")
            if count == 2:
                choices.append(f"functools.reduce({function}, [{name}, {other}, {name}])")
        return [margin + self.random.choice(choices)]

    def function(self, number):
        parameters = ["x", "y"][: self.random.randint(0, 2)]
        seen = self.random.sample(NAMES, self.random.randint(1, 3))
        own = [name for name in seen if self.chance(0.4)]
        lines = [f"def f{number}({', '.join(parameters)}):"]
        if own:
            lines.append(f"    global {', '.join(own)}")
        lines += [f"    u = {self.name(['[]', *parameters, *own])}", f"    w = {self.pick('u', '[u]', '[]')}"]
        if self.chance(0.25):
            binds = self.chance(0.5)
            lines += ["    def h(z):", *(["        nonlocal u"] if binds else [])]
            lines += self.statement(["u", "z", "w"] if binds else ["z"], 2, 3, True, False)
            lines += ["        return z", "    " + self.pick("h(w)", "list(map(h, [u]))", "u = h(w)")]
        foreign = [name for name in seen if name not in own]
        for _ in range(self.random.randint(1, 5)):
            lines += self.statement_binding_none_of(foreign, [*parameters, "u", "w", *seen])
        lines.append(f"    return {self.name([*parameters, 'u', 'w', *seen, '[u]', 'None'])}")
        self.functions.append((f"f{number}", len(parameters)))
        return "\n".join(lines)

    def statement_binding_none_of(self, foreign, names):
        """A name that a function only reads would be its own, and unbound, where the function bound it."""
        for _ in range(20):
            lines = self.statement(names, 1, 1, True, False)
            bound = "|".join(foreign)
            if not foreign or not re.search(rf"^\s*(for )?(\w+, )*({bound})(, \w+)* (=|\+=|in) ", "\n".join(lines), re.M):
                return lines
        return ["    u = []"]

    def box(self):
        self.has_class = True
        name = self.name(NAMES)
        append = self.pick("self.held.append(z)", f"{name}.append(z)", "self.held = z", "self.other = z")
        return f"""class Box:
    def __init__(self, held):
        self.held = held
    def __len__(self):
        return 1
    def __getitem__(self, k):
        return {self.pick('self.held', name)}
    def __iter__(self):
        return iter([self.held])
    def append(self, z):
        {append}
    def extend(self, z):
        self.held = z"""

    def program(self):
        texts = [*PRELUDE, *(f"{name} = {self.pick('[]', '[[]]', '[[[]]]', '[[], []]')}" for name in NAMES)]
        if self.chance(0.3):
            texts.append(self.box())
        texts += [self.function(i) for i in range(self.random.randint(1, 4))]
        for _ in range(self.random.randint(1, 4)):
            if self.chance(0.6):
                lines = [f"for i0 in range({self.random.randint(2, 5)}):"]
                for _ in range(self.random.randint(2, 5)):
                    lines += self.statement(NAMES, 1, 1, False, True)
            else:
                lines = self.statement(NAMES, 0, 0, False, False)
            texts.append("\n".join(lines))
            # What is changed now tells which names are, or hold, the same.
            texts += [f"{name}.append([])" for name in self.random.sample(NAMES, 2)]
        for name in self.random.sample(NAMES, len(NAMES)):
            texts.append(self.pick(f"{name}.append([])", f"at({name}).append([])", f"at(at({name})).append([])"))
        return texts


def fingerprint(value, seen, depth=0):
    """Tells what a value holds, however deep, and which of that is the same."""
    if isinstance(value, (int, str, type(None))):
        return repr(value)
    if depth > 12:
        return "..."
    if id(value) in seen:
        return f"<{seen[id(value)]}>"
    seen[id(value)] = len(seen)
    if isinstance(value, (list, tuple)):
        inner = ",".join(fingerprint(one, seen, depth + 1) for one in value[:200])
        return f"{type(value).__name__}[{inner}]{len(value)}"
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}:{fingerprint(v, seen, depth + 1)}" for k, v in value.items()) + "}"
    if type(value).__name__ == "Box":
        return "Box" + fingerprint(vars(value), seen, depth + 1)
    return type(value).__name__


class TookTooLong(BaseException):
    pass


def stop(*_):
    raise TookTooLong


def trace(texts):
    """What each statement changes and binds; null where one takes too long."""
    namespace = {"__name__": "__main__"}
    statements = []
    for text in texts:
        before = {name: namespace[name] for name in NAMES if name in namespace}
        prints = {name: fingerprint(value, {}) for name, value in before.items()}
        has_failed = False
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            exec(compile(text, "<statement>", "exec"), namespace)
        except TookTooLong:
            return None
        except Exception:
            has_failed = True
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if has_failed:
            break
        changed = [name for name, value in before.items() if fingerprint(value, {}) != prints[name]]
        bound = [name for name, value in before.items() if namespace.get(name) is not value]
        statements.append({"text": text, "changed": changed, "bound": bound})
    return statements


def main(seed, count):
    sys.setrecursionlimit(200)
    signal.signal(signal.SIGALRM, stop)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:
        pass
    programs = []
    for number in range(seed, seed + count):
        statements = trace(Programs(number).program())
        if statements is not None:
            programs.append({"seed": number, "statements": statements})
    json.dump(programs, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
