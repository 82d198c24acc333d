"""English reporting verbs, and the patterns that join a subject to one of them."""

from __future__ import annotations

from tracker.patterns import regex
from tracker.voice import verbs
from tracker.voice.verbs import BASES, any_of, participle, past, third_person, with_object

LONGEST = 5_000  # characters; what is longer is no sentence of a report but text without stops, and looking for cues in it would never end
QUOTED = verbs.QUOTED
THAT = verbs.THAT
_FEELING = (
    r"(?:(?:is|was|are|were)\s(?:also\s|very\s)?(?:clear|happy|glad|pleased|proud|confident|convinced|certain|sorry|grateful|adamant|hopeful)"
    r"(?=\s(?:that|to\s(?:note|say|see|announce|learn|hear|report))\b))"
)
FINITE = rf"(?:{any_of(with_object([f(v) for v in BASES for f in (past, third_person)], [v for v in BASES for _ in range(2)]), 1, present=True)}|{_FEELING})"
BASE = any_of(list(BASES), 0)
SAYING = any_of(with_object([participle(v) for v in BASES], list(BASES)), 2)
ADVERB = (
    r"(?:(?!apply\b|supply\b|family\b|assembly\b|monthly\b)[a-z]+ly|also|long|further|twice|never|since|still|now|even|just|only|once\sagain|again|then|in\sturn|later|meanwhile|too|however|always|often"
    r"|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|earlier|first|thus|once\smore)"
)
# Words that show that a phrase between subject and verb holds a clause of its own.
_CLAUSE = (
    r"(?:who|whom|which|that|where|whose|when|and|but|was|were|is|are|be|been|has|had|have|met|visited|attended|hosted|chaired|presided|delivered|held"
    r"|arrived|left|went|came|inspected|toured|listened|learned|heard|signed|opened|watched|received|he|she|they|it)"
)
PHRASE = (
    rf"(?:\s(?:on|in|at|during|after|before|upon|from|for|by|via|through|of)(?:\s(?!{_CLAUSE}\b|{FINITE})[\w’'‘./-]+){{1,10}}?"
    rf"(?=,|\s(?:{ADVERB}|has|had|will|would|is|was|{FINITE})))"
)
APPOSITIVE = rf"(?:,\s(?!(?:he|she|they|it|I|we)\s)(?:\d{{2,3}},\s)?[^,;:.{QUOTED}]{{1,150}}(?:,\s\d{{4}})?,|\s\([^()]{{1,80}}\)|\s[–—]\s[^–—]{{1,150}}\s[–—])"
_HELPED = rf"(?:has|had|have|will|would|did|does|could|should|must|may|can)(?:\s|,\s(?=[a-z]+,\s))(?:{ADVERB},?\s)?"
_SEEMS = rf"(?:appeared|seemed|(?:goes|went)\sso\sfar\sas|took\scare|takes\scare)\sto\s(?:{ADVERB}\s)?{BASE}"
_DENIED = (
    r"(?:did|does|would|could)\snot\s"
    r"(?:accept|agree|believe|comment|commit|confirm|deny|dispute|doubt|elaborate|exclude|expect|give|name|rule\sout|say|share|speculate|think)\b"
)
_PASSIVE_SAY = r"(?:was|is|has\sbeen|were)\squoted\s(?:[a-z]+\s){0,6}?(?:as\s)?saying"
_HEARD = rf"(?:(?:can|could|may)\sbe|was|is|were)\s(?:clearly\s)?(?:heard|overheard|seen|filmed|recorded)\s{SAYING}"

