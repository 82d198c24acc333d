"""Sentences without a verb of saying that still give the speaker's mind: the speaker is their subject and does nothing one could watch."""

from __future__ import annotations

import re

from tracker.patterns import regex
from tracker.voice import cues
from tracker.voice.cues import QUOTED
from tracker.voice.names import Names
from tracker.voice.openings import Who, leads_in, says_nothing

# What is given, made, taken, had or put by one who speaks.
_WORDS_OF_MIND = """
accusation accusations admission advice aim allegation allegations ambition analysis anger announcement answer apologies apology appeal appetite argument
assessment assurance assurances attention backing belief blame call case caution caveat challenge claim comfort comment commitment comparison complaint
concern concerns condition conditions confidence conviction credit criticism defence defense demand demands desire detail details diagnosis difference
disagreement disappointment disclosure distinction doubt doubts emphasis estimate example exception excuse excuses expectation explanation faith fault fear
fears goal gratitude ground guarantee guarantees guess hint hope hopes idea illusions importance impression instinct instruction instructions intention
intentions interest invitation issue judgement judgment liking line logic message mind misgivings mistake mood motto object objection objections opinion
opposition optimism order orders outlook parallel patience philosophy plan plans plea pledge pledges point position praise prediction preference pride
principle priorities priority problem promise promises proposal proposals qualms question questions reading reason reasons reassurance recipe reference
regard regret regrets remedy reply reproach reservations respect response responsibility revelation scepticism secret sense shame shot sign skepticism
solution stance stock stress suggestion support suspicion swipe sympathy task tasks thanks theory thesis tone tribute trust
understanding use verdict version view views
vision warning weight measures wish wishes word words worries worry
"""
_NOUN = rf"(?:{'|'.join(sorted(_WORDS_OF_MIND.split(), key=len, reverse=True))})\b"
_LIGHT = (
    r"(?:ha[sd]|have|having|ma[dk]e|makes|making|takes?|took|taking|taken|g[ia]ves?|giving|given|puts?|putting|l[ae]id|lays?|sets?|dr[ae]ws?|drawn|keeps?|kept"
    r"|sends?|sent|shows?|showed|saw|sees?|sought|seeks?|pays?|paid|lost|loses?|holds?|held|heard|meets?|found|reads?|raised|raises?|received|posed|poses"
    r"|served|presents?|presented|outlined|lists?|listed)"
)
_PREPOSITION = "(?:after|before|during|on|in|of|to|for|with|at|from|and|over|by|into|when|while|as)"
_TOPIC = r"(?:topic|subject|issue|question|matter|theme|problem|point)s?\b"
# Light verbs, and those of movement and handling, with what makes a stance of them.
_BE = r"(?:is|was|are|were|be|been|being)"
_FIGURATIVE = regex(
    rf"(?:{_LIGHT}\s(?:an?\s(?:number|series|couple|host|range)\sof\s)?(?:(?!{_PREPOSITION}\b)[\w’'-]+\s){{0,4}}?{_NOUN}"
    rf"|[a-z]+\s(?:[a-z]+\s){{0,2}}(?:on|to|upon|over)\s(?:the|this|that|another)\s(?:[a-z]+\s)?{_TOPIC}"
    r"|(?:wav|brush|shrugg?|laugh|play|sett?|rul|call|press|push|pull)(?:es|e|s|ed|ing)?\s(?:off|aside|away|down|out|for|on\sto)\b|(?:takes?"
    r"|took)\sthe\s(?:opportunity|occasion|chance)\s"
    r"|(?:comes?|came|coming)\s(?:down|out|back)\s(?:[a-z]+\s)?(?:on|in\sfavou?r|against|for|to)\b"
    r"|(?:goes|went|gone|going|go)\s(?:on\sto\s(?!visit|meet|attend|inspect|tour|win|become|sign|lead|work|study)|further|so\sfar|as\sfar|out\sof\s(?:his"
    r"|her)\sway|on\sthe\s(?:attack|offensive|defensive))\b"
    r"|(?:stops?|stopped|stopping|falls?|fell)\sshort\sof\b|(?:leaves?|left|keeps?|kept)\s(?:[a-z]+\s){0,2}(?:open|no|little)\b"
    r"|(?:stands?|stood|standing)\s(?:by|firm|up\sfor|behind)\b|(?:holds?|held|stuck|sticks?)\s(?:firm|fast|to)\b"
    r"|(?:makes?|made)\s(?:much|light|little|plain|(?:it\s)?clear|no\s(?:secret|bones|mention))\b"
    r"|(?:draws?|drew|drawn)\s(?:a\sline|the\sline|on\b|out\b|into\b)|(?:turns?|turned|moved|moves|returned|returns)\s(?:[a-z]+\s)?(?:to"
    r"|against)\s(?!the\s(?:crowd|window|door|camera|car))"
    r"|(?:puts?|put|lays?|laid|sets?)\s(?:it\s)?(?:down|out|forward|that|this|it|at\b)|puts?\s[^,.;]{1,40}?\sat\s"
    r"|(?:takes?|took)\s(?:the\sview|a\s(?:hard|tough|soft|different|dim|firm)|up\sthe|care|pains|heart|exception|umbrage|offence|offense)\b"
    r"|(?:speaks?|spoke|spoken|talks?|talked)\s(?:[a-z]+ly\s)?(?:of|about|against|for|in\sfavou?r|without|up|out|bitterly|warmly|highly)\b"
    r"|(?:sees?|saw|seen)\s(?:no\b|little\b|an?\b|it\b|in\b|(?:[\w’'-]+\s){1,4}?as\b)|(?:looks?|looked)\s(?:forward|ahead)\sto\b|(?:hear|heard|hears)\s(?:none\s)?of\b"
    r"|(?:takes?|took|taken)\s[^,.;]{1,40}?\sto\stask\b|(?:gives?|gave|given)\s(?:[a-z]+\s){0,4}?short\sshrift\b|puts?\s[^,.;]{1,40}?\sdown\sto\b"
    r"|rul(?:es?|ed|ing)\s(?:nothing|little|few\sthings)\sout\b|greet(?:s|ed)\s[^,.;]{1,40}?\swith\s(?:relief|scorn|satisfaction|dismay|caution|joy|regret|alarm)\b"
    r"|press(?:es|ed)?\s[^,.;]{1,40}?\sto\s|dwel(?:ls?|t|led)\sat\slength\son\b)"
)
_REGULAR = """
accompani accompany address adjust appear appoint approv arriv assum attend authori[sz] await ban banish bask beckon board bow campaign cancel captur
celebrat chair chang chat choos chuckl clap climb clos collaps commission complet contest creat cross cycl danc dance dash dedicat defeat deliver depart deploy
descend devot disband disembark dissolv divid donn doubl dress earn eat embark emerg employ endur enjoy enter escort establish evad exchang fac fail fill
finish fir fold form found gather gaz gestur glanc govern grac graduat greet grimac grin hail hand handl head helicopter hir hoist host hug hurri hurry
impos inaugurat increas inherit inspect install interrupt introduc invest issu jog join journey jump kiss knock land laugh launch lean learn lift light
listen liv lock look lower manag march mark marri marry mingl mount mov nam negotiat nod nominat obtain occup open operat oust oversee own pardon
participat pass paus perform phon pick plant play pos possess post postpon pour pray prepar present preserv presid press produc publish pull pursu push
queu rac rais ratif reach receiv recover reduc reform register releas remov reopen repeal replac reshuffl resign rest retir return roll row rul rush sack
sail salut schedul scratch secur seem serv settl shak shift shovel shuffl sigh sign sip smil smok sniff spearhead sponsor sprint squint star start stay
step stop stroll struggl stud study submit succeed survey surviv suspend swap swim tabl talk tap tast tear test tick toast tour trad transfer travel tread
travell tri trim turn undergo unveil usher veto view visit vot wait walk wander wash watch wav whisper whistl wink wip withdraw work
blink button chew clutch cough cry dab dial doz doodl exhal fumbl gulp hum inhal knot munch mutter nap pack peel pinch rub rummag scribbl shiver shut
sigh slump sneez sob
squeez stack stir swallow sweep swig tie tied tuck tug typ unfold unlock unpack unwrap weep welcom whittl wipe wrap yawn zip
"""
_IRREGULAR = """
go goes went gone come comes came take takes took taken make makes made give gives gave given get gets got put puts set sets lay lays laid hold holds held
have has had keep keeps kept bring brings brought leave leaves left run runs ran stand stands stood sit sits sat meet meets met see sees saw seen hear
hears heard shake shook shaken fly flies flew flown drive drives drove driven ride rides rode rise rises rose fall falls fell win wins won lose loses lost
lead leads led become becomes became grow grows grew teach teaches taught build builds built catch caught send sends sent show shows showed shown wear
wears wore throw throws threw begin begins began draw draws drew break breaks broke read reads buy buys bought sell sells sold eat eats ate drink drinks
drank sing sings sang speak speaks spoke spoken sleep sleeps slept wake wakes woke die dies died spend spends spent beat beats cut cuts knelt fled flee
flees fought fights fight withdrew withdrawn oversaw chose chosen bred fed feeds bid kneels bend bends bent lies swim swam swings swung strode stride pay
pays paid
"""
_PLAIN_DOUBLE = "(?:chatt|stopp|nodd|hugg|swapp|sipp|stepp|grinn|clapp|jogg|tapp|submitt|pinn|trott|slipp|dropp|wrapp|grabb|skipp|donn)"
_SCENE = regex(rf"(?:(?:{'|'.join(_REGULAR.split())})(?:e|s|es|ed|d|ing|ied|ies)?|{_PLAIN_DOUBLE}(?:ed|ing)|{'|'.join(_IRREGULAR.split())})$")
_DONE_TO = regex(
    r"(?:adamant|agitated|alarmed|amused|annoyed|appalled|ashamed|bothered|committed|concerned|confused|convinced|delighted|determined|devastated"
    r"|disappointed|discouraged|dissatisfied"
    r"|drawn|embarrassed|encouraged|excited|fed|frustrated|guarded|heartened|horrified|impressed|inclined|interested|irritated|moved|opposed|outraged"
    r"|persuaded|pleased|prepared|puzzled"
    r"|relaxed|relieved|reserved|resigned|resolved|sad|saddened|satisfied|scared|shocked|struck|surprised|tempted|tired|touched|troubled|undeterred"
    r"|unimpressed|unmoved|unperturbed|untroubled"
    r"|unconvinced|unworried|upset|vexed|worried|wedded|damning|forgiving|unforgiving|unbending|unyielding|uncompromising|scathing|withering|cutting"
    r"|warning|counting|betting|banking|relying|calling"
    r"|asking|urging|promising|hoping|thinking|considering|planning|proposing|demanding|insisting|pushing|threatening|willing|unwilling)$"
)
_NO_STANCE = regex(
    r"(?:a|an|the|one|two|three|his|her|its|their|in|at|on|from|of|with|among|by|to|for|under|over|near|around|about|back|there|here|home|away|out|up|off"
    r"|down|inside|outside|born|elected"
    r"|first|last|second|present|absent|late|early|ill|sick|dead|old|young|alone|due|able|likely|popular|unpopular|busy|available|joined|then|still|now"
    r"|also|not|as|part|president|only|himself|herself"
    r"|both|all|what|who|where|how|set|seen|shown|met|taken|given|held|heard|left|sworn|told|known|made|put|led|brought|begun|done|gone|come|won|thrown"
    r"|driven|flown|caught|paid|sent|understood)$"
)
_PLACED = regex(
    r"(?:of\sthe\s(?:opinion|view|belief|conviction)|in\s(?:favou?r|no\s(?:doubt|mood|hurry|rush)|agreement|two\sminds)|under\sno\sillusion"
    r"|(?:not\s)?(?:against|for)\s(?!the\s(?:first|last)|[a-z]+\s(?:days|hours|weeks|years))"
    r"|(?:an?|the|no|not\san?)\s(?:[a-z]+\s){0,2}(?:advocate|believer|critic|enemy|fan|friend|opponent|sceptic|skeptic|supporter)\b|(?:at\s(?:pains|ease"
    r"|odds)|on\s(?:record|guard|the\s(?:side|defensive))))"
)
_FUNCTION = regex(
    r"(?:of|in|at|on|with|and|or|but|as|to|for|from|by|who|which|that|whose|when|where|than|s|if|while|because|the|a|an|his|her|this|that|it|these|those|back|next|up|former)$"
)
_NOT = r"(?:\s(?:not|never)|n['’]t)?"
_AUX = rf"(?:has|had|have|will|would|can|could|may|might|must|should|does|did|do|is|was|are|were|be|been|(?:ca|wo)n['’]t|cannot){_NOT}"
_DEGREE = rf"(?:(?:more|most|less|least|very|rather|quite|so|too|even|equally|as|far|much|no|particularly|{cues.ADVERB})\s)*"
_PREDICATE = regex(
    rf"(?:{cues.APPOSITIVE}|{cues.PHRASE}){{0,3}}(?:,?\s{cues.ADVERB},?){{0,2}}\s(?P<aux>(?:{_AUX}\s{_DEGREE}){{0,3}})(?P<verb>[a-z]+)(?P<rest>(?:\s|$"
    rf"|[.,;:?!–—-]))"
)
_ENDS_IN_BE = regex(rf"\b{_BE}{_NOT}\s{_DEGREE}$")
_KNOWS_IT = regex(r"(?:kn[eo]ws?|sees?|saw|feels?|felt)\s(?:it|that|this|so)[.,;]")
_BEING = regex(rf"(?:{_BE}|mentioned|mention)$")
# "What she wants instead is ...", "Nor is she keen on ..."
_CLEFT = regex(r"(?:What|All|The\s(?:one\s)?(?:thing|question|point|problem))(?:\sthat|\s[a-z]+s)?\s$")
_IS_WHAT = regex(r"(?:\b(?:is|was|were|are)|['’]s)\s(?:(?:exactly|precisely|just|also)\s)?(?:what|how|why|where|the\s[a-z]+)\s$")  # "A vote is what NAME wants"
_MOVES = regex(r"What\s(?:really\s|most\s)?[a-z]+\s")  # "What worries her is ..."
_NOR = regex(r"(?:Nor|Neither|Not\sonly|Only\s[\w\s]{2,30}|Never|Rarely|Seldom)\s(?:is|was|does|did|do|will|would|has|had|can|could)\s$")
_ASKED = regex(
    r"(?:(?:And|But|So)\s)?(?:(?:Wh[a-z]+|How)(?:\s[a-z]+){0,2}?\s)?(?:[Dd]oes|[Dd]id|[Ii]s|[Ww]as|[Ww]ill|[Ww]ould|[Hh]as|[Cc]an|[Cc]ould|[Ss]hould)\s$"
)
# "in the opinion of NAME", "for NAME," "NAME's main worry", "under her plan"
_OF = regex(
    rf"\b(?:[Ii]n|[Tt]o|[Oo]n|[Aa]t|[Bb]y|[Uu]nder)\s(?:the\s)?(?:[a-z]+\s)?(?:opinion|view|eyes|mind|words|judgement|judgment|conviction|belief|estimate"
    rf"|assessment|reading|{_NOUN})\s(?:of|by|from)\s$"
)
_FOR = regex(r"(?:^|,\s)(?:[Ff]or|[Tt]o|[Aa]s\sfor)\s$")
_SAYS = regex(r"\s[a-z]+\b")
_SAID = regex(rf"{QUOTED}\s(?!and|but|as|to|for|by|of|that|with|from|about)(?:[a-z]+ly\s)?[a-z]+\s$")
_OWN_NOUN = regex(rf"(?:['’]s|(?<=s)['’]|)\s(?:own\s)?(?:(?!{_BE}|will|has|had)[a-z-]+\s)?(?:{_NOUN})")
_VIEW = regex(
    r"(?:['’]s|(?<=s)['’]|)\s(?:own\s)?(?:[a-z]+\s)?(?:view|opinion|eyes|mind|words|judge?ment|belief|book|logic|plans?|proposals?|reading|scheme|telling"
    r"|vision)\b"
)
_IN = regex(r"\b(?:[Ii]n|[Uu]nder|[Bb]y|[Tt]o)\s(?:the\s)?$")
_LEADS_TO_NOUN = regex(r"(?:(?:^|,\s|\b(?:is|was|were|are|remains?|remained)\s(?:also\s|still\s)?))$")
_POSSESSIVE = regex(r"['’]s\b")
_WHO = regex(rf",\s(?:and\s)?who\s(?:{cues.ADVERB}\s)?(?:(?:has|had)\s)?{cues.FINITE}")
_THERE = regex(rf"(?:[A-Z][a-z]+,?\s)?[Tt]here\s(?:is|was|were|are|came|followed)\s(?:[a-z]+\s){{0,3}}?(?!questions){_NOUN}")
_BY = regex(r"\b(?:is|was|were|are|been)\s(?:[a-z]+ly\s|also\s)?(?P<verb>[a-z]+)(?:\s[a-z]+)?\sby\s$")
_PUT_BETWEEN = regex(rf"(?:\s(?:has|had|would|will|is|was|does|did))?(?:\s{cues.ADVERB})?\s(?P<verb>[a-z]+)(?=[,.;]|$)")


