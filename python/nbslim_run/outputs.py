"""What a cell shows, put together from the kernel's messages as Jupyter does."""

import hashlib
import json

#: Characters of one stream, or of one text of an output, that are kept; the rest is a digest.
MOST_TEXT = 1_000_000


class Outputs:
    """The outputs of one cell."""

    def __init__(self, displays):
        #: display ids of the whole notebook, so that a later cell can update what an earlier one showed
        self.displays = displays
        self.shown = []
        self.clear_next = False

    def take(self, message_type, content):
        if message_type == "clear_output":
            self.clear_next = True
            if not content.get("wait"):
                self.clear()
            return
        if message_type == "update_display_data":
            for output in self.displays.get(content.get("transient", {}).get("display_id"), []):
                output["data"] = data_of(content)
            return
        if message_type not in ("stream", "display_data", "execute_result", "error"):
            return
        if self.clear_next:
            self.clear()
        if message_type == "stream":
            self.take_stream(content["name"], content["text"])
        elif message_type == "error":
            self.shown.append({"kind": "error", "ename": content["ename"], "evalue": content["evalue"]})
        else:
            output = {"kind": "data", "data": data_of(content)}
            self.shown.append(output)
            display = content.get("transient", {}).get("display_id")
            if display is not None:
                self.displays.setdefault(display, []).append(output)

    def clear(self):
        self.shown.clear()
        self.clear_next = False

    def take_stream(self, name, text):
        last = self.shown[-1] if self.shown else None
        if last is None or last["kind"] != "stream" or last["name"] != name:
            last = {"kind": "stream", "name": name, "pieces": [], "length": 0, "digest": None}
            self.shown.append(last)
        room = max(0, MOST_TEXT - last["length"])
        last["length"] += len(text)
        if room > 0:
            last["pieces"].append(text[:room])
        if len(text) > room:
            if last["digest"] is None:
                last["digest"] = hashlib.sha256()
            last["digest"].update(text[room:].encode("utf-8", "surrogatepass"))

    def result(self):
        """The outputs as JSON."""
        return [stream_text(output) if output["kind"] == "stream" else output for output in self.shown]


def stream_text(output):
    text = "".join(output["pieces"])
    if output["digest"] is not None:
        text += f"\n... {output['length'] - MOST_TEXT} more characters, sha256 {output['digest'].hexdigest()}\n"
    return {"kind": "stream", "name": output["name"], "text": text}


def data_of(content):
    return {mime: shorten(as_text(value)) for mime, value in content["data"].items()}


def as_text(value):
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=repr)


def shorten(text):
    if len(text) <= 64 * MOST_TEXT:
        return text
    return "sha256 " + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
