"""Emulated vendors: Gemini and OpenAI as their own SDKs meet them on the wire, with faults to order.

In a test's own loop::

    async with emulated_vendors() as vendors:  # tests.support.vendors has real SDK clients for them
        vendors.script.hears("딸기 케이크 두 개")  # what every recording is taken to say
        vendors.script.says({"intent": "order", ...})  # what the language model answers
        vendors.order(Fault.STALL, "language", times=1)  # or for ever, for one vendor or model, after some calls
        vendors.models.retire("gemini-3.8-flash")
        vendors.pace = Pace(first_token=0.4, whole_answer=0.58)
        ...
        assert vendors.calls.last("language").body["generationConfig"]

As a process that can be killed: ``tests.support.vendors.vendor_process``. ``--brain offline`` (``offline_brain``) lets
the shop's own engines answer instead of a script.

Bodies, headers and habits are those that google-genai 3.4 and openai 3.54 expect and that people quote from the real
ones; where a fact is not from the SDK's source, the file that uses it names where it is from. Not emulated: streamed
transcriptions, tools, files, caches, sound sent to the Realtime API.
"""

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