# What follows a subject that speaks, from the end of the subject to the end of its verb.
AFTER = regex(
    rf"(?:{APPOSITIVE}|{PHRASE}){{0,3}}(?:,?\s{ADVERB},?){{0,2}}\s"
    rf"(?:{FINITE}|{_HELPED}(?:{FINITE}|{BASE})|(?:is|was|are|were)\s(?:{ADVERB}\s)?{SAYING}|{_DENIED}|{_PASSIVE_SAY}|{_HEARD}|{_SEEMS}|(?:has|had|have)\scome\sto\s{BASE}){THAT}"
)
# A later verb of the same subject: ", emphasizing that", "and stressed".
LATER = regex(rf"(?:,\s(?:while\s|by\s|also\s)*{SAYING}|\s(?:and|but|then|before)\s(?:{ADVERB}\s)?(?:{FINITE}|{SAYING})(?!\sby\b)){THAT}")
MANY_SAY = regex(r"\s(?:say|argue|warn|believe|fear|insist|complain|claim|note|worry)(?=\s(?:that|the|it|he|she|they|this|his|her|its|a|an)\b|[,.:])")
FINITE_VERB = regex(rf"\b{FINITE}")
SAYING_VERB = regex(rf",\s{SAYING}")
INVERTED = regex(
    rf"(?:[,?!]|{QUOTED}|^(?:Thus|So))\s?((?:said|says|added|adds|noted|notes|stressed|explained|declared|insisted|asked|wrote|exclaimed|remarked|continued|warned|replied|quipped|retorted"
    r"|concluded|argued|recalled|promised|acknowledged|admitted|affirmed|conceded|confessed|countered|emphasi[sz]ed|joked|joke|lamented|observed|repeated|stated|underlined|vowed"
    r"|urged|adds|jokes|replies|explains|insists|recalls|asks|admits|affirms|affirmed|asserted|announced|believes|believed|claims|claimed|commented|confides|confided"
    r"|cautioned|declares|disclosed|estimates|estimated|exclaims|fumed|fumes|indicated|laughs|laughed|muses|mused|pledged|posted|proposed|quips|reckons|reckoned|reflects"
    r"|reflected|retorts|revealed|snapped|snaps|states|stormed|suggests|suggested|sighs|sighed|tweeted|thundered|ventured|warns|wrote|writes|concludes|argues|observes|remarks)\s)"
    r"(?=[A-Za-z])(?!(?:that|to|about|in|on|at|during|when|while|as|it|there|nothing|with|by|for|from|this|so|how|why|what|whether|and|but|if|not|he|she|they|I|we)\b)"
)
PASSIVE = regex(
    r"\b(?:was|were|is|are|(?:has|have|had)\sbeen)\s(?:also\s|further\s|again\s|particularly\s|[a-z]+ly\s)?"
    r"(?:stressed|emphasi[sz]ed|highlighted|underscored|underlined|reiterated|noted|urged|pointed\sout|called\sfor|stated|affirmed|reaffirmed|advocated|pledged)\b"
)
BY = regex(rf"\b(?:was|were|is|are|been)\s(?:{ADVERB}\s)?{FINITE}(?:\sas\s[a-z\s]{{1,40}})?\sby\s$")
ACCORDING_TO = regex(r"\b[Aa]ccording\sto\s")
ACCORDING = regex(r"\b(?:[Aa]ccording\sto|[Ii]n\sthe\swords\sof|[Aa]s\s(?:quoted|cited)\sby)\s$")

