"""Plays the story through the generated Python binding. Everything it calls is the real library; the network is Python's own."""

import asyncio
import enum
import gc
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import struct
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zlib

sys.path.insert(0, os.environ["MINQING_BINDINGS"])
import minqing_mobile_ffi as ffi  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


class System(ffi.Platform):
    """What the operating system gives the core."""

    def wall_ms(self):
        return time.time_ns() // 1_000_000

    def monotonic_ms(self):
        return time.monotonic_ns() // 1_000_000

    def boot_id(self):
        return "python"

    def random(self, len):
        return secrets.token_bytes(len)

    def free_bytes(self):
        return shutil.disk_usage(HERE).free


class Listener(ffi.Listener):
    """A screen that wants to know which lists changed."""

    def __init__(self):
        self.heard = []

    def lists_changed(self, lists):
        self.heard.extend(lists)


def send(office, request):
    """One request with the platform's own HTTP client; raises where no answer comes."""
    url = urllib.parse.urlsplit(office)
    body = request.body
    if request.file:
        with open(request.file, "rb") as file:
            file.seek(request.offset)
            body = file.read(request.len)
    line = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    try:
        line.request(request.method, request.path, body=body or None, headers={h.name: h.value for h in request.headers})
        answer = line.getresponse()
        headers = [ffi.Header(name=name.lower(), value=value) for name, value in answer.getheaders()]
        return answer.status, headers, answer.read()
    finally:
        line.close()


def contact(client, office):
    """Says all there is to say: bytes in, bytes out."""
    brought = None
    while True:
        step = client.next_step()
        if step.is_done():
            return brought
        if step.is_send():
            try:
                answer = send(office, step.request)
            except (OSError, http.client.HTTPException):
                raise client.request_failed()
            brought = client.take_response(*answer)


class Hanging(ffi.Transport):
    """A network on which nothing ever comes back."""

    def __init__(self):
        self.asked = asyncio.Event()

    async def send(self, request):
        self.asked.set()
        await asyncio.Event().wait()