def leans_to_the_speaker(sentence: str, names: Names, he: Who | None) -> str:
    """Return the words for which a sentence without a cue is taken for the speaker's, "" when it is not.

    Args:
        sentence: One sentence with quoted characters masked and plain spaces.
        names: What the speaker is called.
        he: Whom "he" or "she" means.

    Example:
        >>> from tracker.recipe import Recipe
        >>> from tracker.speech import Speech
        >>> from tracker.voice.names import learn_names
        >>> names = learn_names(Speech("a", "Alva Brandt said no.", speaker="Alva Brandt"), Recipe())
        >>> leans_to_the_speaker("Brandt was more relaxed about trade.", names, None)
        'Brandt was more relaxed'
        >>> leans_to_the_speaker("Brandt was greeted by a choir.", names, None)
        ''
    """
    if len(sentence) > cues.LONGEST or says_nothing(sentence):
        return ""
    for start, end, subject in _mentions(sentence, names, he):
        found = (_as_subject(sentence, start, end) if subject else "") or _otherwise(sentence, start, end)
        if found:
            return found
    there = _THERE.match(sentence) if he == "speaker" else None
    return there[0] if there else ""


def _mentions(sentence: str, names: Names, he: Who | None) -> list[tuple[int, int, bool]]:
    """Names of the speaker and pronouns that mean the speaker, in order."""
    found: list[tuple[int, int, bool]] = []
    for start, end, _ in names.find(_POSSESSIVE.sub("  ", sentence)):
        if _POSSESSIVE.match(sentence, end):
            found.append((start, end, False))
    for start, end, subject in names.find(sentence):
        if found and start == found[-1][1] + 1:  # "Norlund's President" and "Alva Brandt" are one
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, subject))
    if he == "speaker":
        other = {"he": "she", "she": "he"}.get(names.pronoun, "")
        for match in cues.ANY_PRONOUN.finditer(sentence):
            plain = match[0].casefold()
            if {"him": "he", "his": "he", "her": "she"}.get(plain, plain) != other:
                found.append((match.start(), match.end(), plain in ("he", "she")))
    return sorted(found)


