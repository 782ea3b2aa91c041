"""Words that say which and how many, ``|`` between them, in both languages: the same, half, twice, too many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.external.offline.understanding.kinds import Kind

_LEFT = "두세|두시|두고|두자|두죠|두지|두는|두소|두이|두십|둡시|둘게|둘께|둘래|둬|놔|놓"
_LEFT_AS_IT_IS = "놔두|놔 두|놔둘|놔 둘|냅두|냅둬|냅둘|놔둬|내버려|" + "|".join(
    f"{as_it_is} {verb}" for as_it_is in ("그냥", "그대로", "가만", "가만히") for verb in _LEFT.split("|")
)
"""Said of an ingredient it stays as the menu has it; said alone nothing is changed."""

ITEM_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SAME: (
            "같은 걸로|같은 거|같은 것|똑같은|똑같이|같은 스타일|나도요|저도요|나두요|저두요|나도|저도|"
            "the same|same|same for|same style|same thing|same one|same please|me too|one too|make that two of them"
        ),
        Kind.WITHOUT: "없어도|없어두",
        Kind.HALF: "반은|반을|half|half of those|반만|절반|반으로|half of them|half of it|only half|just half|halve",
        Kind.TIMES: "두 배|세 배|두배로|세배로|곱절|double|twice as many|twice as much|twice the|triple|twice|"
        "thrice|two times|three times|doubled|tripled",
        Kind.EACH: (
            "사람 수대로|사람수대로|인원수대로|인원 수대로|머릿수대로|머리수대로|사람 수만큼|인원만큼|종류별|"
            "on each|in each|for each|in either|on either|of every|"
            "on anything|in anything|on everything|in everything|on any|"
            "in any of them|on any of them|any of them"
        ),
        Kind.INSTEAD: (
            "너무 많|너무 많고|너무 많으니|너무 적|is too much|is too many|are too many|too many|thats too many|"
            "over the|all but|everything but|with the exception of"
        ),
        Kind.REMOVE: (
            "낮춰|낮추|낮출|빼지 마|빼지 말|빼지는 마|빼지는 말|안 빼|안 빼셔|안 빼도|배 주세|배주세|out|out of|"
            "out of the|off of|off the|내려|안 줘도|"
            "안 주셔도|안 주시|"
            "안줘도|없애|줄일|away|less|fewer|"
            "forget the|scrap|scrap the|dont bother with|dont bother with the|no need|"
            "is not necessary|not necessary|not needed|"
            "forget about the|scratch|nor the|nor|neither needs|neither need|neither of them needs|"
            "neither of them need|wont be needing|wont be needing the|i wont need|wont need|wont need the|"
            "can do without|could do without|do without the|do without|"
            "live without|pass on the|lose the|no more of the|leave off|ditch the"
        ),
        Kind.TO: "for|back to|down to|up to|up it to|it down to|cut it to|cut down to|cut it down to|bring it down to",
        Kind.ONLY: "only|just|but just|is enough|are enough|will be enough|is plenty",
        Kind.RESET: (
            f"{_LEFT_AS_IT_IS}|있어야|남겨|남기|leave in|keep the|put them back|put it back in|put them back in|"
            "put them back on|put it back on|put that back|put that back on|put those back|bring them back|"
            "leave them on|leave them in|leave it on|leave it in|keep them on|keep them in|add them back|add it back"
        ),
        Kind.NOTHING_MORE: _LEFT_AS_IT_IS,
        Kind.FILLER: "between us|between them|among us|among them|to share|between the two of us|all in all|"
        "for the whole table|for the table|combined|합쳐서|합해서|다 합쳐서|다 합해서|통틀어|통틀어서|전부 합쳐|"
        "전부 합쳐서|모두 합쳐|모두 합쳐서|ones|than|도로|after all|afterall|instead please|right away|straight away",
    }
)