INSTITUTION = regex(
    r"\b(?:(?:[Tt]he|[Tt]his|[Aa]|[Tt]heir)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:meeting|conference|session|symposium|summit|plenum|gathering|talks|leadership|leaders|cabinet|committee|party|bureau|parties|sides|communiqu[eé]|declaration"
    r"|document|resolution|plan|guideline|guidelines|circular|bulletin|joint\sstatement|countries)"
    r"|[Bb]oth\s(?:sides|leaders|countries|parties)|[Tt]op\sleadership|[Pp]articipants|[Mm]embers|[Dd]elegates)(?=[,\s])"
)
ROLE = regex(
    r"\b(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Ss]ome|[Mm]any|[Ss]everal|[Oo]ther|[Ss]enior|[Ll]ocal|[A-Z][a-z]+)\s){0,4}(?:(?!(?:said|says|told|tells|added|adds|warned|warns|insisted|that|the)\b)[\w’'-]+\s){0,2}?"
    r"(?:leaders?|spokes(?:man|woman|person|people)|minist(?:er|ry|ers|ries)|release|statement|officials?|analysts?|experts?|observers?|critics|report|reports|government"
    r"|authorities|ambassadors?|envoys?|chancellor|premier|president|king|queen|governor|mayor|lawmakers?|opposition|residents?|workers?|farmers?|villagers?|reporters?|media"
    r"|secretary|director|chair(?:man|woman|person)?|commission|agency|bank|economists?|scholars?|professors?|guests?|scientists?|companies|company|executives?|aides?"
    r"|readout|text|letter|note|source|sources|newspaper|student|students|owner|manager|chamber|association|union|unions|groups?|police|army|court|council|board|institute"
    r"|office|department|family|mother|father|diplomats?|protesters?|traders?|insurers?|organi[sz]ations?|neighbou?rs?|engineers?|doctors?|teachers?|firms?"
    r"|candidates?|representatives?|councill?ors?|senators?|commissioners?|monarch|retiree|mps?|MPs?|pastor|bishop|moderator|lawyers?|judges?|activists?|head|chief|boss|founder|author|prosecutors?|captain|general|trader|farmer|worker|resident|survivors?)(?=[,\s(])"
)
# Subjects that "he" and "she" cannot mean: papers, offices and groups.
NO_PERSON = regex(
    r"(?:\b(?:release|statement|text|letter|note|report|readout|newspaper|media|ministry|government|commission|agency|bank|company|opposition|source|[Tt]hey|[Ii]t)|\b[a-z]+s"
    r"|Officials|Analysts|Experts|Observers|Critics|Reports|Authorities|Lawmakers|Residents|Workers|Farmers|Villagers|Reporters|Economists|Scholars|Guests|Sources)$"
)
NAME = regex(r"(?<![\w’'-])(?:[A-Z][\w.’'-]*\s(?:(?:of|the|de|van|von|bin|al)\s)*){0,5}[A-Z][\w-]+(?![\w’'-])")
# "In his opinion", "according to her": the words are whose the pronoun is.
OPINION = regex(
    r"\b(?:(?:[Ii]n|[Bb]y)\s(?P<whose>his|her)\s(?:own\s)?(?:opinion|view|words|estimate|estimation|account|judge?ment|assessment|telling|reading|experience|eyes|reckoning|understanding|calculation)"
    r"|(?:[Aa]ccording\sto|(?=quot(?:ed|es|ing)\s(?:him|her)\sas\ssaying)quot[a-z]+)\s(?P<whom>him|her)(?!\s(?!as\ssaying)[\w’'-]))"
)
# "The 61-year-old former auditor-general said": a way of not repeating the name of whom the text is about.
EPITHET = regex(r"\b[Tt]he\s\d{2,3}-year-old(?:\s[\w’'-]+){1,5}?(?=\s)")
# "Coalitions, she has learned, are fragile": what somebody knows or feels, put between commas.
PARENTHESIS = regex(
    r"(?:[Aa]s\s(?P<seen>he|she)\s(?:sees|saw|imagines|imagined|puts|put|tells|told)\sit\b|(?<=,\s)(?P<subject>he|she)\s(?:(?:has|had)\s)?(?:feels|felt|finds|found|fears|feared|knows|knew|known|learned|learnt|suspects|suspected|supposes|supposed)(?=,))"
)
# "The president's other pledges included": words that are named by what they are.
NAMED_WORDS = regex(
    r"(?:['’]s|\b(?:[Hh]is|[Hh]er))\s(?:[a-z]+\s){0,2}(?:advice|answer|appeal|argument|demands?|message|plea|pledges?|promises?|proposals?|reply|verdict|warning)"
    r"(?:\s(?:to|for|on|about)\s(?:[\w’'-]+\s){0,3}?[\w’'-]+)?(?:\s(?:is|was|are|were|include[sd]?)\b|:)"
    r"|(?:['’]s|\b(?:[Hh]is|[Hh]er))\s(?:[a-z]+\s){0,2}(?:(?:words|remarks|exact\swords)(?::|\swere\b)|(?:understanding|view|opinion|conclusion|belief|hope|feeling|guess|position|point)\s(?:is|was)\b)"
    r"|(?:['’]s|\b(?:[Hh]is|[Hh]er))\s(?:[a-z]+\s){0,2}(?:address|article|column|comments|homily|intervention|lecture|letter|message|post|remarks|sermon|speech|statement|toast|tweet)"
    rf"\s(?:(?:{ADVERB}\s)?{FINITE}|(?:is|was)\san?\s(?:[a-z]+\s)?(?:appeal|attack|call|defen[cs]e|plea|warning)\b)"
)
PRONOUN = regex(r"\b(?:[Hh]e|[Ss]he)\b(?![’'])")
ANY_PRONOUN = regex(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er)\b(?![’'])")
NOBODY = regex(r"\b(?:[Tt]hey|[Ii]t)\b(?![’'])")

DEONTIC = regex(r"\b(?:should|must|necessary|essential|efforts|will|imperative|needs?\sto|need\b|would|ha[ds]\sto|have\sto|(?:is|are)\sto\s[a-z]+)")
CONTINUES = regex(
    r"(?:(?:This|These|Such|Once|Without)\b|(?:First|Second|Third|Fourth|Fifth|Firstly|Secondly|Thirdly|Finally|Lastly),\s|(?:The|A)\s(?:first|second|third|fourth|fifth|last|other)\b)"
)
SCENE = regex(
    r"\b(?:visited|toured|inspected|arrived|attended|hosted|chaired|presided|(?:was|were)\s(?:also\s)?briefed|made\sthe\s(?:remarks|comments|statement)"
    r"|met\swith|listened|watched"
    r"|laid\sa|shook\shands|walked|accompanied|greeted|talked\swith|learned\sabout|held\s(?:talks|a\smeeting)|delivered|was\sheld|were\spresent|took\spart|reporters)\b"
)
# "NAME said this when he opened the bridge": where it was said, not what.
_SPEECH_ACT = (
    r"(?:admission|allegation|announcement|appeal|assurance|charge|claim|comments?|declaration|disclosure|observation|plea|pledge|promise"
    r"|remarks?|statement|warning)"
)
SAID_THIS = regex(
    r"\b(?:(?:said|stated|disclosed|announced|revealed|remarked)\s(?:this|so)|(?:made|gave|issued)\sth(?:e|is|ese|ose)\s" + _SPEECH_ACT + r")\s"
    r"(?:[a-z]*day\b|when|while|during|at|in|on|after|before|shortly|through|via|[A-Z][a-z]+day\b)"
)
# "She declined to name the ship", "He would not say": nothing is said, unless what is not said is told as a question.
NOT_SAID = regex(
    r"\b(?:(?:declin|refus)(?:es|ed|ing)\sto\s(?:say|name|comment|identify|discuss|answer|elaborate|give|reveal|speculate|take)|(?:would|did|will|does)(?:\snot|n['’]t)\s"
    r"(?:say|name|comment|identify|elaborate|answer)|avoid(?:s|ed|ing)?\s(?:answering|commenting|giving|mentioning|naming|saying)"
    r"|^(?:Nor|Neither)\s(?:did|does|would|will)\s(?:he|she)\s(?:comment|elaborate|give|mention|name|refer|say))\b(?![^.;]*\b(?:but|adding|saying|whether|when|how|why|if|insisting|noting|arguing)\b)"
)
# "For eleven weeks the premier insisted": what was said at other times.
ELSEWHEN = regex(r"For\s(?:more\sthan\s|almost\s|nearly\s|over\s)?[\w-]+\s(?:days|weeks|months|years|decades)[\s,]")
# "It was a rare admission from ...", "It is the third of its kind": the reporter weighs what was said.
COMMENT = regex(
    r"(?:It|This|That|These|Those|Such)\s(?:is|was|were|are|marks|marked)\s(?:not\s)?(?:an?|the|his|her|only|among|one\sof)\s(?:[\w-]+\s){0,3}?"
    r"(?:" + _SPEECH_ACT + r"|first|second|third|fourth|fifth|sixth|latest|language|tone|gesture|break|departure"
    r"|echo|reference|rebuke|response|reply|speech|time|visit|line|moment|concession)\b"
)
# Openings that lead in to the main clause and say nothing themselves.
LEAD_IN = regex(
    r"(?:[A-Z][\w.’' ]{1,40},?[\w.,’'() ]{0,50}\s[–—-]{1,2}\s)?"  # a dateline that shares the line
    r"(?:[“\"(\s]*(?:In|On|At|Of|About|During|After|Before|While|When|Speaking|Addressing|Also|Furthermore|Moreover|Additionally|However|Meanwhile|Later|Earlier|Finally|First|Second"
    r"|Third|As|For|Following|Upon|Then|But|And|Yet|Still|Asked|Noting|Stressing|Recalling|Referring|Turning|Touching|Visiting|Delivering|Citing|Told|Shown|Given|Thus|Chairing|Presiding|Opening"
    r"|Besides|Instead|Nevertheless|Nonetheless|Similarly|Likewise|With|Since|Hosting|Meeting|Answering|Responding|To|By|From|Regarding|Concerning|Again|Once|Here|There"
    rf"|[A-Z][a-z]+ing|[A-Z][a-z]+ed|Today|Yesterday|[A-Z][a-z]+day|[A-Z][a-z]+ly)\b[^;:{QUOTED}]{{0,220}}?,?\s)?[“\"(\s]*"
)
