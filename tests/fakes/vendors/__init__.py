"""Emulated vendors: Gemini and OpenAI as their own SDKs meet them on the wire, with faults to order."""

from tests.fakes.vendors.brain import Brain, Drawing, Question, Script, Transcript
from tests.fakes.vendors.emulator import GEMINI_KEY, OPENAI_KEY, Vendors, emulated_vendors
from tests.fakes.vendors.faults import Capability, Fault, Vendor
from tests.fakes.vendors.pace import BENCH, Pace

__all__ = [
    "BENCH",
    "GEMINI_KEY",
    "OPENAI_KEY",
    "Brain",
    "Capability",
    "Drawing",
    "Fault",
    "Pace",
    "Question",
    "Script",
    "Transcript",
    "Vendor",
    "Vendors",
    "emulated_vendors",
]
