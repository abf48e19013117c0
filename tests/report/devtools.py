"""A headless Chromium and its DevTools protocol, with the standard library alone. Nothing here knows of the pages."""
import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request


def browser_program():
    """The browser to test with, or None: $CROSSHEAD_BROWSER, or Chromium by one of its names."""
    named = os.environ.get("CROSSHEAD_BROWSER")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for path in map(shutil.which, names) if path), None)


class Socket:
    """A WebSocket client: text messages, client masking, fragments."""

    def __init__(self, host, port, path, timeout):
        self.socket = socket.create_connection((host, port), timeout)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        if b"101" not in self.stream.readline():
            raise ConnectionError("the browser refused the WebSocket")
        while self.stream.readline().strip():
            pass

    def send(self, text):
        data = text.encode()
        length = len(data)
        if length < 126:
            head = struct.pack("!BB", 0x81, 0x80 | length)
        elif length < 65536:
            head = struct.pack("!BBH", 0x81, 0x80 | 126, length)
        else:
            head = struct.pack("!BBQ", 0x81, 0x80 | 127, length)
        mask = os.urandom(4)
        self.socket.sendall(head + mask + bytes(byte ^ mask[k % 4] for k, byte in enumerate(data)))

    def receive(self):
        parts = []
        while True:
            first, second = self.stream.read(2)
            length = second & 0x7F
            if length == 126:
                length, = struct.unpack("!H", self.stream.read(2))
            elif length == 127:
                length, = struct.unpack("!Q", self.stream.read(8))
            data = self.stream.read(length)
            if first & 0x0F in (0, 1):
                parts.append(data)
            if first & 0x0F == 8:
                raise ConnectionError("the browser closed the WebSocket")
            if first & 0x80 and parts:
                return b"".join(parts).decode()

    def close(self):
        self.stream.close()
        self.socket.close()


class Browser:
    """One page in a browser of its own, without a network. Use as a context manager."""

    TIMEOUT = 120

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="crosshead-browser-")
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars",
             "--remote-debugging-port=0", f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.socket = None
        self.number = 0
        self.events = []
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    def _connect(self):
        port_file = os.path.join(self.folder, "DevToolsActivePort")
        until = time.time() + self.TIMEOUT
        while not self._first_line(port_file):
            if self.process.poll() is not None:
                raise ConnectionError(f"the browser ended with exit code {self.process.returncode}")
            if time.time() > until:
                raise TimeoutError("the browser did not start")
            time.sleep(0.05)
        port = int(self._first_line(port_file))
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        pages = []
        while not pages:
            targets = json.load(direct.open(f"http://127.0.0.1:{port}/json", timeout=self.TIMEOUT))
            pages = [target for target in targets if target["type"] == "page"]
        path = pages[0]["webSocketDebuggerUrl"].split(f":{port}", 1)[1]
        self.socket = Socket("127.0.0.1", port, path, self.TIMEOUT)
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(domain + ".enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)

    @staticmethod
    def _first_line(file):
        if not os.path.exists(file):
            return ""
        with open(file, encoding="utf-8") as stream:
            return stream.readline().strip()

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.receive())
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def evaluate(self, script):
        """The value of a script, which may be a promise."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", str(answer)))
        return answer["result"].get("value")

    def wait_for(self, script):
        until = time.time() + self.TIMEOUT
        while not self.evaluate(script):
            if time.time() > until:
                raise TimeoutError(f"never true: {script}")
            time.sleep(0.05)

    def size(self, width, height, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def scheme(self, name):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def open(self, file):
        self.events.clear()
        self.call("Page.navigate", url="file://" + os.path.abspath(file))
        self.wait_for("document.readyState === 'complete'")

    def key(self, key, code):
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def screenshot(self, file, clip=None):
        parameters = {"format": "png"}
        if clip:
            parameters.update(clip=dict(clip, scale=1), captureBeyondViewport=True)
        data = self.call("Page.captureScreenshot", **parameters)["data"]
        with open(file, "wb") as stream:
            stream.write(base64.b64decode(data))

    def complaints(self):
        """Errors, warnings and violations of the content security policy since the page was opened, one line each."""
        lines = []
        for event in self.events:
            given = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                lines.append("exception: " + given["exceptionDetails"].get("exception", {}).get("description", "?"))
            elif event["method"] == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
                lines.append("console: " + " ".join(str(argument.get("value")) for argument in given["args"]))
            elif event["method"] == "Log.entryAdded" and given["entry"]["level"] in ("error", "warning"):
                lines.append("log: " + given["entry"]["text"])
            elif event["method"] == "Audits.issueAdded" and "ContentSecurityPolicy" in given["issue"]["code"]:
                lines.append("policy: " + json.dumps(given["issue"]["details"])[:400])
        return lines

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"]

    def close(self):
        if self.socket:
            try:
                self.call("Browser.close")
            except Exception:
                pass
            self.socket.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
