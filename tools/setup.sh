#!/usr/bin/env bash
# Make this checkout ready: system packages, .venv, and everything from a lock.
# usage: tools/setup.sh run|whisper|test
# "run" is what a kiosk PC needs (requirements.lock); "whisper" adds hearing by Whisper (requirements-whisper.lock, which
# holds all of requirements.lock); "test" adds to both what the tests and the demo need (a virtual sound card).
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-run}

# What each package is for is printed before anything is installed.
run_packages=(
    "gcc:builds PyAudio, which has no Linux wheel"
    "libc6-dev:builds PyAudio"
    "portaudio19-dev:PortAudio, through which the kiosk hears and speaks"
    "libegl1:Qt draws with it"
    "libgl1:Qt draws with it"
    "libopengl0:Qt draws with it"
    "libfontconfig1:Qt finds fonts with it"
    "libdbus-1-3:Qt talks to the desktop with it"
    "libglib2.0-0:Qt runs on it"
    "libxkbcommon0:Qt reads keyboards with it"
    "libxkbcommon-x11-0:Qt's X11 window"
    "libxcb-cursor0:Qt's X11 window"
    "libxcb-icccm4:Qt's X11 window"
    "libxcb-image0:Qt's X11 window"
    "libxcb-keysyms1:Qt's X11 window"
    "libxcb-randr0:Qt's X11 window"
    "libxcb-render-util0:Qt's X11 window"
    "libxcb-shape0:Qt's X11 window"
    "libxcb-sync1:Qt's X11 window"
    "libxcb-xfixes0:Qt's X11 window"
    "libxcb-xinerama0:Qt's X11 window"
    "libxcb-xkb1:Qt's X11 window"
)
test_packages=(
    "pulseaudio:a virtual sound card for the sound tests and the demo"
    "pulseaudio-utils:plays sentences into the virtual microphone"
    "libasound2-plugins:lets PortAudio use the virtual sound card"
    "espeak-ng:speaks the customers' sentences"
)

say() { printf 'set-up: %s\n' "$*"; }
die() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

find_python() {
    local python
    for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$python"
            return
        fi
    done
    die "needs Python 3.11 or newer. Install it (Debian 12: apt-get install python3), or set PYTHON=/path/to/python3."
}

install_system_packages() {
    local wanted=("${run_packages[@]}") missing=() entry name
    [ "$mode" = test ] && wanted+=("${test_packages[@]}")
    # A Debian python3 brings its headers and venv in packages of their own; others bring them along.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || wanted+=("python3-venv:makes .venv")
    "$python" -c 'import pathlib, sys, sysconfig; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())' \
        || wanted+=("python3-dev:builds PyAudio")
    if ! command -v dpkg-query >/dev/null; then
        say "this is not Debian: install the counterparts of these yourself if something is missing: ${wanted[*]%%:*}"
        return
    fi
    for entry in "${wanted[@]}"; do
        name=${entry%%:*}
        # Debian 13 renamed some libraries for 64-bit time; either name serves.
        installed "$name" || installed "${name}t64" || missing+=("$entry")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "these system packages are missing:"
    for entry in "${missing[@]}"; do printf '    %-20s %s\n' "${entry%%:*}" "${entry#*:}"; done
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]%%:*}")
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "install them as root, then run this again: apt-get install ${missing[*]%%:*}"
        say "sudo is needed to install them with apt-get; nothing else is done as root."
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" "${command[@]}" >/dev/null
}

digest() { sha256sum "$1" | cut -d' ' -f1; }

install_python_packages() {
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "making .venv with $("$python" --version)"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    say "installing $lock into .venv ($size; a minute or two the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
}

case $mode in run | whisper | test) ;; *) die "usage: tools/setup.sh run|whisper|test" ;; esac
python=$(find_python)
install_system_packages

# The stamp says what is in .venv: the digest of requirements.lock, and that of requirements-whisper.lock where it came
# from there. What has Whisper has everything, and keeps it: no mode takes anything away.
base=$(digest requirements.lock) full=$(digest requirements-whisper.lock)
{ read -r has_base has_full <.venv/.lock-installed; } 2>/dev/null || true
if [ "$mode" = run ] && [ -z "${has_full:-}" ]; then
    lock=requirements.lock size="900 MB" stamp=$base
    [ "${has_base:-}" = "$base" ] && lock=
else
    lock=requirements-whisper.lock size="1.2 GB, of it 270 MB for Whisper" stamp="$base $full"
    [ "${has_base:-} ${has_full:-}" = "$stamp" ] && lock=
fi
if [ -n "$lock" ]; then
    install_python_packages
    printf '%s\n' "$stamp" >.venv/.lock-installed
fi
touch ".venv/.ready-$mode"
[ "$mode" = run ] || touch .venv/.ready-run
[ "$mode" = test ] && touch .venv/.ready-whisper
say "ready"
