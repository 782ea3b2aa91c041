"""English words around the catalogue's names, ``|`` between them, without apostrophes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.external.offline.understanding.elsewhere import ELSEWHERE_EN
from backend.external.offline.understanding.kinds import Kind

ENGLISH: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.YES: (
            "mm hmm|mhm|mmhmm|mm yes|aha|mm yeah|mhmm|yes that one|yes|yeah|yep|yup|ya|sure|ok|okay|correct|"
            "right|thats right|thats correct|yes please|of course|"
            "absolutely|exactly|sounds good|perfect|great|fine|do it|uh huh|go on|definitely|looks good|y|"
            "i suppose so|i suppose|i guess so|i guess|why not|please do|go for it|very well|aye|aye please|"
            "ok do that|do that|yes do that|yes dear|sounds lovely|sounds nice|lovely|if you like|"
            "that will be fine|by all means|yes lets|all right|lets do it|too right|yes of course|for sure|"
            "its right|now its right|it is right|now it is right|certainly|indeed|thats the one|"
            "thats the ones|that is the one|thats what i want|"
            "cool|nice|brilliant|wonderful|you bet|okey dokey|k|yessir|ye"
        ),
        Kind.PLACE: (
            "ok order|okay order|finish my order|finish the order|complete my order|complete the order|crack on|"
            "proceed|please proceed|the bill please|bill please|the check please|check please|can i get the bill|"
            "can we get the bill|can i have the bill|can we have the bill|can i get the check|"
            "can we get the check|place the order|place my order|place order|order it|order now|confirm|"
            "confirm the order|go ahead|check out|checkout|i will order|ill order that|pay|place it|submit|"
            "place the|send it|put it through|send the order|finish the order|ring it up|ring me up|"
            "thats my order|lets order|ready to order|ready to pay|pay by card|pay with card|paying by card|"
            "card please|go on then|do it|i pay|finish i pay"
        ),
        Kind.NO: (
            "no|nope|nah|not|wrong|thats wrong|not right|thats not right|incorrect|not that|no no|dont|i dont|"
            "not yet right|actually|i mean|i meant|no wait|sorry i meant|rather|scratch that|oh no|wait no|n|"
            "no its not|i said|i only wanted|i only want|i only asked for|it should be|there should be|i asked for|"
            "i changed my mind|ive changed my mind|changed my mind|change of mind|on second thought|"
            "on second thoughts|"
            "second thoughts|on reflection|i meant to say|not at all|thats silly|thats ridiculous|i misspoke|"
            "my mistake"
        ),
        Kind.NOTHING_MORE: (
            "it is all|its all|that will be it|nothing|nothing else|finish|finished|all set|"
            "no thanks|no thank you|thats all|that is all|thats it|"
            "that is it|"
            "that will be all|thatll be all|thatll do|that will do|as it is|as is|no more|im good|i am good|"
            "nothing more|leave it|keep it|keep it like that|all good|none|just that|im done|i am done|"
            "were done|done|no changes|no change|its fine|it is fine|thats fine|that is fine|enough|"
            "that is everything|thats everything|just as it is|nope thats it|nothing to add|just as it comes|"
            "as they come|as they are|thatll be it|no extras|nothing extra|no additions|nothing added|"
            "nothing for me|im happy with that|im happy|happy with that|thats lovely|thats great|thats perfect|"
            "thats good|thats plenty|thats enough|thats the lot|thats me done|nothing thanks|plain as it is|"
            "leave it as it is|leave it as is|the way it is|as it stands|keep it as it is|no thank you dear|"
            "not really|i dont think so|thats fine as it is|just that please|dont change anything|nope|nah|"
            "no im fine|im fine|just like that|with nothing else|and thats it|and thats all|"
            "dont need anything else|dont want anything else|nothing else thanks|i dont need anything|"
            "looks good|that looks good|all looks good|looks right|that looks right|as it comes|"
            "dont need anything|i dont want anything else|i dont need anything else|there is nothing else|"
            "no other things|wont need anything|dont think so"
        ),
        Kind.CANCEL: (
            "cancel|cancel the order|cancel my order|cancel it|cancel everything|never mind|nevermind|"
            "forget it|forget the order|i dont want anything|scrap it|scrap that order|dont order|nvm|"
            "call it off|abort|i changed my mind about the whole|forget the whole thing|forget everything|"
            "i dont want it anymore|i dont want this anymore|dont want anything|no order|stop the order|"
            "i will leave it|im leaving"
        ),
        Kind.FILLER: (
            "good|sorry|excuse me|um|uh|pls|plz|er|erm|hmm|well|so|please|just|then|maybe|i think|the|my|me|us|"
            "for me|there|kindly|oh|ah|lets see|let me see|you know|like|in|it|its|that is|is|are|some|any|"
            "all right then|alright|hey there|also please|on|at|i|we|you|do|does|can|could|would|will|it to|"
            "with it|on it|on top|be|this is|dont cancel|do not cancel|now|today|really|for|your|by|"
            "have|has|am|dear|love|nicely|will do|oh dear|dear me|oh dear me|mate|how do you say|"
            "what do you call it|whats it called|how is called|how is it called|i repeat|you know what|number|"
            "one sec|ehm|ahem|gosh|goodness|goodness me|silly me|if i may|"
            "if you dont mind|if possible|if you could|would you mind|again|style please|mister|sir|maam|miss|"
            "madam|young man|young lady|okay so|right so|right then|yes so|because|cause|since|was|were|"
            "were here|im here|weve|ive|hes|shes|they|he|she|our|their|not sure|bit|a bit|little|a little|card|"
            "mm|mmm|hm|sil vous plait|svp|por favor|per favore|bitte|im afraid|to be honest|honestly|frankly|"
            "as i said|like i said|by the way|basically|"
            "quick one|a quick one|i was wondering whether|i was wondering if|was wondering if|was wondering whether|"
            "wondering if|wondering whether|i wonder if|i wonder whether|whether|possibly|we are|there are|"
            "table for|a table for|party of|a party of|group of|a group of|family of|a family of|"
            "from|turns|turning|turned|aged|theyre|in fact|need|visa|ate|hungry|not hungry|im not hungry|"
            "you know what"
        ),
        Kind.START_OVER: (
            "start over|start again|reset|from the beginning|begin again|new order|clear the order|"
            "clear everything|from scratch|start it over|restart|start fresh|start anew|begin over|"
            "forget all that and start|wipe it|clear it all|delete everything|clear it|empty the cart|"
            "empty my order|empty it"
        ),
        Kind.BACK: (
            "go back|back|previous step|previous screen|step back|undo|take me back|back a step|one step back|"
            "previous|return"
        ),
        Kind.REPEAT: (
            "repeat|say again|say that again|say it again|pardon|what did you say|come again|one more time|"
            "i didnt hear|i did not hear|didnt catch that|didnt hear you|repeat that|what was that|sorry what|"
            "what|what did you just say|could you repeat|can you repeat|repeat please|say it once more|"
            "i missed that|didnt hear|can you say that|what was that dear|eh|huh|sorry dear|speak again|"
            "one more time please|didnt quite catch|i didnt catch|i beg your pardon|beg your pardon|"
            "once again please"
        ),
        Kind.STAFF: (
            "staff|help|help me|somebody|someone|call the staff|assistance|waiter|waitress|real person|"
            "a person|human|manager|talk to someone|speak to someone|speak to somebody|talk to somebody|"
            "get someone|get somebody|an employee|a member of staff|a waiter|real human|actual person|the boss|"
            "a server|server|i cant do this|i dont know how|i cant work this|somebody help|can someone help|"
            "can someone come|some help|need help|please help|call someone|call somebody|ask someone|"
            "an assistant|clerk|attendant"
        ),
        Kind.WAIT: (
            "wait|hold on|just a moment|one moment|a moment|one second|just a second|hang on|let me think|"
            "not yet|dont order yet|do not order yet|dont place it yet|dont place the order yet|dont send it yet|"
            "give me a minute|one minute|not sure yet|later|im thinking|still thinking|still deciding|"
            "not ready|im not ready|thinking|let me see the|bear with me|one sec please|a sec|let us think|"
            "we are deciding|dont know yet|havent decided|give us a minute|give me a second|give me a moment|"
            "i need a minute|i need a moment|just looking|we need a minute|hold your horses|not now|"
            "not now love|not just now"
        ),
        Kind.THANKS: (
            "merci|merci beaucoup|gracias|danke|grazie|arigato|thanks a million|thanks|thank you|"
            "thank you very much|cheers|thanks dear|ta|much appreciated|thanks a lot|"
            "many thanks|thank you so much|ty"
        ),
        Kind.GREETING: (
            "bonjour|bonsoir|hola|ciao|guten tag|konnichiwa|hello|hi|hey|gday|good morning|good afternoon|"
            "good evening|hiya|greetings|howdy|good day|morning|"
            "evening|hello there|hi there|yo|how does this work|how do i order|how does it work|"
            "how do i use this|first time here|never been here|never used one of these|how to order"
        ),
        Kind.USUAL: (
            "the same again|same again|the usual|my usual|usual|same as last time|same as always|"
            "what i always have|what i had last time|same as before|same as last|what i usually have|"
            "what i usually get|the regular|my regular|like last time|as last time|my favourite order|"
            "the same as always|same order|the same order as last time|what i got last time|usual order|"
            "what i always get"
        ),
        Kind.LOUDER: (
            "louder|speak up|turn it up|volume up|i cant hear you|cant hear|turn up the volume|"
            "turn the volume up|raise the volume|raise your voice|a bit louder|more volume|hard of hearing|"
            "you are too quiet|youre too quiet|too quiet|speak louder|talk louder|louder please|volume"
        ),
        Kind.SLOWER: (
            "slower|more slowly|slow down|too fast|speak slowly|talk slower|speak slower|slowly|too quickly|"
            "a bit slower|you speak too fast|youre too fast|not so fast|slow it down|less fast"
        ),
        Kind.LARGER: (
            "larger letters|bigger letters|larger text|bigger text|larger font|bigger font|text is too small|"
            "cant see|cant read|letters are too small|letters are small|text is small|writing is too small|"
            "print is too small|too small|make the text bigger|make the letters bigger|make it bigger|"
            "text bigger|letters bigger|large text|large print|larger print|bigger print|big letters|big text|"
            "enlarge|zoom in|larger|bigger letters please|hard to read|hard to see|cant read this|"
            "cant see this|cant read the screen|cant see the screen|my glasses"
        ),
        Kind.ORDER: (
            "id prefer|i prefer|i would prefer|we prefer|wed prefer|we would prefer|prefer|i want|id like|"
            "i would like|can i get|can i have|could i get|could i have|may i have|may i get|"
            "give me|get me|ill have|i will have|ill take|i will take|ill get|ill go with|i will go with|order|"
            "we want|wed like|we would like|well have|we will have|well take|bring me|let me have|let me get|"
            "lets have|let us have|can we get|can we have|could we have|i need|we need|i want to order|"
            "i would like to order|id like to order|want|gimme|go for|make me|put me down for|take|get|lets do|"
            "lets go with|like to have|to have|is it possible|is possible|would it be possible|"
            "would that be possible|is it possible to have|is it possible to get|"
            "would it be possible to have|is it ok to have|is it okay to have|could i possibly have|"
            "any chance of|could i also have|can i also have|can i also get|may i also have|can i order|"
            "could i order|may i order|can we order|could we get|may we have|might i have|ill do|well do|"
            "well get|well go with|grab|i could go for|i would want"
        ),
        Kind.ADD: ("add|extra|more|additional|plus|another one|one more|lots of|double up|add in|add on"),
        Kind.PUT: ("with|include|including|put|put back|topped with|bring back|has|having|put in"),
        Kind.REMOVE: (
            "remove|off|take off|take out|take away the|leave out|delete|drop|hold the|skip|minus|get rid of|"
            "dont add|dont want|dont need|dont put|do not want|take it off|fewer|less|wont be needing|"
            "wont be having|wont need|"
            "wont want|not needing|neither needs|neither need|neither wants|neither of them needs|none of them needs"
        ),
        Kind.WITHOUT: ("nae|without|with no|hold|free of|nor"),
        Kind.INSTEAD: ("besides|except|other than|apart from|instead of|rather than|instead|in place of|but"),
        Kind.CHANGE: (
            "change|make it|make that|make them|make|switch|change it|change that|swap|replace|turn it into|"
            "upgrade|change to|switch to|upgrade to|make the|change the|cut it down|cut it|cut down|bring it down|"
            "take it down|"
            "knock it down|bump it up|bump it|up it"
        ),
        Kind.SWAPPED: (
            "the other way round|other way round|the other way around|other way around|vice versa|"
            "the opposite way round|wrong way round|swap them round|swap them around|switch them round|"
            "switch them around|the wrong way round|wrong way around"
        ),
        Kind.REST: (
            "the rest|rest of them|the other|the others|the other two|the other three|the remaining|the rest of them"
        ),
        Kind.RESET: ("back to normal|to normal|as it comes|the normal amount|back to how it was|as it was"),
        Kind.ALL: (
            "everyone|everybody|all|both|everything|all of them|both of them|every one|all in|both in|"
            "they should all be|neither needs|neither need|neither wants|neither of them needs|none of them needs"
        ),
        Kind.EACH: ("each|apiece|of each|each of them|each one|every|with every|for every|on every|in every"),
        Kind.THAT: (
            "that|that one|this|this one|the one you said|what you recommend|your recommendation|what you said|"
            "them|those|these|the recommended one|the other one|that one then|that then|it then|"
            "that one please|the one you mentioned|one of those|one of them please|this one please|"
            "ill have that|the said one|your suggestion|that sounds good"
        ),
        Kind.FLAVOUR_WORD: ("flavour|flavor|flavoured|flavored|taste"),
        Kind.STYLE_WORD: ("style|styles|styled|style please|version"),
        Kind.COLOUR_WORD: ("colour|color|coloured|colored"),
        Kind.LETTERING_WORD: ("lettering|letters|inscription|text|message|write|writing"),
        Kind.MENU_WORD: ("menu|dish|dishes|food|menus"),
        Kind.WHAT: (
            "anything|what|which|what are|whats|what is|tell me|tell me about|how|is there|are there|does it|"
            "explain|do you have|what kind of|what kinds of"
        ),
        Kind.ASK_PRICE: ("how much|cheap|price|prices|cost|costs|how expensive|what does it cost"),
        Kind.ASK_TOTAL: (
            "total|altogether|in total|in all|so far|sum|total price|the bill|bill|read my order|"
            "read the order|read it back|read that back|read back|what do i have|what have i got|"
            "what have i ordered|what did i order|whats in my order|what is in my order|what is in my cart|"
            "whats in my cart|my cart|my basket|does it come to|does that come to|that come to|do i owe|"
            "come to|whats on my order|what have we got|what have i|whats my order|what is my order|"
            "how much so far|how much in total|how much is it all|how much is everything|how much altogether|"
            "whats the damage|grand total|sum total|final price|the total|read out my order|will that do|"
            "is that enough|enough money|do i have enough|have i got enough|did i say|did i order|did i ask for"
        ),
        Kind.ASK_CONTENTS: (
            "whats in|what is in|what comes with|what does it come with|ingredients|comes with|come with|"
            "contain|contains|contents|included in|what do i get|made of|whats inside|what is inside|in it|"
            "whats on|made from|made with|does it have|does it include|what does it have|what do you get|"
            "come with it|whats it got|have in it|contains what|is there any"
        ),
        Kind.ASK_ALLERGENS: (
            "allergy|allergic|allergies|allergen|allergens|intolerant|intolerance|coeliac|celiac|safe for|"
            "safe to eat|can i eat|can she eat|can he eat|can they eat|coeliacs|anaphylactic|anaphylaxis|"
            "hypoallergenic"
        ),
        Kind.ASK_DIFFERENCE: ("difference|differences|different|differ|differs|vs|versus|compared to|compare"),
        Kind.ASK_MENUS: (
            "what do you have|what have you got|what do you sell|what can i order|what is on the menu|"
            "whats on the menu|show me the menu|the menu|what can i get|what is there|what are my choices|"
            "what are my options|my choices|my options|the choices|the options|what else do you have|what food|"
            "what sort of|menu please|list the|read me the menu|read the menu|what can i have|what can we have|"
            "what can you make|what are there"
        ),
        Kind.ASK_EVENTS: (
            "discount|discounts|offer|offers|event|events|promotion|promotions|deal|deals|special offers|sale|"
            "coupon|happy hour|reduced|reductions|bargain|bargains|specials|voucher|on offer"
        ),
        Kind.ASK_WAITING: (
            "how long|wait time|waiting time|when will it be ready|when is it ready|how many minutes|"
            "when can i get it|how much longer|be long|take long|how soon|when will it|when will my|when can i|"
            "ready in|will it take long|does it take|the wait"
        ),
        Kind.ASK_STATUS: (
            "my order|where is my order|order number|order status|status of my order|is my order ready|"
            "wheres my order|my order number|have i ordered|did it go through|did that go through|"
            "has it gone through|go through|is it ordered|is my order in|did you get my order|is it placed|"
            "has my order|hows my order|check my order|track my order|order ready"
        ),
        Kind.RECOMMEND: (
            "whatever|surprise me|anything is fine|you choose|recommend|recommendation|suggest|suggestion|"
            "popular|what is good|whats good|best|favourite|favorite|what should i|bestseller|"
            "what do people like|whats nice|what is nice|yummiest|tastiest|nicest|most popular|best one|"
            "the best|best selling|your favourite|which is better|whats better|which one is better|"
            "what would you|what do you suggest|which would you|which should i|what should we|help me choose|"
            "cant decide|you decide|you pick|pick one for me|pick for me|something nice|something romantic|"
            "something special|something light|something filling|something to share|something tasty|"
            "something good|"
            "good for|speciality|specialty|signature|suitable for|whats popular|what goes|ideal for|for a date|"
            "dont know what to|no idea what to|something for|looking for something|anything good|recommend me|"
            "got any recommendations|recommendations|something without|something with no"
        ),
        Kind.CHEAPEST: ("cheapest|most cheap|least expensive|lowest price"),
        Kind.DEAREST: ("most expensive|dearest|priciest|the most luxurious"),
        Kind.OTHERS: (
            "something else|anything else|other ones|others|another option|other options|what else|what other|"
            "any other|any others|a different one|something different|not that one something|another suggestion"
        ),
        Kind.CONTAINING: ("contain|contains|containing"),
        Kind.IN_ENGLISH: (
            "speak english|in english|english please|english menu|english language|english로 말|english로|"
            "speak in english|switch to english|change to english|do you speak english|"
            "change language to english"
        ),
        Kind.IN_KOREAN: ("in korean|korean please|speak korean|change to korean|switch to korean"),
        Kind.AND: ("and|plus a|as well as|along with|and also|and then|with a"),
        Kind.ALSO: ("also|too|as well"),
        Kind.TO: ("to|into|as"),
        Kind.OF: ("of"),
        Kind.PAST: (
            "i had|i ate|yesterday|last week|my friend|she said|he said|i bought|we had|was great|were great|"
            "used to|when i was"
        ),
        Kind.CANNOT_EAT: (
            "cant eat|cannot eat|cant have|cannot have|dont eat|doesnt eat|cant drink|cannot drink|dont drink|"
            "doesnt drink|does not drink|do not drink|does not eat|do not eat|dont like|doesnt like|hates|hate|avoid|"
            "wont have|will not have|wont drink|will not drink|didnt order|did not order|didnt ask for|"
            "did not ask for|never ordered|dont include|do not include|not put|nix|do not like|does not like|"
            "doesnt care for|"
            "dont care for|cant stand|not a fan of|not keen on|not fond of|dislike|dislikes|"
            "avoiding|not allowed|cant take|reacts to|react to|bad with|sensitive to"
        ),
        Kind.PLAIN: ("plain|plain one|plain style|ordinary|basic|regular|normal|standard|simplest|plainest"),
        Kind.FANCY: (
            "fancier|fanciest|fancy|most fancy|fancy one|poshest|posh|top one|top of the range|the luxury one|"
            "nicer one|best style|most luxurious|premium"
        ),
        Kind.FORMER: ("former|the first of those|the one you said first|front one|top one on"),
        Kind.LATTER: ("latter|the one you said last|bottom one|end one"),
        Kind.MIDDLE: ("middle one|middle|in the middle|one in the middle|in between"),
        Kind.SOMEBODY: (
            "mum|mummy|mom|mommy|dad|daddy|honey|darling|sweetheart|sweetie|babe|grandma|granny|grandpa|kids come|guys"
        ),
        Kind.PHONE: (
            "ill call you back|call you back|on the phone|im at the|hang up|talk later|im just buying|"
            "im just ordering|im in the shop|im in the queue|call you later"
        ),
        Kind.WONDER: (
            "should i|shall i|should we|shall we|i wonder|i wonder if|or maybe|im torn between|do i want|"
            "hmm should|i dont know|im not sure|not sure which|should i get|should i have|should i take|"
            "should i order|shall i get|shall i have|shall i take|should we get|should we have|hmm maybe|"
            "too much|too many|rather a lot of"
        ),
        Kind.ELSEWHERE: ELSEWHERE_EN,
        Kind.UNDO: (
            "undo|undo that|take that back|scratch that last|put it back how it was|put it back|put them back|"
            "put that back|put those back|add it back|bring it back|reverse that|"
            "go back on that|revert|forget that last|forget the last one|cancel that last"
        ),
        Kind.TABLE_TALK: (
            "do you want|would you like|what do you want|what are you having|what will you have|"
            "what would you like|your turn|with yours|you choose honey|are you having|did you want|"
            "do you fancy|do you like|what about you|how about you"
        ),
        Kind.ASK_SAME: (
            "what about|how about|and what about|and how about|what about the|how about the|have any|has any|"
            "got any|have any of that|have those in it"
        ),
        Kind.NOT_SOLD: (
            "ice cream|pizza|burger|burgers|hamburger|coke|cola|pepsi|sprite|pasta|spaghetti|fries|chips|"
            "sandwich|soup|sushi|rice|noodles|chicken|fish and chips|beer|juice|orange juice|milkshake|latte|"
            "cappuccino|espresso|tiramisu|donut|doughnut|cookie|cookies|muffin|hot dog|curry|kimchi|bibimbap|"
            "bulgogi|soda|lemonade|brownie|cheeseburger|tea"
        ),
        Kind.CHEAPER: (
            "cheaper|more cheap|less expensive|cheaper one|cheaper style|not so expensive|not as expensive|"
            "less pricey|lower price"
        ),
        Kind.TOO_DEAR: (
            "too expensive|thats expensive|a bit expensive|pricey|bit pricey|too dear|thats a lot|"
            "too much money|costs too much|out of my budget"
        ),
        Kind.QUIETER: (
            "quieter|too loud|shouting at me|shouting|turn it down|turn down the volume|volume down|"
            "not so loud|less loud|speak softly|softer|keep it down|lower your voice|lower the volume"
        ),
        Kind.FASTER: ("speak faster|talk faster|too slow|hurry up and speak|speed up|faster please|you are slow"),
    }
)
