"""English verbs of saying in their forms, with what must follow those that also mean something else."""

from __future__ import annotations

QUOTED = "\ue000"  # stands for every character inside quotation marks, so that verbs are looked for outside them only

_REGULAR = """
accuse acknowledge add admit admonish advise advocate affirm agree allege announce answer apologise apologize applaud appreciate argue assail assert assure
attest attribute bemoan berate beseech blame boast brand brief castigate caution champion charge chide cite claim clarify commend comment complain concede
conclude condemn confess confide confirm congratulate contend convey counter credit criticise criticize declare decline decree decry defend demand denounce
deny deplore describe direct disagree disclose dismiss dispute elaborate emphasise emphasize encourage envision estimate exclaim exclude exhort expect explain
express extol fume hail highlight hint hope implore indicate inform insist instruct invite joke lament laud liken list maintain marvel mention mock muse
note observe offer opine oppose order outline pledge praise predict proclaim profess promise propose question quip reaffirm reassure rebuff rebuke rebut
recall reckon recommend refute regret reiterate reject remark remind repeat reply request require respond retort reveal ridicule salute scoff scold signal
slam speculate state stress suggest surmise sympathise sympathize testify thank threaten tout underline underscore update urge voice volunteer vouch vow
warn welcome wish
articulate aver bark beg blast bristle command concur counsel crow echo endorse enjoin enumerate estimate forecast foresee forewarn frown growl guarantee gush
interject intervene intone jest mandate moan mourn mumble murmur mutter opine plead posit post pontificate preach proffer ponder rail rant reason relate restate
avow begrudge bellow bewail bluster broach carp cavil characterise characterize chime communicate commiserate conjecture contest contradict corroborate croak
deem denigrate depict deprecate deride disapprove disavow disparage divulge enquire enthuse entreat eulogise eulogize excoriate expound fret gloat
gripe grouse grumble
harangue hypothesise hypothesize imply infer inquire intimate inveigh lambast lambaste malign narrate object portray protest query quibble recite recount relay
remonstrate renew renounce report reprimand reproach scorn shout shriek sneer stammer stipulate stutter summarise summarize taunt trumpet upbraid utter vilify
wail whine whisper yell
rue dare sigh snap snarl solicit specify storm sum theorise theorize thunder tweet undertake venture wonder
"""
_IRREGULAR = {
    "say": "said",
    "tell": "told",
    "think": "thought",
    "write": "wrote",
    "swear": "swore",
    "ask": "asked",
    "believe": "believed",
    "undertake": "undertook",
    "retell": "retold",
    "foresee": "foresaw",
    "forecast": "forecast",
}
# Called together or called up, not called a name.
_CONVENED = r"(?:[a-z]+\s)?(?:meeting|election|elections|police|vote|session|summit|referendum|ambulance|strike|president|leader|minister|premier)"
_GERUND = (
    r"(?:thanking|saying|congratulating|welcoming|expressing|noting|wishing|paying|recalling|condemning|telling|asking|urging|praising|warning|accusing|announcing"
    r"|assuring|attacking|blaming|calling|citing|defending|denouncing|describing|explaining|insisting|listing|outlining|promising|rejecting|repeating|stressing)"
)
_TO_SAY = (
    r"to\s(?:accuse|announce|appeal|attack|call|condemn|criticise|criticize|defend|deny|explain|express|lay\sout|outline|praise|present|promise|recall|remind|repeat|say"
    r"|stress|tell|thank|unveil|urge|warn)\b"
)
_PHRASAL = {  # verb -> the words that make it a verb of saying
    (
        "call",
        "called",
        "calling",
    ): rf"(?:(?:\sagain|\sonce\smore)?\s(?:for|on|upon|to|it|attention)|\sth(?:e|is|at|ese|ose)\s(?!{_CONVENED}\b)|(?=\s[^,;.{QUOTED}]{{1,60}}{QUOTED}))",
    ("point", "pointed", "pointing"): r"\s(?:out|to)",
    ("push", "pushed", "pushing"): r"\sfor",
    ("press", "pressed", "pressing"): r"\sfor",
    ("appeal", "appealed", "appealing"): r"\s(?:for|to)",
    ("speak", "spoke", "speaking"): r"\s(?:at\s(?:some\s)?length\s|[a-z]+ly\s)?(?:of|about|out|highly)",
    ("lay", "laid", "laying"): r"\sout",
    ("set", "set", "setting"): r"\s(?:(?:out|forth)\b|(?:the|an?)\s(?:task|goal|target|deadline)\b)",
    ("put", "put", "putting"): r"\s(?:forward|at\b|the\s(?:[a-z]+\s){1,3}at)\b",
    ("pay", "paid", "paying"): r"\stribute",
    ("extend", "extended", "extending"): r"\s(?:[a-z]+\s){0,3}(?:congratulations|condolences|greetings|thanks|wishes|sympathies|gratitude|invitation)",
    (
        "make",
        "made",
        "making",
    ): (
        r"\s(?:(?:it\s)?clear|an?\s(?:[a-z]+\s)?(?:appeal|plea|promise|pledge)\s(?:for|to|that)"
        r"|the\s(?:admission|announcement|appeal|call|case|claim|pledge|plea|promise|point))\b"
    ),
    ("go", "went", "going"): r"\son(?:\sto\s(?:say|stress|add|note|explain|call|urge)|(?=[.,:]))",
    ("rule", "ruled", "ruling"): r"\sout",
    ("hold", "held", "holding"): r"\sthat",
    ("spell", "spelled", "spelling"): r"\sout",
    ("draw", "drew", "drawing"): r"\s(?:[a-z]+\s)?attention",
    ("begin", "began", "beginning"): rf"\sby\s{_GERUND}",
    ("start", "started", "starting"): rf"\sby\s{_GERUND}",
    ("end", "ended", "ending"): rf"\sby\s{_GERUND}",
    ("give", "gave", "giving"): r"\s(?:(?:an?|the)\s(?:assurance|undertaking)|thanks|warning|notice|credit)",
    ("give", "given", "giving"): r"\s(?:(?:an?|the)\s(?:assurance|undertaking)|thanks|warning|notice|credit)",
    ("speak", "spoken", "speaking"): r"\s(?:of|about|out|highly)",
    ("take", "taken", "taking"): rf"\s(?:the\s(?:opportunity|occasion|chance)\s{_TO_SAY}|issue\swith|aim\sat)",
    ("accept", "accepted", "accepting"): r"\s(?:that\b|(?:the|an|his|her)\s(?:[a-z]+\s)?(?:invitation|offer|proposal|apology|criticism))",
    ("shoot", "shot", "shooting"): r"\sback",
    ("hit", "hit", "hitting"): r"\s(?:back|out)",
    ("lash", "lashed", "lashing"): r"\sout",
    ("fire", "fired", "firing"): r"\sback",
    ("single", "singled", "singling"): r"\sout",
    ("plead", "pleaded", "pleading"): r"\s(?:with|for|that)",
    ("play", "played", "playing"): r"\sdown",
    ("brush", "brushed", "brushing"): r"\s(?:[\w’'-]+\s){0,4}?(?:off|aside)\b",
    ("shrug", "shrugged", "shrugging"): r"\s(?:[\w’'-]+\s){0,4}?off\b",
    ("wave", "waved", "waving"): r"\s(?:away|aside|off)\s(?!at\b)",
    ("touch", "touched", "touching"): r"\s(?:up)?on\b",
    ("dwell", "dwelt", "dwelling"): r"\son\b",
    ("side", "sided", "siding"): r"\swith\b",
    ("open", "opened", "opening"): rf"\sby\s{_GERUND}",
    ("close", "closed", "closing"): rf"\sby\s{_GERUND}",
    ("take", "took", "taking"): rf"\s(?:the\s(?:opportunity|occasion|chance)\s{_TO_SAY}|issue\swith|aim\sat)",
    ("use", "used", "using"): rf"\s(?:the|his|her|this)\s(?:[a-z]+\s){{1,3}}{_TO_SAY}",
    ("laugh", "laughed", "laughing"): r"\s(?:[\w’'-]+\s){0,4}?off\b",
    ("want", "wanted", "wanting"): r"\sto\sknow",
    ("seek", "sought", "seeking"): r"\sto\s(?:reassure|calm|allay|dispel|play\sdown|explain|justify|defend|persuade|convince)",
    ("raise", "raised", "raising"): r"\s(?:the|a)\s(?:issue|question|case|matter|prospect|possibility)",
    ("cast", "cast", "casting"): r"\sdoubt\son",
    ("issue", "issued", "issuing"): r"\s(?:an?|the)\s(?:[a-z]+\s)?(?:warning|appeal|apology|plea)",
    ("swear", "swore", "swearing"): r"\sto",
    ("own", "owned", "owning"): r"\sup\sto\b",
    ("double", "doubled", "doubling"): r"\sdown\son\b",
    ("walk", "walked", "walking"): r"\sback\s(?:an?|the|his|her|its|their|that|those|earlier)\b",
    ("bat", "batted", "batting"): r"\s(?:[\w’'-]+\s){0,4}?(?:away|aside)\b",
    ("pour", "poured", "pouring"): r"\s(?:cold\swater|scorn)\b",
    ("throw", "threw", "throwing"): r"\s(?:his|her|its|their)\s(?:full\s)?(?:weight|support)\sbehind\b",
    ("heap", "heaped", "heaping"): r"\s(?:[a-z]+\s)?(?:blame|praise|scorn|ridicule|criticism)\s(?:on|upon)\b",
    ("fall", "fell", "falling"): r"\sback\son\sthe\s(?:argument|claim|line)\b",
    ("let", "let", "letting"): r"\s(?:it\sbe\s(?:known|understood)|slip|on)\sthat\b",
    ("chalk", "chalked", "chalking"): r"\s[^,.;]{1,40}?\sup\sto\b",
    ("write", "wrote", "writing"): r"\s[^,.;]{1,40}?\soff\sas\b",
    ("talk", "talked", "talking"): r"\s(?:up|down)\sthe\b",
    ("intend", "intended", "intending"): r"\sto\b",
    ("read", "read", "reading"): r"\s(?:[\w’'-]+\s){0,3}?out\b",
    ("refuse", "refused", "refusing"): r"\sto\s(?:say|comment|rule\sout|name|give|discuss|speculate|apologi[sz]e)",
}
_DOUBLED = {"admit", "quip", "slam", "snap", "sum"}
# What is said only to an object: "her guests applauded" reports nothing.
_OBJECTS = "applaud salute attribute blame brief charge credit direct defend list update welcome decline order hail"
# What many verbs of sound, thought or giving need to be verbs of saying.
_DIRECT = rf"\b(?=[:,]|\sthat\b|\s{QUOTED})"
_IDLE = r"(?!\s*(?:[.;!?,]|$)|\s(?:loudly|warmly|politely|as|when|while|after|and)\b)"
_GUESTS = (
    r"(?!\s(?:an?|the|his|her|its|their|several|visiting)?\s?(?:[a-z]+\s){0,2}"
    r"(?:ambassadors?|athletes|children|delegat\w+|guests?|participants|pilgrims|students|visitors?|him|them)\b)"
)
_WITH = dict.fromkeys(("bark", "growl", "intervene", "reason", "sigh", "storm"), _DIRECT) | {
    "frown": r"\b(?=\s(?:at|on|upon)\b)",
    "rail": r"\b(?=\s(?:at|against)\b)",
    "rant": r"\b(?=\s(?:at|against|about)\b)",
    "sum": r"\b(?=\sup\b)",
    "post": rf"\b(?=[:,]|\sthat\b|\son\s(?:X|Twitter|Facebook|social)\b|\s{QUOTED})",
    "command": r"\b(?=\s[^.]{1,40}\sto\b)",
    "dare": r"\b(?=\s[^.]{1,40}\sto\b|[,.])",
    "write": r"\b(?!\sdown\b)",
    "welcome": rf"\b{_IDLE}{_GUESTS}",
    "relate": r"\b(?!\sto\b)",
    "echo": r"\b(?=\s(?:the|that|this|his|her|those|these)\b)",
    "snap": rf"\b(?=[:,.]|\sat\b|\sback\b|\sthat\b|\s{QUOTED})",
    "bristle": r"\b(?=\sat\b)",
    "renew": r"\b(?=\s(?:[\w’'-]+\s){0,2}(?:appeals?|calls?|demands?|invitation|offers?|pleas?|pledges?|promises?|threats?|vows?|warnings?)\b)",
    "report": r"\b(?=\sthat\b|:)",
    "contest": r"\b(?=\s(?:[\w’'-]+\s){0,2}(?:accounts?|accusations?|claims?|charges?|figures?|findings?|notion|numbers|reading|report|suggestion|version)\b)",
    "infer": r"\b(?=\sthat\b|:)",
    "relay": r"\b(?=\sthat\b|:)",
    "object": r"\b(?=\sthat\b|\sto\b|[:,.])",
    "scorn": r"\b(?=\sthe\b)",
    "communicate": r"\b(?=\sthat\b|\sto\s(?:the|him|her|them)\b|:)",
    "chime": r"\b(?=\sin\b)",
}
_NEEDS_OBJECT = frozenset(_OBJECTS.split())


