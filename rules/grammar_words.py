"""The vocabulary of the deadline grammar: which Dutch words name a time, and which say how it is meant.

Only tables, and `phrases` to look a run of words up in one. A new wording is a row here and a case in the tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Runs of words -> a value; the longest run that stands at a place wins."""

    def __init__(self, rows: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for text, value in rows.items():
            words = tuple(text.split())
            self._by_first.setdefault(words[0], []).append((words, value))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def at(self, words: Sequence[str], i: int) -> tuple[Value, int] | None:
        """The value of the longest run that begins at `i`, and where it ends."""
        for run, value in self._by_first.get(words[i] if i < len(words) else "", ()):
            if tuple(words[i : i + len(run)]) == run:
                return value, i + len(run)
        return None


def each(value: Value, rows: str | Iterable[str]) -> dict[str, Value]:
    """All rows (one string: rows divided by ``;``) with the same value."""
    listed = rows.split(";") if isinstance(rows, str) else rows
    return {row.strip(): value for row in listed if row.strip()}


MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november december".split(), 1
    )
}
WEEKDAYS = {
    day: n for n, day in enumerate("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
}  # as date.weekday()
SEASON_WORDS = {
    **each("spring", "voorjaar;lente"), **each("summer", "zomer;zomerperiode;zomermaanden"),
    **each("autumn", "najaar;herfst"), **each("winter", "winter;winterperiode;wintermaanden"),
}  # fmt: skip
RECESS_WORDS = {
    **each("summer", "zomerreces;zomervakantie"), **each("christmas", "kerstreces;kerstvakantie;winterreces"),
    **each("autumn", "herfstreces;herfstvakantie"), **each("may", "meireces;meivakantie"),
    **each("spring", "voorjaarsreces;krokusreces;voorjaarsvakantie;krokusvakantie"),
    **each("any", "reces;kamerreces"),
}  # fmt: skip
DAY_WORDS = {
    **each(0, "vandaag;heden;vanavond;vanmiddag;vanochtend;vanmorgen;vannacht"),
    **each(1, "morgen;morgenavond;morgenmiddag;morgenochtend"),
    "overmorgen": 2, "gisteren": -1, "gisteravond": -1, "eergisteren": -2,
}  # fmt: skip

THIS, COMING, NEXT, PAST, ANY = "this", "coming", "next", "past", "any"
DETERMINERS = {
    **each(ANY, "de;het;'t;dat;die;parlementaire"),
    **each(THIS, "dit;deze;huidig;huidige;lopend;lopende"),
    **each(COMING, "komend;komende;aankomend;aankomende;aanstaand;aanstaande;eerstkomend;eerstkomende;eerstvolgende;eerstvolgend"),
    **each(NEXT, "volgend;volgende;nieuw;nieuwe"),
    **each(PAST, "vorig;vorige;afgelopen;verleden;voorbije;voorgaande"),
}  # fmt: skip

BEGIN, MIDDLE, END = "begin", "middle", "end"
PARTS = Phrases({
    **each(BEGIN, "begin;begin van;het begin van;aan het begin van;bij aanvang van;de start van;bij de start van;start van"
                  ";vroeg in;in het begin van;de eerste maanden van;eerste maanden van;de eerste weken van"
                  ";eerste weken van;eerste dagen van;de eerste dagen van;bij het begin van;de aanvang van;aanvang van"
                  ";primo"),
    **each(MIDDLE, "medio;half;midden;midden in;halverwege;het midden van;midden van;rond het midden van"),
    **each(END, "eind;einde;eind van;einde van;het eind van;het einde van;aan het eind van;aan het einde van"
                ";op het eind van;op het einde van;tegen het eind van;tegen het einde van;ultimo;laat in"
                ";de laatste maanden van;laatste maanden van;de laatste weken van;laatste weken van"
                ";de laatste dagen van;laatste dagen van"),
})  # fmt: skip

# How a time is meant. "by" drops the first day, "not" turns "voor" into "not before".
IN, BEFORE, BY, AFTER, FROM, AROUND, WITHIN, AHEAD, UNTIL, SINCE = (
    "in", "before", "by", "after", "from", "around", "within", "ahead", "until", "since")  # fmt: skip
MODIFIERS = Phrases({
    **each(IN, "in;op;per;tijdens;gedurende;met;bij;aan;in de loop van;in het verloop van;in de verdere loop van"
               ";ergens in;ergens;in de periode;in de periode van;ten tijde van;ter gelegenheid van;bij gelegenheid van;via"
               ";later in;later;verderop in;verderop;nog;pas;tegelijk met;tegelijkertijd met;gelijktijdig met"
               ";samen met;uiteindelijk;in het vervolg van;rest van;de rest van;in de rest van;nog in;met het oog op"
               ";in het kader van;met ingang van de week van;op of kort na;vroegtijdig in;diep in;in het tijdvak"),
    **each(BEFORE, "voor;voorafgaand aan;voorafgaande aan;in aanloop naar;in de aanloop naar;in aanloop tot;nog voor;ruim voor"
                   ";kort voor;vlak voor;tijdig voor;ver voor;net voor;alvorens;eerder dan;vroeger dan"
                   ";ten behoeve van;ter voorbereiding op;ter voorbereiding van;voor aanvang van;voor de aanvang van"
                   ";voor het verschijnen van;voorafgaand aan het verschijnen van;voor publicatie van"
                   ";voor de publicatie van;voor ingang van;voor de start van;voor het begin van;op tijd voor"
                   ";in voorbereiding op;voor afloop van;direct voor"),
    **each(UNTIL, "tot;tot aan;tot op"),
    **each(BY, "uiterlijk;uiterst;uiterlijk tot;niet later dan;op zijn laatst;op z'n laatst;op het laatst;ten laatste"
               ";ten uiterste;tot en met;t/m;tot uiterlijk;maximaal tot;tot aan het einde van;voor het verstrijken van"
               ";voor het einde van de termijn van;op zijn uiterst;in elk geval;in ieder geval;ten minste"),
    **each(AFTER, "na;direct na;kort na;vlak na;meteen na;onmiddellijk na;snel na;spoedig na;gelijk na;na afloop van"
                  ";na het einde van;na het eind van;na ommekomst van;later dan;aansluitend op;aansluitend aan"),
    **each(FROM, "vanaf;met ingang van;ingaande;niet eerder dan;niet eerder dan op;niet eerder dan per;niet voor"
                 ";niet vroeger dan;op zijn vroegst;op z'n vroegst;vroegstens;op zijn vroegst in;te beginnen in"
                 ";te beginnen met;beginnend in;op zijn vroegst vanaf;pas vanaf;nog niet voor;startend in;startend vanaf"),
    **each(SINCE, "sinds;sedert"),
    **each(AROUND, "rond;rondom;omstreeks;circa;ongeveer;zo rond;op of rond;tegen;richting;in de buurt van;ongeveer rond"
                   ";in of rond"),
    **each(WITHIN, "binnen;binnen nu en;tussen nu en;in minder dan;in maximaal;in uiterlijk"),
    **each(AHEAD, "over"),
})  # fmt: skip

HEDGES = Phrases(each(None, "naar verwachting;naar alle waarschijnlijkheid;waarschijnlijk;vermoedelijk;mogelijk;hopelijk"
    ";in principe;in beginsel;pas;nog;reeds;al;ook;weer;in ieder geval;in elk geval;zo mogelijk;indien mogelijk;bij voorkeur"
    ";idealiter;wel;dus;eerst;vermoed ik;naar ik verwacht;naar het zich laat aanzien;vooralsnog;voorlopig;liefst;in de planning"
    ";zoals gepland;volgens planning;volgens de huidige planning;conform planning;voorzien;gepland;beoogd;verwacht;planning"
    ";streefdatum;verwachte datum;en wel;namelijk;te weten;te beginnen;voor het eerst;opnieuw;ditmaal;doch;echter;uiteraard"
    ";toch;zeker;uiterlijk dus;of wel"))  # fmt: skip
DEADLINE_NOUNS = Phrases(each(None, "de deadline;de deadline van;deadline;deadline van;de deadline is;de termijn van;de streefdatum"
    ";de streefdatum van;de uiterste datum;de uiterste datum van;de einddatum;de einddatum van;de datum van;de gestelde termijn van"))  # fmt: skip

UNIT_WORDS = {
    **each("day", "dag;dagen;etmaal;etmalen;kalenderdagen"), **each("workday", "werkdag;werkdagen"),
    **each("hour", "uur;uren"), **each("week", "week;weken;weekjes"), **each("month", "maand;maanden;kalendermaanden"),
    **each("quarter", "kwartaal;kwartalen"), **each("half", "halfjaar"), **each("year", "jaar;jaren"),
}  # fmt: skip
ABOUT = Phrases(each(None, "circa;ongeveer;maximaal;hooguit;hoogstens;ten hoogste;uiterlijk;zo'n;een termijn van;de termijn van"
    ";een periode van;de periode van;een tijdsbestek van;een tijdspanne van;de wettelijke termijn van;nu en;naar schatting"
    ";de gestelde termijn van;een redelijke termijn van;minder dan;grofweg;pakweg;uiterste;de gebruikelijke termijn van"
    ";de;het;deze;nu;nog"))  # fmt: skip
NOW_ANCHORS = Phrases(each(None, "heden;vandaag;nu;dagtekening;dagtekening van deze brief;verzending van deze brief"
    ";de datum van deze brief;de dagtekening van deze brief;dagtekening van dit besluit;dagtekening dezes;deze brief"
    ";het verzenden van deze brief;het versturen van deze brief;de verzending van deze brief"))  # fmt: skip

VAGUE = Phrases(each(None, """zo spoedig mogelijk;zo snel mogelijk;zo snel als mogelijk;zo spoedig als mogelijk;zo gauw mogelijk
;zo vlug mogelijk;zo tijdig mogelijk;zo vroeg mogelijk;zo kort mogelijk;zsm;asap;spoedig;spoedigst;ten spoedigste;binnenkort;eerdaags
;weldra;tzt;te zijner tijd;te gelegener tijd;op korte termijn;op zeer korte termijn;op de korte termijn;op kortst mogelijke termijn
;op de kortst mogelijke termijn;op zo kort mogelijke termijn;op afzienbare termijn;op middellange termijn;op de middellange termijn
;op lange termijn;op de lange termijn;op langere termijn;op termijn;op redelijke termijn;binnen afzienbare tijd;binnen afzienbare termijn
;binnen een redelijke termijn;binnen redelijke termijn;binnen korte tijd;binnen korte termijn;binnen een korte termijn
;binnen zeer korte termijn;op zeer korte termijn;binnen niet al te lange tijd;binnen niet al te lange termijn;binnen de gebruikelijke termijn
;binnen de gestelde termijn;binnen de daarvoor gestelde termijn;binnen de termijn;binnen de wettelijke termijn;binnen de wettelijke termijnen
;in de nabije toekomst;in de toekomst;in de verre toekomst;in een later stadium;in een latere fase;op een later moment;op een later tijdstip
;op een nader te bepalen moment;op een nader te bepalen tijdstip;op een nog nader te bepalen moment;op enig moment;te eniger tijd
;op een geschikt moment;op een passend moment;op het juiste moment;op dit moment;thans;momenteel;een dezer dagen;dezer dagen;deze dagen
;in de komende tijd;de komende tijd;komende tijd;in de komende periode;de komende periode;komende periode;aankomende periode
;in de eerstkomende periode;in de eerstvolgende periode;de komende fase;met spoed;met de meeste spoed;met grote spoed;met de grootst mogelijke spoed
;met gezwinde spoed;onverwijld;per ommegaande;per omgaande;terstond;onmiddellijk;per direct;direct;meteen;snel;zeer snel;heel snel;snel daarna
;zeer spoedig;heel spoedig;zeer binnenkort;heel binnenkort;gauw;al snel;tijdig;vroegtijdig;later;nader;op een nader moment;medio;nog onbekend
;nog niet bekend;nader te bepalen;op de kortere termijn;de afgelopen tijd;op kortere termijn;spoediger;met voorrang;voortvarend;met enige spoed
;zonder uitstel;zonder verder uitstel;zo veel mogelijk op korte termijn;in een vroeg stadium;in een vervolgfase;in een vervolgstadium
;voor het einde van deze kabinetsperiode;deze kabinetsperiode;in deze kabinetsperiode;binnen deze kabinetsperiode;nog deze kabinetsperiode
;de komende kabinetsperiode;in de komende kabinetsperiode;deze regeerperiode;deze zittingsperiode;gedurende deze kabinetsperiode
;tijdens deze kabinetsperiode;in de volgende kabinetsperiode;binnenkort al;aanstonds;vervolgens;daarna;hierna;dan;op tijd;op tijd
;in een later moment;ooit;over enige tijd;over afzienbare tijd;na verloop van tijd;mettertijd;gaandeweg;op den duur;een volgende keer
;de volgende keer;bij een volgende gelegenheid;bij gelegenheid;wanneer mogelijk;waar mogelijk;zodra mogelijk;zo nodig""".replace("\n", "")))  # noqa: E501
# Words that are vague terms when asked about, but mostly mean something else in a sentence.
VAGUE_ONLY_ALONE = frozenset("later snel direct meteen dan daarna hierna vervolgens nader tijdig medio gauw onmiddellijk thans momenteel"
    " ooit voortvarend terstond vroegtijdig gaandeweg spoediger".split()) | {  # fmt: skip
    "op dit moment", "waar mogelijk", "zo nodig", "al snel", "in de toekomst", "op termijn", "op tijd", "bij gelegenheid",
    "binnen de termijn", "binnen de wettelijke termijn", "binnen de wettelijke termijnen", "op lange termijn",
    "op de lange termijn", "op langere termijn", "op middellange termijn", "op de middellange termijn", "zo veel mogelijk op korte termijn",
    "in een vroeg stadium", "de afgelopen tijd", "zeer snel", "heel snel", "snel daarna", "zo kort mogelijk", "zo vroeg mogelijk",
    "nog onbekend", "nog niet bekend", "nader te bepalen", "met voorrang", "ten spoedigste", "dezer dagen", "nog deze kabinetsperiode",
    "deze kabinetsperiode", "zo tijdig mogelijk", "op redelijke termijn", "zonder uitstel", "binnen de gebruikelijke termijn",
    "binnen de gestelde termijn", "binnen de daarvoor gestelde termijn", "mettertijd", "in deze kabinetsperiode",
}  # fmt: skip

EVERY = frozenset("elk elke ieder iedere alle".split())
RHYTHMS = Phrases(each(None, """jaarlijks;halfjaarlijks;kwartaalsgewijs;driemaandelijks;tweemaandelijks;viermaandelijks;zesmaandelijks
;maandelijks;wekelijks;tweewekelijks;dagelijks;tweejaarlijks;driejaarlijks;vierjaarlijks;vijfjaarlijks;tienjaarlijks;jaarlijkse
;halfjaarlijkse;maandelijkse;wekelijkse;periodiek;periodieke;regelmatig;met regelmaat;geregeld;doorlopend;voortdurend;continu;telkens
;op gezette tijden;op regelmatige basis;op periodieke basis;op jaarbasis;op kwartaalbasis;op maandbasis;per kwartaal;per half jaar
;per halfjaar;per maand;per week;per jaar;per trimester;per tertaal;om het jaar;om het half jaar;om het kwartaal;van tijd tot tijd;steeds
;bij herhaling;structureel;kwartaallijks;per vier maanden;tussentijds;gedurende het jaar;het hele jaar door;met enige regelmaat
;regelmatige;frequent;op frequente basis;op jaarlijkse basis;op halfjaarlijkse basis;op maandelijkse basis;op wekelijkse basis;op dagelijkse basis
;eens in de zoveel tijd;ieder kwartaal;elk kwartaal""".replace("\n", "")))  # noqa: E501
RHYTHM_ONLY_ALONE = frozenset("jaarlijkse halfjaarlijkse maandelijkse wekelijkse periodieke structureel steeds continu frequent telkens"
    " regelmatige doorlopend voortdurend dagelijks tussentijds geregeld".split()) | {  # fmt: skip
    "per jaar", "per week", "per maand", "op jaarbasis", "het hele jaar door", "gedurende het jaar", "bij herhaling", "van tijd tot tijd",
}  # fmt: skip

MEETINGS = frozenset("""debat debatten commissiedebat notadebat plenaire tweeminutendebat dertigledendebat hoofdlijnendebat begrotingsdebat
overleg notaoverleg wetgevingsoverleg schriftelijk ao cd wgo so vso vao hoorzitting rondetafel rondetafelgesprek rondetafelbijeenkomst
briefing vergadering commissievergadering procedurevergadering stemming stemmingen begrotingsbehandeling begrotingsbehandelingen behandeling
raad ministerraad milieuraad landbouwraad energieraad transportraad telecomraad jbz-raad ecofin top conferentie bijeenkomst vragenuur
mondelinge interpellatie regeling bestuursoverleg topoverleg eurogroep landbouw- werkbezoek gesprek begrotingsronde raadsvergadering
verkiezingen tweede-kamerverkiezingen gemeenteraadsverkiezingen""".split())  # fmt: skip
# Things that happen on a day not known beforehand: "na ontvangst", "voor de inwerkingtreding".
HAPPENINGS = frozenset("""ontvangst afronding afloop ommekomst inwerkingtreding invoering publicatie verschijning verschijnen vaststelling
behandeling begrotingsbehandeling begrotingsdebat besluitvorming evaluatie evaluaties oplevering advisering advies adviezen consultatie
internetconsultatie instemming goedkeuring akkoord aanvaarding aanneming stemming stemmingen verkiezingen formatie kabinetsformatie rapportage
voortgangsrapportage voortgangsbrief voortgangsrapport onderzoek onderzoeken rapport eindrapport besluit besluiten uitspraak vonnis arrest
overleg debat commissiedebat notaoverleg wetgevingsoverleg gesprek gesprekken bespreking voltooiing afhandeling implementatie ondertekening
ratificatie bekendmaking openbaarmaking verzending indiening aanbieding toezending vergunningverlening vergunningafgifte aantreden start
totstandkoming uitvoering inventarisatie verkenning analyse ingang verloop beschikbaar actualisatie toetsing
uitwerking pilot proef toets uitvoeringstoets impactanalyse tussenevaluatie monitor jaarverslag verslag kabinetsreactie reactie brief stuk
bekrachtiging plaatsing opening sluiting beantwoording hoorzitting verantwoording werkbezoek overeenstemming behandelen parafering mededeling
voorhang voorhangprocedure zienswijze zienswijzen afstemming weging review peiling meting nulmeting doorlichting aanbesteding gunning""".split())  # noqa: E501  # fmt: skip
EVENT_OPENERS = Phrases(each(None, "zodra;nadat;wanneer;op het moment dat;vanaf het moment dat;als;indien;gelijktijdig met;tegelijk met"
    ";tegelijkertijd met;in afwachting van;hangende;afhankelijk van;zolang;totdat;voordat;alvorens;mits;op basis waarvan;mede afhankelijk van"
    ";op het moment van;ten tijde van;naar aanleiding van;zo spoedig als"))  # fmt: skip
OPENERS_IN_TEXT = Phrases(each(None, "zodra;nadat;op het moment dat;gelijktijdig met;tegelijk met;tegelijkertijd met"))
EVENT_PREPOSITIONS = frozenset("na voor bij tijdens met in via tot vanaf binnen over op voorafgaand aansluitend uiterlijk per".split())
CLAUSE_ENDERS = frozenset(". , ; : ( ) ? ! [ ]".split()) | frozenset(
    "zal zullen zult wordt worden word ik u uw wij kan kunnen ben is zijn heb heeft hebben te informeer stuur ontvangt zend bied".split()
)  # where the noun phrase of "na ontvangst van ..." ends in a running sentence
PAST_VERBS = frozenset("was waren werd werden had hadden verstreken verlopen verliep liep vond vonden".split())

BUDGET_WORDS = {
    **each("voorjaarsnota", "voorjaarsnota;voorjaarsbesluitvorming;voorjaarsbesluitvormings"),
    **each("najaarsnota", "najaarsnota"),
    **each("prinsjesdag", "prinsjesdag"),
    **each("budget", "begroting;begrotingen;rijksbegroting;ontwerpbegroting;ontwerpbegrotingen;miljoenennota;belastingplan"
                     ";begrotingswet;begrotingsstukken;departementsbegroting"),
    **each("verantwoordingsdag", "verantwoordingsdag"),
    **each("slotwet", "slotwet;slotwetten"),
    **each("augustus", "augustusbesluitvorming"),
}  # fmt: skip
CIRCULARS = {"meicirculaire": 5, "septembercirculaire": 9, "decembercirculaire": 12, "junicirculaire": 6, "maartcirculaire": 3}
SCHOOL_YEARS = {
    **each("school", "schooljaar;cursusjaar"),
    **each("study", "studiejaar;collegejaar;academiejaar"),
    **each("session", "vergaderjaar;zittingsjaar;parlementair jaar"),
}
QUANTITIES = frozenset("euro woningen gevallen plekken plaatsen mensen personen fte fte's km kilometer meter ton hectare leerlingen studenten"
    " bedrijven huishoudens kinderen banen medewerkers miljoen miljard agenten docenten gemeenten scholen zaken meldingen aanvragen"
    " burgers inwoners patienten bedden uur stuks megawatt mw kwh gram kilo liter respondenten pagina's zorgverleners".split())  # fmt: skip
NUMBERED = frozenset("nr nrs nummer nummers artikel artikelen art lid vraag vragen pagina blz bijlage kamerstuk kamerstukken kst onderdeel"
    " paragraaf hoofdstuk € $ § motie punt no figuur tabel richtlijn verordening eu stb stcrt staatsblad staatscourant amendement".split())  # fmt: skip
