"""English words around the catalogue's names, ``|`` between them, without apostrophes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.external.offline.understanding.kinds import Kind

ENGLISH: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.YES: (
            "yes|yeah|yep|yup|ya|sure|ok|okay|correct|right|thats right|thats correct|yes please|of course|"
            "absolutely|exactly|sounds good|perfect|great|fine|do it|uh huh|go on|definitely|looks good|good"
        ),
        Kind.PLACE: (
            "ok order|okay order|"
            "place the order|place my order|place order|order it|order now|confirm|confirm the order|go ahead|"
            "check out|checkout|i will order|ill order that|pay|place it|submit"
        ),
        Kind.NO: (
            "no|nope|nah|not|wrong|thats wrong|not right|thats not right|incorrect|not that|no no|dont|i dont|"
            "not yet right|actually|i mean|i meant|no wait|sorry i meant|rather"
        ),
        Kind.NOTHING_MORE: (
            "nothing|nothing else|no thanks|no thank you|thats all|that is all|thats it|that is it|"
            "that will be all|thatll be all|thatll do|that will do|as it is|as is|no more|im good|i am good|"
            "nothing more|leave it|keep it|keep it like that|all good|none|just that|im done|i am done|were done|"
            "done|no changes|no change|its fine|it is fine|thats fine|that is fine|enough|that is everything|"
            "thats everything|just as it is|nope thats it|nothing to add"
        ),
        Kind.CANCEL: (
            "cancel|cancel the order|cancel my order|cancel it|cancel everything|never mind|nevermind|forget it|"
            "forget the order|i dont want anything|scrap it|scrap that order|dont order"
        ),
        Kind.FILLER: (
            "sorry|excuse me|"
            "um|uh|pls|plz|er|erm|hmm|well|so|please|just|then|maybe|i think|the|my|me|us|for me|there|kindly|oh|"
            "ah|lets see|let me see|you know|like|in|it|its|that is|is|are|some|any|all right then|alright|"
            "hey there|also please|on|at|i|we|you|do|does|can|could|would|will|it to|with it|on it|on top|be|"
            "this is|dont cancel|do not cancel|now|today|really|too much|for|your|by|have|has|am"
        ),
        Kind.START_OVER: (
            "start over|start again|reset|from the beginning|begin again|new order|clear the order|"
            "clear everything|from scratch"
        ),
        Kind.BACK: "go back|back|previous step|previous screen|step back|undo",
        Kind.REPEAT: (
            "repeat|say again|say that again|say it again|pardon|what did you say|come again|one more time|"
            "i didnt hear|i did not hear|didnt catch that|didnt hear you|repeat that|what was that|sorry what"
        ),
        Kind.STAFF: (
            "staff|help|help me|somebody|someone|call the staff|assistance|waiter|waitress|real person|a person|"
            "human|manager|talk to someone"
        ),
        Kind.WAIT: (
            "wait|hold on|just a moment|one moment|a moment|one second|just a second|hang on|let me think|"
            "not yet|give me a minute|one minute|not sure yet|later"
        ),
        Kind.THANKS: "thanks|thank you|thank you very much|cheers",
        Kind.GREETING: "hello|hi|hey|good morning|good afternoon|good evening|hiya",
        Kind.USUAL: "the same again|same again|"
        "the usual|my usual|usual|same as last time|same as always|what i always have|what i had last time",
        Kind.LOUDER: "louder|speak up|turn it up|volume up|i cant hear you|cant hear",
        Kind.SLOWER: "slower|more slowly|slow down|too fast|speak slowly",
        Kind.LARGER: (
            "larger letters|bigger letters|larger text|bigger text|larger font|bigger font|text is too small|"
            "cant see|cant read"
        ),
        Kind.ORDER: (
            "i want|id like|i would like|can i get|can i have|could i get|could i have|may i have|may i get|"
            "give me|get me|ill have|i will have|ill take|i will take|ill get|ill go with|i will go with|order|"
            "we want|wed like|we would like|well have|we will have|well take|bring me|let me have|let me get|"
            "lets have|let us have|can we get|can we have|could we have|i need|we need|i want to order|"
            "i would like to order|id like to order|want|gimme|go for|make me|put me down for|take|get|lets do|"
            "lets go with|like to have|to have"
        ),
        Kind.ADD: "add|extra|more|additional|plus|another one|one more|lots of|double up|add in|add on",
        Kind.PUT: "with|include|including|put|put back|topped with|bring back|has|having|put in",
        Kind.REMOVE: (
            "remove|off|take off|take out|take away the|leave out|delete|drop|hold the|skip|minus|get rid of|"
            "dont add|dont want|dont need|dont put|do not want|take it off|fewer|less"
        ),
        Kind.WITHOUT: "without|with no|hold|free of",
        Kind.INSTEAD: "besides|except|other than|apart from|instead of|rather than|instead|in place of|but",
        Kind.CHANGE: (
            "change|make it|make that|make them|make|switch|change it|change that|swap|replace|turn it into|"
            "upgrade|change to|switch to|upgrade to|make the|change the"
        ),
        Kind.REST: "the rest|rest of them",
        Kind.RESET: "back to normal|to normal|as it comes|the normal amount|back to how it was|as it was",
        Kind.ALL: "everyone|everybody|"
        "all|both|everything|all of them|both of them|every one|all in|both in|they should all be",
        Kind.EACH: "each|apiece|of each|each of them|each one",
        Kind.THAT: (
            "that|that one|this|this one|the one you said|what you recommend|your recommendation|what you said|"
            "them|those|these|the recommended one|the other one"
        ),
        Kind.FLAVOUR_WORD: "flavour|flavor|flavoured|flavored|taste",
        Kind.STYLE_WORD: "style|styled|style please|version",
        Kind.COLOUR_WORD: "colour|color|coloured|colored",
        Kind.LETTERING_WORD: "lettering|letters|inscription|text|message|write|writing",
        Kind.MENU_WORD: "menu|dish|dishes|food|menus",
        Kind.WHAT: (
            "anything|what|which|what are|whats|what is|tell me|tell me about|how|is there|are there|does it|explain|"
            "do you have|what kind of|what kinds of"
        ),
        Kind.ASK_PRICE: "how much|cheap|price|prices|cost|costs|how expensive|what does it cost",
        Kind.ASK_TOTAL: "total|altogether|in total|in all|so far|sum|total price|the bill|bill",
        Kind.ASK_CONTENTS: (
            "whats in|what is in|what comes with|what does it come with|ingredients|comes with|come with|contain|"
            "contains|contents|included in|what do i get|made of"
        ),
        Kind.ASK_ALLERGENS: ("allergy|allergic|allergies|allergen|allergens|intolerant|intolerance|coeliac|celiac"),
        Kind.ASK_DIFFERENCE: "difference|differences|different|differ",
        Kind.ASK_MENUS: (
            "what do you have|what have you got|what do you sell|what can i order|what is on the menu|"
            "whats on the menu|show me the menu|the menu|what can i get|what is there"
        ),
        Kind.ASK_EVENTS: (
            "discount|discounts|offer|offers|event|events|promotion|promotions|deal|deals|special offers|sale|coupon"
        ),
        Kind.ASK_WAITING: (
            "how long|wait time|waiting time|when will it be ready|when is it ready|how many minutes|when can i get it"
        ),
        Kind.ASK_STATUS: (
            "my order|where is my order|order number|order status|status of my order|is my order ready|"
            "wheres my order|my order number"
        ),
        Kind.RECOMMEND: (
            "whatever|surprise me|anything is fine|you choose|"
            "recommend|recommendation|suggest|suggestion|popular|what is good|whats good|best|favourite|favorite|"
            "what should i|bestseller|what do people like|whats nice|what is nice"
        ),
        Kind.CHEAPEST: "cheapest|least expensive|lowest price",
        Kind.DEAREST: "most expensive|dearest|priciest|the most luxurious",
        Kind.OTHERS: "something else|anything else|other ones|others|another option|other options|what else",
        Kind.CONTAINING: "contain|contains|containing",
        Kind.IN_ENGLISH: "speak english|in english|english please|english menu|english language",
        Kind.IN_KOREAN: "in korean|korean please|speak korean",
        Kind.AND: "and|plus a|as well as|along with|and also|and then|with a",
        Kind.ALSO: "also|too|as well",
        Kind.TO: "to|into|as",
        Kind.OF: "of",
        Kind.PAST: (
            "i had|i ate|yesterday|last week|my friend|she said|he said|i bought|we had|was great|were great|"
            "used to|when i was"
        ),
    }
)
