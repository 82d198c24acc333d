"""Which days the text, its layout and its file name state; nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.errors import SourceError
from tracker.patterns import regex
from tracker.sources.blocks import BlockSpan
from tracker.sources.calendar_names import weekday_number
from tracker.sources.days import Order, WrittenDay, ambiguous_days, day_in_name, find_days, parse_day
from tracker.sources.metadata import OFFICE, header_fields, is_first_person
from tracker.speech import Basis, DateCandidate, DateRole

HALF_A_YEAR, TWO_MONTHS = 183, 61
_DAYS = {
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "de": "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "zh": "(?:星期|周|礼拜)[一二三四五六日天]",
}
_WEEKDAY = regex(
    rf"(?<!last )(?<!next )(?<!every )(?<!until )(?<!since )(?<!by )\b(?:[Oo]n\s)?(?P<en>{_DAYS['en']})\b(?! night’s)"
    rf"|\b[Aa]m\s(?P<de>{_DAYS['de']})\b(?!\s(?:nächster|vergangener|letzter))"
    r"|(?<!chaque )(?<!depuis )(?<!jusqu’à )(?<!jusqu'à )(?<!d’ici )(?<!les )(?<!prochain )"
    rf"\b(?:[Cc]e\s)?(?P<fr>{_DAYS['fr']})\b(?!\s(?:dernier|prochain|passé))"
    rf"|\b(?:[Ee]l|[Ee]ste)\s(?P<es>{_DAYS['es']})\b(?!\s(?:pasado|próximo|que\sviene))"
    rf"|(?<![上下每至到从])(?P<zh>{_DAYS['zh']})(?![至到])"
)
_EN_ON = rf"[Oo]n\s(?:the\s(?:morning|afternoon|evening|night)\sof\s)?(?:(?:{_DAYS['en']}),?\s)?(?:the\s)?"
_DE_ON = rf"[Aa]m\s(?:(?:{_DAYS['de']}),?\s(?:de[mn]\s)?)?"
_FR_ON = rf"(?:[Ll]e\s(?:(?:{_DAYS['fr']})\s)?|[Cc]e\s(?:{_DAYS['fr']})\s|(?:{_DAYS['fr']})\s)"
_ES_ON = rf"[Ee]l\s(?:pasado\s)?(?:(?:{_DAYS['es']}),?\s)?"
_ON = rf"(?:{_EN_ON}|{_DE_ON}|{_FR_ON}|{_ES_ON})$"
_HEAD = (
    r"(?:(?:[A-ZÄÖÜ][a-zäöüß]+)?(?:[Pp]räsident|[Kk]anzler|[Mm]inister|[Gg]eneralsekretär|[Kk]önig|[Bb]ürgermeister)(?:in)?"
    r"|[Pp]résidente?|[Pp]remi(?:er|ère)\s[Mm]inistre|[Cc]hanceli(?:er|ère)|[Mm]inistre|[Rr]oi|[Rr]eine|[Ss]ecrétaire\sgénérale?"
    r"|[Pp]residente|[Pp]residenta|[Pp]rimera?\s[Mm]inistr[oa]|[Cc]anciller|[Mm]inistr[oa]|[Rr]ey|[Rr]eina|[Ss]ecretari[oa]\sgeneral)"
)
_OPENS_SENTENCE = regex(rf"(?:^|[.!?][\"”’]?\s)(?P<on>{_ON})")
_WORD_OF_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]+|de|du|der|des|del|la|von|van)"
_BEHIND_NAME = regex(rf"(?:(?:{OFFICE})\s|\b{_HEAD},?\s)(?:{_WORD_OF_NAME},?\s){{1,5}}(?:(?:hat|ist|war|a|est|ha)\s)?(?P<on>{_ON})")
_HAN_LEAD = regex(
    r"(?:^|。|　|\A[^。，,；]{0,40}(?:主席|总统|总理|总书记|部长|首相|书记|省长|市长|委员长|国王|大臣|秘书长|议长|主任|国务卿)[\u3400-\u9fff·]{2,14}?)"
    r"(?:(?:上午|下午|晚|晚上|当天)?)$"
)
_HAN_DAY_ALONE = regex(r"(?<![\d月年至到-])(?P<day>\d{1,2})日(?=(?:上午|下午|中午|晚|晚上|凌晨)?(?:在|于|会见|主持|出席|同|与|对|向|到|，|发表|致|签署|抵达))")
_OTHER_YEAR = regex(
    r",?\s(?:(?:of\s)?(?:last|next)\syear|a\syear\sago|(?:letzten|vergangenen|vorigen|nächsten|kommenden)\sJahres"
    r"|de\sl[’']an(?:née)?\s(?:dernier|dernière|prochain)|dernier|prochain|del\s(?:año\s(?:pasado|anterior)|próximo\saño|pasado\saño))\b"
)
_COMMEMORATES = regex(
    r"anniversa[ir]|aniversario|jahrestag|commemorat|commémorat|conmemora|gedenk|remembrance|victims|opfer|victimes|víctimas|周年|纪念|\b(?:treaty|signed|traité|tratado|vertrag)\b",
    re.IGNORECASE,
)
_DELIVERED = regex(
    r"\(?(?:delivered|given|held|speech|address|remarks|statement|report|gehalten|rede|ansprache|\w*erklärung|grußwort|prononcée?|discours|allocution|déclaration"
    r"|pronunciado|discurso|palabras|intervención|mensaje)\b",
    re.IGNORECASE,
)
_DELIVERED_ON = ("delivered", "given", "gehalten", "prononcé", "pronunciado")
_PLACE_ONLY = regex(rf"[\W_]*(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*,?\s){{0,5}}(?:(?:{_ON[:-1]}|de[nm]\s|le\s|a\s|el\s)|(?:{'|'.join(_DAYS.values())}),?\s)?[\W_]*")


@dataclass(frozen=True, slots=True)
class Clues:
    """What was found.

    Args:
        candidates: Days with a year, whatever their rank.
        yearless: Days and months without a year: quote, offset, basis and the day as written.
        weekday: Number (0 is Monday), quote and offset of the weekday in the first paragraph of a report; None otherwise.
        refused: Why something that looks like a date was not taken, one clause each.
        publications: Offsets of the days in lines that say `Published`: they state no event.
    """

    candidates: tuple[DateCandidate, ...] = ()
    yearless: tuple[tuple[Basis, WrittenDay], ...] = ()
    weekday: tuple[int, str, int] | None = None
    refused: tuple[str, ...] = ()
    publications: frozenset[int] = frozenset()


def find_clues(text: str, blocks: Sequence[BlockSpan], *, file_name: str = "", order: Order | None = None) -> Clues:
    """Return the days stated in header lines, title, captions, datelines, the first paragraph and the file name.

    Days deeper in the text are history and never looked at; nor is the first paragraph of a text in the first person.

    Args:
        text: The text as it was read.
        blocks: Its blocks.
        file_name: The file's name without folders and suffix; "" when there is none.
        order: How `03/04/2023` is to be read.
    """
    refused: list[str] = []
    found: list[tuple[DateRole, Basis, WrittenDay]] = []
    candidates = list(_headers(text, order, refused))
    lead = next((b for b in blocks if b.block == "body"), None)
    for block in blocks:
        if block.block in ("caption", "dateline") and not (block.block == "dateline" and any(block.start <= c.start < block.end for c in candidates)):
            role: DateRole = "event" if block.block == "caption" else "published"
            found += [(role, block.block, day) for day in _days(text, block, order)]
    found += _standing_alone(text, blocks, order, refused)
    report = lead is not None and not is_first_person(text)
    if lead is not None and report:
        found += [("event", "text", day) for day in _lead_days(text, lead)]
    yearless: list[tuple[Basis, WrittenDay]] = []
    for role, basis, written in found:
        day = written.in_year(2000) if written.month else date(2000, 1, written.day)
        if day is None:
            refused.append(f"“{written.quote}” is no day of the calendar")
        elif written.year is None:
            yearless.append((basis, written))
        elif (exact := written.in_year()) is not None:
            candidates.append(DateCandidate(role, exact, "day", basis, written.quote, written.start))
        else:
            refused.append(f"“{written.quote}” is no day of the calendar")
    if (named := day_in_name(file_name)) and (day := named.in_year()):
        candidates.append(DateCandidate("event", day, named.precision, "file name", named.quote))
    publications = frozenset(start for name, (_, start) in header_fields(text).items() if name == "published")
    return Clues(tuple(candidates), tuple(yearless), _weekday(text, lead) if report else None, tuple(refused), publications)


def latest_year(written: WrittenDay, published: date) -> date | None:
    """Return the day in the latest year not after the publication; None when that lies more than half a year back (it announces something).

    A day without a month (`7日`) is the latest one not after the publication, a month back at the most.
    """
    if not written.month:
        months = [published, published.replace(day=1) - timedelta(days=1)]
        near = (replace(written, month=month.month).in_year(month.year) for month in months)
        return next((day for day in near if day is not None and day <= published), None)
    for year in range(published.year, published.year - 2, -1):
        day = written.in_year(year)
        if day is not None and day <= published:
            return day if (published - day).days <= HALF_A_YEAR else None
    return None


def _headers(text: str, order: Order | None, refused: list[str]) -> Iterator[DateCandidate]:
    fields = header_fields(text)
    for name, (value, start) in fields.items():
        if name in ("date", "published"):
            try:
                day, precision = parse_day(value, order=order)
            except SourceError as error:
                refused.append(f"the header line `{name}` was not taken: {error.message}")
            else:
                yield DateCandidate("event" if name == "date" and "published" in fields else "published", day, precision, "header", value, start)


def _days(text: str, block: BlockSpan, order: Order | None) -> list[WrittenDay]:
    """Return the days of a block with offsets into the text."""
    return [_moved(day, block.start) for day in find_days(text[block.start : block.end], order=order, in_dateline=block.block == "dateline")]


def _moved(day: WrittenDay, by: int) -> WrittenDay:
    return replace(day, start=day.start + by)


def _standing_alone(text: str, blocks: Sequence[BlockSpan], order: Order | None, refused: list[str]) -> Iterator[tuple[DateRole, Basis, WrittenDay]]:
    """Yield the date of the lines above the text: a line that is a place and a date, `Delivered ... on DATE`, or a title that ends in one."""
    for block in blocks[:6]:
        line = text[block.start : block.end]
        if len(line) > 250 or block.block in ("caption", "dateline"):
            continue
        days = [d for d in find_days(line, order=order) if d.year]
        if order is None and (ambiguous := ambiguous_days(line)) and _PLACE_ONLY.match(line):
            refused += [f"“{quote}” can be read as day/month or month/day" for quote in ambiguous]
        if len(days) != 1 or _COMMEMORATES.search(line):
            continue
        day, before = days[0], line[: days[0].start]
        behind = line[day.start + len(day.quote) :].strip(" .)）*_")
        opens = not before.strip("—–-（( ") and behind.startswith("在")
        if opens or (_DELIVERED.match(before) and (not behind or before.lower().lstrip("(").startswith(_DELIVERED_ON))):
            yield "event", "header", _moved(day, block.start)
        elif not behind and ((block.block == "title" and not before.endswith((" of ", " since "))) or _PLACE_ONLY.fullmatch(before)):
            yield "published", "header", _moved(day, block.start)


def _lead_days(text: str, lead: BlockSpan) -> Iterator[WrittenDay]:
    """Yield the days that date the report's first paragraph: at the opening of a sentence, or directly behind title and name."""
    paragraph = text[lead.start : lead.end]
    for day in find_days(paragraph):
        before = paragraph[: day.start]
        end = day.start + len(day.quote)
        if _OTHER_YEAR.match(paragraph, end):
            continue
        match = _OPENS_SENTENCE.search(before) or _BEHIND_NAME.search(before)
        if match:
            yield _moved(replace(day, quote=paragraph[match.start("on") : end], start=match.start("on")), lead.start)
        elif day.quote.endswith(("日", "号", "號")) and _HAN_LEAD.search(before):
            yield _moved(day, lead.start)
    for found in _HAN_DAY_ALONE.finditer(paragraph):
        if _HAN_LEAD.search(paragraph[: found.start()]) and 1 <= int(found["day"]) <= 31:
            yield WrittenDay(found.group(), lead.start + found.start(), 0, int(found["day"]), None)


def _weekday(text: str, lead: BlockSpan | None) -> tuple[int, str, int] | None:
    match = _WEEKDAY.search(text, lead.start, lead.end) if lead else None
    if match is None:
        return None
    name = next(group for group in match.groups() if group)
    return weekday_number(name), match.group(), match.start()