def past(verb: str) -> str:
    """Return the past tense."""
    if verb == "signal":
        return "signall?ed"
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def third_person(verb: str) -> str:
    """Return the third person of the present tense."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "go")) else "s")


def participle(verb: str) -> str:
    """Return the present participle."""
    if verb == "signal":
        return "signall?ing"
    if verb.endswith("e"):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"


BASES = (*_REGULAR.split(), *_IRREGULAR)
THAT = r"(?:,?\sthat\b|:)?"


def any_of(plain: list[str], column: int, *, present: bool = False) -> str:
    """One pattern for all verbs in one form; `column` is 0 base, 1 past, 2 participle."""
    phrasal = [f"{forms[column]}{rest}" for forms, rest in _PHRASAL.items()]
    if present:
        phrasal += [f"{third_person(forms[0])}{rest}" for forms, rest in _PHRASAL.items()]
    return rf"(?:(?:{'|'.join(sorted(set(plain), key=len, reverse=True))}|{'|'.join(phrasal)})\b)"


def with_object(forms: list[str], verbs: list[str]) -> list[str]:
    """The forms, with a look behind those that report nothing without an object."""
    behind = (
        dict.fromkeys(_NEEDS_OBJECT, rf"\b{_IDLE}") | {"brief": r"\b(?=[^.]{1,60}\s(?:on|about|that)\b)", "ask": r"\b(?!\s(?:[\w’']+\s){0,3}about\b)"} | _WITH
    )
    return [form + behind.get(verb, "") for form, verb in zip(forms, verbs, strict=True)]
