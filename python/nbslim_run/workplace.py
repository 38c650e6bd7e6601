"""A copy of the notebook's directory to run it in, and what the notebook wrote there."""

import hashlib
import os
import shutil

#: What no notebook reads, and what may be large.
SKIPPED = {".git", ".hg", ".svn", ".ipynb_checkpoints", "__pycache__", "node_modules", ".venv", "venv", ".tox", ".envs"}


class TooLarge(Exception):
    """The directory is too large to be copied."""


class Workplace:
    """A directory that a notebook runs in: a copy of `source` at `target`, or `source` itself where `target` is None.

    Files of more than `copy_up_to` bytes are linked instead of copied. `within` is the notebook's own directory, seen from
    `source`.
    """

    def __init__(self, source, within, target, copy_up_to, most_files, keep):
        self.source = source
        self.root = source if target is None else target
        self.directory = os.path.normpath(os.path.join(self.root, within))
        self.linked = []
        self.keep = keep
        if target is not None:
            self.copy(copy_up_to, most_files)
        self.before = dict(self.snapshot())

    def copy(self, copy_up_to, most_files):
        count = total = 0
        os.makedirs(self.root, exist_ok=True)
        for directory, folders, files in os.walk(self.source):
            folders[:] = [name for name in folders if name not in SKIPPED]
            here = os.path.join(self.root, os.path.relpath(directory, self.source))
            os.makedirs(here, exist_ok=True)
            for name in files:
                source, target = os.path.join(directory, name), os.path.join(here, name)
                if not os.path.isfile(source):
                    continue  # a socket, a pipe, a link to nowhere
                count += 1
                size = os.path.getsize(source)
                if size > copy_up_to:
                    os.symlink(os.path.realpath(source), target)
                    self.linked.append(os.path.realpath(source))
                    continue
                total += size
                if count > most_files or total > 40 * max(copy_up_to, 1 << 20):
                    raise TooLarge(f"{self.source} holds more than {count - 1} files, or {total >> 20} MiB")
                try:
                    shutil.copy2(source, target)
                except PermissionError:
                    pass  # what we may not read, the notebook can't read either
            for name in folders:
                link = os.path.join(directory, name)
                if os.path.islink(link):
                    os.symlink(os.path.realpath(link), os.path.join(here, name))

    def snapshot(self):
        """(path within the root, (size, time)) of each file."""
        for directory, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name not in SKIPPED]
            for name in files:
                path = os.path.join(directory, name)
                try:
                    found = os.lstat(path)
                except OSError:
                    continue
                yield os.path.relpath(path, self.root), (found.st_size, found.st_mtime_ns)

    def written(self):
        """What the notebook wrote or took away: [{"path", "bytes", "digest", "at"}], by path; null for what is gone."""
        after = dict(self.snapshot())
        found = []
        for path in sorted(set(self.before) | set(after)):
            if self.before.get(path) == after.get(path):
                continue
            if path not in after:
                found.append({"path": path, "bytes": None, "digest": None, "at": None})
                continue
            at = os.path.join(self.root, path)
            try:
                digest = digest_of(at)
            except OSError:
                continue
            if path in self.before and self.root != self.source and digest == self.original_digest(path):
                continue
            if self.root == self.source:
                # The next run writes it again.
                copy = os.path.join(self.keep, path)
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copyfile(at, copy)
                at = copy
            found.append({"path": path, "bytes": os.path.getsize(at), "digest": digest, "at": at})
        return found

    def original_digest(self, path):
        try:
            return digest_of(os.path.join(self.source, path))
        except OSError:
            return None


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()