def _as_subject(sentence: str, start: int, end: int) -> str:
    """The subject and its verb, beside a quotation, put between commas, in a question or as the subject of the main clause."""
    before = sentence[:start]
    if (_NOR.fullmatch(before) or (_ASKED.fullmatch(before) and sentence.endswith("?"))) and sentence[end : end + 1] == " ":
        return sentence[:end]
    if (before.endswith(f"{QUOTED} ") and _SAYS.match(sentence, end)) or _SAID.search(before):
        return sentence[start:end]
    leads = leads_in(sentence, start)
    between = _PUT_BETWEEN.match(sentence, end) if before.endswith(", ") and not leads else None
    if between and not _SCENE.match(between["verb"]):
        return sentence[start : between.end()]
    leads = leads or before.endswith((", and ", ", but "))
    return _of_main_clause(sentence, start, end) if leads or _CLEFT.fullmatch(before) else ""


def _of_main_clause(sentence: str, start: int, end: int) -> str:
    """The subject and its verb, when the verb is none of acting, moving or being something."""
    behind = end - 1 if sentence[end - 1] == "," else end
    predicate = _PREDICATE.match(sentence, behind) or _PREDICATE.match(sentence, end)
    if predicate is None:
        return ""
    verb, at = predicate["verb"], predicate.start("verb")
    if _FIGURATIVE.match(sentence, at) or _FIGURATIVE.match(sentence, predicate.start("aux")):
        leans = True
    elif _ENDS_IN_BE.search(predicate["aux"]):
        leans = bool(_PLACED.match(sentence, at)) or (_is_state(verb) and " since " not in sentence)
    else:
        leans = not (_FUNCTION.match(verb) or _SCENE.match(verb) or _BEING.match(verb) or _KNOWS_IT.match(sentence, at))
    return sentence[start : predicate.end("verb")] if leans else ""