class Story:
    """The phones by name, and what was kept."""

    def __init__(self, directory, world):
        self.directory, self.kept = pathlib.Path(directory), dict(world)
        self.clients, self.listeners, self.played = {}, {}, 0

    def play(self, steps):
        for number, step in enumerate(steps, 1):
            told = step.get("say") or step.get("do") or step.get("call")
            try:
                self.one(step)
            except Exception as error:
                raise AssertionError(f"step {number} ({told}): {error!r}") from error
            self.played += 1

    def one(self, step):
        if "say_when" in step:
            assert ffi.Speech("zh").day(step["say_when"], step["now_ms"]) == step["is"]
        elif "say_code" in step:
            assert ffi.Speech("zh").code(*step["say_code"]) == step["is_zh"]
        elif "say_emergency" in step:
            numbers = {e.word: e.telephone for e in ffi.Speech("zh").emergencies()}
            assert numbers[step["say_emergency"]] == step["telephone"]
        else:
            self.acted(step, (lambda: getattr(self, step["do"])(step)) if "do" in step else (lambda: self.call(step)))

    def acted(self, step, act):
        try:
            result = plain(act())
        except ffi.MinqingError as error:
            code = getattr(error, "code")
            assert code == step.get("fails"), f"failed with {code}: {error.zh}"
            assert getattr(error, "path", "") == step.get("path", getattr(error, "path", ""))
            assert error.zh and error.en and error.zh != error.en, "a sentence in both languages"
            return
        assert "fails" not in step, f"did not fail with {step['fails']}"
        for name, path in step.get("keep", {}).items():
            self.kept[name] = at(result, path)
        for path, value in step.get("expect", {}).items():
            assert at(result, path) == self.filled(value), f"{path} is {at(result, path)!r}"

    def call(self, step):
        client = self.clients[step["on"]]
        return getattr(client, step["call"])(*[self.filled(arg) for arg in step.get("args", [])])

    def open(self, step):
        name = step["phone"]
        directory = self.directory / name
        directory.mkdir(exist_ok=True)
        self.listeners[name] = Listener()
        self.clients[name] = ffi.Minqing(str(directory), System(), key_of(name))
        self.clients[name].listen(self.listeners[name])

    def practice(self, step):
        self.clients[step["phone"]] = ffi.Minqing.practice(str(self.directory / step["of"]), System())

    def heard(self, step):
        heard, self.listeners[step["phone"]].heard = self.listeners[step["phone"]].heard, []
        return heard

    def enrol(self, step):
        client = self.clients[step["phone"]]
        client.begin_enrolment(self.filled(step["code"]), "story/1")
        return contact(client, self.kept["office"])

    def sync(self, step):
        client = self.clients[step["phone"]]
        client.begin_contact()
        return contact(client, self.kept[step.get("office", "office")])

    def poked(self, step):
        """An open app hears that another phone brought something."""
        request = self.clients[step["phone"]].poke_request()
        url = urllib.parse.urlsplit(self.kept["office"])
        line = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        try:
            line.request(request.method, request.path, headers={h.name: h.value for h in request.headers})
            stream = line.getresponse()
            assert stream.status == 200, stream.status
            self.sync({"phone": step["by"]})
            while not (said := stream.readline()).startswith(b"event:"):
                assert said, "the stream ended"
            return said.removeprefix(b"event:").strip().decode()
        finally:
            line.close()

    def office(self, step):
        """Somebody of the office moves a matter, or writes at another path, over the network."""
        who = self.kept[step["as"]]
        deed = self.named(step["deed"]) | {"csrf": who["csrf"], "role": who["role"]}
        path = step["path"] if "path" in step else f"matters/{self.kept[step['matter'][1:]]}/events"
        url = f"{self.kept['office']}/v1/{path}"
        headers = {"cookie": who["cookie"], "content-type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(url, json.dumps(deed).encode(), headers)) as answer:
            assert answer.status == 200

    def admin(self, step):
        """What an administrator does at the office, by its program."""
        args = [str(self.filled(arg)) for arg in step["args"]]
        command = [self.kept["program"], "--data", self.kept["data"], "admin", *args, "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    def named(self, value):
        """Puts in what was kept, and leaves everything else as it is."""
        if isinstance(value, dict):
            return {k: self.named(v) for k, v in value.items()}
        return [self.named(v) for v in value] if isinstance(value, list) else self.filled(value)

    def cancel(self, step):
        async def leave():
            network = Hanging()
            task = asyncio.create_task(self.clients[step["phone"]].sync(network, None))
            await network.asked.wait()
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                return
            raise AssertionError("it was not cancelled")

        asyncio.run(leave())

    def picture(self, step):
        path = self.directory / "picture.png"
        path.write_bytes(png(step["width"], step["height"]))
        return str(path)

    def kill(self, step):
        name = step["phone"]
        del self.clients[name]
        gc.collect()
        args = [sys.executable, __file__, "--record-and-die", str(self.directory / name), name, self.kept["door"], step["note"]]
        ended = subprocess.run(args, env=os.environ)
        assert ended.returncode == -signal.SIGKILL, ended.returncode

    def filled(self, value):
        """Puts in what was kept, and makes records of {"NewVisit": {…}}."""
        if isinstance(value, str) and value.startswith("$"):
            return self.kept[value[1:]] if not isinstance(self.kept[value[1:]], dict) else record("Prepared", self.kept[value[1:]])
        if isinstance(value, list):
            return [self.filled(v) for v in value]
        if isinstance(value, dict):
            [(name, fields)] = value.items()
            return record(name, {k: self.filled(v) for k, v in fields.items()})
        return value


def record(name, fields):
    return getattr(ffi, name)(**fields)


def plain(value):
    """A result as JSON would have it."""
    if isinstance(value, enum.Enum):
        return value.name.lower()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if hasattr(value, "__dict__"):
        return {k: plain(v) for k, v in vars(value).items()}
    return value


def at(value, path):
    for part in filter(None, path.split(".")):
        value = len(value) if part == "#" else value[int(part)] if isinstance(value, list) else value[part]
    return value


def key_of(name):
    return name.encode().ljust(32, b".")


def png(width, height):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([40, 90, 60]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def record_and_die(directory, name, door, note):
    client = ffi.Minqing(directory, System(), key_of(name))
    client.record_visit(ffi.NewVisit(household=door, purpose="routine", outcome="talked", note=note))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__" and sys.argv[1:2] == ["--record-and-die"]:
    record_and_die(*sys.argv[2:])
