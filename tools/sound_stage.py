"""A stage for sound without a sound card: a private PulseAudio with a virtual loudspeaker and a virtual microphone.

The kiosk's own path stays as it is: PortAudio -> ALSA -> (default: pulse) -> PulseAudio. What a customer says is played
into the ``mic`` sink, whose monitor is the microphone; what the kiosk says is recorded from the ``speaker`` monitor.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("pulseaudio", "pactl", "paplay", "parec")
START_SECONDS = 10.0
HISS_RATE = 16_000
BESIDE_SPEAKER = "beside"
"""On a stage of ``one_clock``: a microphone (``PULSE_SOURCE``) that gets what is said to it and what the loudspeaker
plays, both 6 dB softer."""
_AWAKE = "sink=drain latency_msec=40 source_dont_move=1 sink_dont_move=1"
_ASOUND = """\
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


def missing_programs() -> list[str]:
    """What has to be installed before there can be a stage (Debian: pulseaudio, pulseaudio-utils)."""
    return [program for program in NEEDED if shutil.which(program) is None]


class SoundStage:
    """A running stage. ``environment`` is what a process needs to hear and speak on it."""

    def __init__(self, folder: Path, daemon: subprocess.Popen[bytes], microphone: str = "mic.monitor") -> None:
        self._daemon = daemon
        asound = folder / "asound.conf"
        asound.write_text(_alsa_configuration(), encoding="utf-8")
        self.environment: Mapping[str, str] = {
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder}/pulse/native",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_SINK": "speaker",
            "PULSE_SOURCE": microphone,
            "PULSE_LATENCY_MSEC": "60",
            "ALSA_CONFIG_PATH": str(asound),
            "JACK_NO_START_SERVER": "1",
        }

    def say(self, wav: Path) -> None:
        """Play ``wav`` to the microphone; comes back when it is over."""
        self._run("paplay", "--device=mic", str(wav))

    def begin_saying(self, wav: Path) -> subprocess.Popen[bytes]:
        """The same without waiting: the caller waits for the process or ends it."""
        return subprocess.Popen(["paplay", "--device=mic", str(wav)], env={**os.environ, **self.environment})

    @contextmanager
    def recording(self, wav: Path, device: str = "speaker.monitor") -> Iterator[None]:
        """What is played on ``device`` while the context is open, as WAV (16 kHz mono)."""
        command = ["parec", f"--device={device}", "--rate=16000", "--channels=1", "--format=s16le", "--file-format=wav"]
        process = subprocess.Popen([*command, "--latency-msec=50", str(wav)], env={**os.environ, **self.environment})
        try:
            self._wait_for_recorder()
            yield
            time.sleep(0.2)  # what is still in the recorder's buffer
        finally:
            process.terminate()
            process.wait(5)

    @contextmanager
    def room_hiss(self) -> Iterator[None]:
        """The virtual microphone hisses softly (-75 dBFS), as every real one does: one that gives nothing but zeros is
        taken for switched off."""
        hiss = array("h", (random.randint(-10, 10) for _ in range(HISS_RATE)))  # noqa: S311 -- a hiss
        with self.playing(hiss.tobytes()):
            yield

    @contextmanager
    def playing(self, sound: bytes) -> Iterator[None]:
        """``sound`` (s16, 16 kHz, mono) goes to the microphone over and over."""
        player = self.mouth()
        looping = threading.Thread(target=_feed, args=(player, sound), daemon=True)
        looping.start()
        try:
            yield
        finally:
            player.terminate()
            player.wait(5)
            looping.join(5)

    def unplug_microphone(self) -> None:
        """The virtual microphone falls silent as a device does whose plug was pulled: no frame comes any more.

        (PulseAudio would move the recorder to another source if the module were unloaded.)
        """
        self._run("pactl", "suspend-sink", "mic", "1")

    def plug_microphone_in(self) -> None:
        """There again after ``unplug_microphone``."""
        self._run("pactl", "suspend-sink", "mic", "0")

    def mouth(self) -> subprocess.Popen[bytes]:
        """Plays what is written to its ``stdin`` (s16, 16 kHz, mono) to the microphone; the caller ends it."""
        command = ["pacat", "--playback", "--raw", "--device=mic", f"--rate={HISS_RATE}", "--channels=1"]
        return subprocess.Popen(
            [*command, "--format=s16le", "--latency-msec=200"],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            bufsize=0,
            stderr=subprocess.DEVNULL,
        )

    def both_ears(self) -> subprocess.Popen[bytes]:
        """Writes to its ``stdout`` what is played on a stage of ``one_clock`` (s16, 16 kHz, two channels: what is said
        to the microphone, what the kiosk says); the caller ends it."""
        command = ["parec", "--raw", "--device=stage.monitor", f"--rate={HISS_RATE}", "--channels=2"]
        return subprocess.Popen(
            [*command, "--format=s16le", "--latency-msec=20"],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            bufsize=0,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """The sound server is gone, with all devices."""
        self._daemon.kill()
        self._daemon.wait()

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env={**os.environ, **self.environment}, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    def wait_until_up(self) -> None:
        """Raises RuntimeError when PulseAudio does not come up."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._daemon.poll() is not None:
                break
            try:
                self._run("pactl", "info")
            except subprocess.CalledProcessError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("PulseAudio did not come up")

    def _wait_for_recorder(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._run("pactl", "list", "short", "source-outputs").strip():
            if time.monotonic() > deadline:
                raise RuntimeError("the recorder did not begin")
            time.sleep(0.02)


@contextmanager
def sound_stage(*, one_clock: bool = False) -> Iterator[SoundStage]:
    """A stage of its own in a temporary folder; works as root too. Ends with the context.

    ``one_clock``: ``mic`` and ``speaker`` are the left and the right of one device, ``stage``: a recording of
    ``stage.monitor`` tells to the sample how long after the customer's last sound the kiosk's first one came.

    Raises:
        RuntimeError: PulseAudio is not installed or does not come up.
    """
    missing = missing_programs()
    if missing:
        raise RuntimeError(f"not installed: {', '.join(missing)}")
    # A socket's path may be 107 bytes long: a short folder, whatever the caller's temporary folder is called.
    with tempfile.TemporaryDirectory(prefix="mallo-sound-", dir="/tmp") as name:
        folder = Path(name)
        modules = (
            "module-native-protocol-unix",
            *(_one_device() if one_clock else (line for sink in ("drain", "speaker", "mic") for line in _device(sink))),
        )
        loads = [part for module in modules for part in ("-L", module)]
        environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": name,
            "HOME": name,
            "PULSE_RUNTIME_PATH": str(folder / "pulse"),
        }
        (folder / "pulse").mkdir(mode=0o700)
        flags = (
            "-n",
            "--daemonize=no",
            "--system=false",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=error",
        )
        daemon = subprocess.Popen(["pulseaudio", *flags, *loads], env=environment, stderr=subprocess.DEVNULL)
        try:
            stage = SoundStage(folder, daemon, "ear" if one_clock else "mic.monitor")
            stage.wait_until_up()
            with stage.room_hiss():
                yield stage
        finally:
            daemon.terminate()
            try:
                daemon.wait(5)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()


def _feed(player: subprocess.Popen[bytes], sound: bytes) -> None:
    """Until the player ends. In a thread."""
    if player.stdin is None:
        raise RuntimeError("the player takes nothing")
    with contextlib.suppress(OSError):
        while True:
            player.stdin.write(sound)
    player.stdin.close()


def _device(sink: str) -> list[str]:
    """A virtual device that is awake: one without a listener sleeps, and needs 2 s until its first sound."""
    null_sink = f"module-null-sink sink_name={sink} rate=48000"
    return [null_sink] if sink == "drain" else [null_sink, f"module-loopback source={sink}.monitor {_AWAKE}"]


def _one_device() -> list[str]:
    whole = "module-null-sink sink_name=stage rate=48000 channels=2 channel_map=front-left,front-right"
    one = "channels=1 channel_map=mono remix=no master_channel_map"
    return [
        *_device("drain"),
        whole,
        f"module-loopback source=stage.monitor {_AWAKE}",
        f"module-remap-sink sink_name=mic master=stage {one}=front-left",
        f"module-remap-sink sink_name=speaker master=stage {one}=front-right",
        f"module-remap-source source_name=ear master=stage.monitor {one}=front-left",
        f"module-remap-source source_name={BESIDE_SPEAKER} master=stage.monitor channels=1 channel_map=mono",
    ]


def _alsa_configuration() -> str:
    """ALSA's own configuration with ``pulse`` as the default device."""
    system = Path("/usr/share/alsa/alsa.conf")
    include = f"<{system}>\n" if system.exists() else ""
    return include + _ASOUND