def _is_state(word: str) -> bool:
    """Whether what somebody "is" is a state of mind: an adjective, or one of the participles that are."""
    return bool(_DONE_TO.match(word)) or not (_NO_STANCE.match(word) or word.endswith(("ed", "ing")) or word.isdigit())


def _otherwise(sentence: str, start: int, end: int) -> str:
    """Other places of the speaker in a sentence: "for NAME,", "NAME's hope", "in the eyes of NAME", "NAME, who points out", "was valued by NAME"."""
    before = sentence[max(0, start - 80) : start]
    as_for = _FOR.search(before) and sentence[end : end + 1] == ","
    viewed = _VIEW.match(sentence, end) and _IN.search(before)
    if as_for or viewed or _OF.search(before) or _MOVES.fullmatch(sentence, 0, start):
        return sentence[start:end]
    is_what = _IS_WHAT.search(before) and _SAYS.match(sentence, end)
    if is_what and not _SCENE.match(is_what[0].strip()):
        return sentence[start : is_what.end()]
    noun = _OWN_NOUN.match(sentence, end)
    if noun and (start == 0 or _LEADS_TO_NOUN.search(before)):
        return sentence[start : noun.end()]
    who = _WHO.match(sentence, end)
    if who:
        return sentence[start : who.end()]
    by = _BY.search(before)
    return sentence[start - 3 : end] if by and not _SCENE.match(by["verb"]) and QUOTED not in before and re.search(_NOUN, before) else ""
