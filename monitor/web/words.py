"""The words of the pages, in Dutch and in English. What happened to a promise is said by `notifications.words`.

Data and the function that reads it. Dutch at level B1. Careful by rule: we say what we found or did not find, never
that somebody failed.
"""

from typing import Any

from monitor.store.sources import Health
from monitor.web.standing import Standing
from notifications.words import Language, Said

STANDINGS: dict[Standing, Said] = {
    Standing.PROPOSED: Said("nog te beoordelen", "waiting for a check"),
    Standing.OPEN: Said("open", "open"),
    Standing.IN_PROGRESS: Said("in uitvoering", "in progress"),
    Standing.PARTLY: Said("deels nagekomen", "partly kept"),
    Standing.KEPT: Said("nagekomen", "kept"),
    Standing.SOON: Said("termijn loopt bijna af", "term ends soon"),
    Standing.UNREAD: Said("termijn voorbij, nog niet alles gelezen", "term over, not everything read yet"),
    Standing.OVERDUE: Said("termijn voorbij, niets gevonden", "term over, nothing found"),
    Standing.ASKED: Said("geen termijn, nog niets gevonden", "no term, nothing found yet"),
    Standing.ENDED: Said("afgesloten", "closed"),
    Standing.REJECTED: Said("geen toezegging", "not a promise"),
    Standing.MERGED: Said("samengevoegd", "merged"),
}

# The sentence under the status on the page of a promise.
EXPLAINED: dict[Standing, Said] = {
    Standing.PROPOSED: Said(
        "Wij weten nog niet zeker of dit een toezegging is. Een mens kijkt ernaar.",
        "We are not sure yet that this is a promise. A person will look at it.",
    ),
    Standing.OPEN: Said(
        "Wij vonden nog geen stuk dat de toezegging nakomt. Wij zoeken verder.",
        "We have not yet found a paper that keeps the promise. We go on looking.",
    ),
    Standing.IN_PROGRESS: Said(
        "Wij vonden voortgang. Volgens ons is de toezegging nog niet helemaal nagekomen.",
        "We found progress. In our view the promise has not been fully kept yet.",
    ),
    Standing.PARTLY: Said(
        "Wat wij vonden staat hieronder. Een deel staat nog open. Een mens heeft dit nog niet bekeken.",
        "What we found is shown below. Part of it is still open. A person has not checked this yet.",
    ),
    Standing.KEPT: Said(
        "Het stuk dat wij vonden staat hieronder. Een mens heeft dit nog niet bekeken.",
        "The paper that we found is shown below. A person has not checked this yet.",
    ),
    Standing.SOON: Said(
        "De termijn loopt bijna af. Wij vonden nog geen stuk dat de toezegging nakomt.",
        "The term ends soon. We have not yet found a paper that keeps the promise.",
    ),
    Standing.UNREAD: Said(
        "De laatste dag van de termijn is voorbij, maar wij hebben daarna nog niet alle bronnen gelezen. Daarom zeggen "
        "wij nog niets over de uitkomst.",
        "The last day of the term is over, but we have not read all sources since. So we say nothing about the result "
        "yet.",
    ),
    Standing.OVERDUE: Said(
        "De termijn is voorbij en wij vonden geen stuk dat de toezegging nakomt. Dat betekent niet dat er niets is "
        "gebeurd: wij zien alleen wat openbaar is.",
        "The term is over and we found no paper that keeps the promise. That does not mean that nothing was done: we "
        "only see what is public.",
    ),
    Standing.ASKED: Said(
        "Er is geen termijn genoemd. Wij vonden tot nu toe geen stuk dat de toezegging nakomt. Dat betekent niet dat "
        "er niets is gebeurd: wij zien alleen wat openbaar is.",
        "No term was named. So far we found no paper that keeps the promise. That does not mean that nothing was done: "
        "we only see what is public.",
    ),
    Standing.ENDED: Said("Wij zoeken niet verder.", "We have stopped looking."),
    Standing.REJECTED: Said(
        "Een mens heeft bekeken dat dit geen toezegging is.", "A person has checked that this is not a promise."
    ),
    Standing.MERGED: Said("Deze toezegging staat nu op een andere pagina.", "This promise is now on another page."),
}

HEALTHS: dict[Health, Said] = {
    Health.NEW: Said("nog niet gelezen", "not read yet"),
    Health.FRESH: Said("goed", "good"),
    Health.LATE: Said("te laat gelezen", "read too late"),
    Health.SILENT: Said("opvallend stil", "unusually silent"),
    Health.BROKEN: Said("niet te lezen", "cannot be read"),
    Health.CHANGED_SHAPE: Said("andere vorm", "changed form"),
}
HEALTH_EXPLAINED: dict[Health, Said] = {
    Health.NEW: Said("Wij hebben deze bron nog nooit gelezen.", "We have never read this source."),
    Health.FRESH: Said("Wij lezen deze bron zonder problemen.", "We read this source without problems."),
    Health.LATE: Said(
        "Wij lazen deze bron het laatst op {moment}. Dat is langer geleden dan hoort.",
        "We last read this source on {moment}. That is longer ago than it should be.",
    ),
    Health.SILENT: Said(
        "Wij kunnen de bron lezen, maar sinds {moment} staat er niets nieuws. Dat is langer dan gewoonlijk.",
        "We can read the source, but since {moment} there is nothing new. That is longer than usual.",
    ),
    Health.BROKEN: Said(
        "Wij kunnen deze bron niet lezen sinds {moment}.", "We have not been able to read this source since {moment}."
    ),
    Health.CHANGED_SHAPE: Said(
        "De bron antwoordt sinds {moment} in een vorm die wij niet kennen.",
        "Since {moment} the source answers in a form that we do not know.",
    ),
}
ERRORS: dict[str, Said] = {
    "unreachable": Said("De bron geeft geen antwoord.", "The source does not answer."),
    "refused": Said("De bron weigert of geeft een fout.", "The source refuses or answers with an error."),
    "changed shape": Said(
        "De bron ziet er anders uit dan wij kennen.", "The source looks different from what we know."
    ),
    "too large": Said("Het antwoord is te groot of te traag.", "The answer is too large or too slow."),
    "forbidden": Said("Dit adres mogen wij niet lezen.", "We are not allowed to read this address."),
    "unreadable": Said("Wij kunnen het antwoord niet lezen.", "We cannot read the answer."),
    "no history": Said("Deze bron bewaart geen oude stukken.", "This source keeps no old papers."),
    "broken": Said("Er ging iets mis bij het lezen.", "Something went wrong while reading."),
}
SOURCES: dict[str, Said] = {
    "tweedekamer": Said("Tweede Kamer", "House of Representatives"),
    "eerste_kamer": Said("Eerste Kamer", "Senate"),
    "officielebekendmakingen": Said("Officiële bekendmakingen", "Official publications"),
    "wodc": Said("WODC", "WODC (research centre)"),
    "autoriteit_persoonsgegevens": Said("Autoriteit Persoonsgegevens", "Data Protection Authority"),
    "rijksoverheid": Said("Rijksoverheid.nl", "Rijksoverheid.nl"),
    "open_overheid": Said("Open.overheid.nl", "Open.overheid.nl"),
}

WORDS: dict[str, Said] = {
    # every page
    "skip": Said("Naar de inhoud", "Skip to content"),
    "menu": Said("Hoofdmenu", "Main menu"),
    "language": Said("Taal", "Language"),
    "nl": Said("Nederlands", "Nederlands"),
    "en": Said("English", "English"),
    "overview": Said("Overzicht", "Overview"),
    "promises": Said("Toezeggingen", "Promises"),
    "statistics": Said("Statistiek", "Statistics"),
    "sources": Said("Bronnen", "Sources"),
    "subscriptions": Said("Abonnementen", "Subscriptions"),
    "queue": Said("Beoordelen", "Review"),
    "log_in": Said("Inloggen", "Log in"),
    "log_out": Said("Uitloggen", "Log out"),
    "logged_in": Said("Ingelogd als {name}", "Logged in as {name}"),
    "footer": Said(
        "Nakoming kijkt alleen naar openbare stukken. “Niets gevonden” betekent niet “niet gedaan”. Bekijk altijd zelf "
        "de bron.",
        "Nakoming only looks at public papers. “Nothing found” does not mean “not done”. Always look at the source "
        "yourself.",
    ),
    "api": Said("API", "API"),
    "feeds": Said("Feeds", "Feeds"),
    "calendar": Said("Agenda met termijnen", "Calendar of terms"),
    # overview
    "overview_title": Said("Wat de regering toezegde", "What the government promised"),
    "overview_lead": Said(
        "Nakoming leest brieven aan de Kamer, onthoudt wat er is toegezegd en zoekt elke dag naar het vervolg.",
        "Nakoming reads letters to parliament, remembers what was promised and looks for the follow-up every day.",
    ),
    "numbers": Said("In cijfers", "In numbers"),
    "tracked": Said("toezeggingen gevolgd", "promises followed"),
    "kept_number": Said("volgens ons nagekomen", "kept, in our view"),
    "soon_number": Said("termijn loopt bijna af", "term ends soon"),
    "overdue_number": Said("termijn voorbij, niets gevonden", "term over, nothing found"),
    "waiting_number": Said("wacht op een mens", "waiting for a person"),
    "chart_standing": Said("Hoe staan de toezeggingen ervoor?", "How do the promises stand?"),
    "chart_terms": Said("Termijnen per maand", "Terms per month"),
    "chart_terms_about": Said(
        "Het aantal toezeggingen waarvan de termijn in die maand afloopt.",
        "The number of promises whose term ends in that month.",
    ),
    "as_table": Said("Toon de cijfers als tabel", "Show the figures as a table"),
    "month": Said("Maand", "Month"),
    "number": Said("Aantal", "Number"),
    "standing": Said("Stand", "Standing"),
    "share": Said("Deel", "Share"),
    "running": Said("loopt nog", "still running"),
    "settled": Said("nagekomen of afgesloten", "kept or closed"),
    "found_nothing": Said("niets gevonden", "nothing found"),
    "latest": Said("Laatste gebeurtenissen", "Latest events"),
    "nothing_happened": Said("Er is nog niets gebeurd.", "Nothing has happened yet."),
    "no_promises": Said(
        "Er zijn nog geen toezeggingen. Voeg een brief toe met “nakoming add”.",
        "There are no promises yet. Add a letter with “nakoming add”.",
    ),
    "blind": Said(
        "Let op: wij kunnen niet alle bronnen lezen ({names}). Daardoor kunnen wij stukken missen.",
        "Please note: we cannot read all sources ({names}). So we may miss papers.",
    ),
    "unread_sources": Said(
        "Deze bronnen hebben wij nog niet gelezen: {names}. Tot die tijd kunnen wij er geen vervolg vinden.",
        "We have not read these sources yet: {names}. Until then we cannot find a follow-up there.",
    ),
    "undated_one": Said("Bij 1 lopende toezegging is geen dag genoemd.", "For 1 running promise no day was named."),
    "undated_many": Said(
        "Bij {number} lopende toezeggingen is geen dag genoemd.", "For {number} running promises no day was named."
    ),
    "see_undated": Said("Bekijk ze", "See them"),
    "no_terms": Said("In deze maanden lopen geen termijnen af.", "No terms end in these months."),
    "see_sources": Said("Bekijk de bronnen", "See the sources"),
    "see_all": Said("Bekijk alle toezeggingen", "See all promises"),
    "see_terms": Said("Bekijk wat binnenkort afloopt", "See what ends soon"),
    # list
    "found_one": Said("1 toezegging", "1 promise"),
    "found_many": Said("{number} toezeggingen", "{number} promises"),
    "search": Said("Zoeken", "Search"),
    "search_words": Said("Woorden", "Words"),
    "search_hint": Said("Alle woorden moeten voorkomen.", "All words must occur."),
    "filter": Said("Meer filters", "More filters"),
    "status": Said("Stand", "Status"),
    "ministry": Said("Ministerie", "Ministry"),
    "holder": Said("Bewindspersoon", "Minister"),
    "holder_hint": Said("Naam of functie.", "Name or office."),
    "dossier": Said("Dossier", "Dossier"),
    "dossier_hint": Said("Bijvoorbeeld 32761.", "For example 32761."),
    "term": Said("Termijn", "Term"),
    "all": Said("alle", "all"),
    "term_passed": Said("voorbij", "over"),
    "term_soon": Said("loopt bijna af", "ends soon"),
    "term_none": Said("geen dag genoemd", "no day named"),
    "term_this_year": Said("dit jaar", "this year"),
    "clear": Said("Wis filters", "Clear filters"),
    "nothing_found": Said(
        "Geen toezeggingen gevonden. Probeer andere woorden of minder filters.",
        "No promises found. Try other words or fewer filters.",
    ),
    "pages": Said("Pagina's", "Pages"),
    "page_of": Said("Pagina {page} van {pages}", "Page {page} of {pages}"),
    "previous": Said("Vorige", "Previous"),
    "next": Said("Volgende", "Next"),
    "follow_list": Said("Volg deze lijst", "Follow this list"),
    "promised_on": Said("Toegezegd op {day}", "Promised on {day}"),
    "in_time": Said("binnen de termijn", "within the term"),
    "late_days": Said("{days} na de termijn", "{days} after the term"),
    # promise
    "promise_of": Said("Toezegging van {who}", "Promise by {who}"),
    "promise_of_the": Said("Toezegging van de {who}", "Promise by the {who}"),
    "a_promise": Said("Toezegging", "Promise"),
    "quote": Said("De toezegging", "The promise"),
    "in_dutch": Said("De tekst is in het Nederlands.", "The text is in Dutch."),
    "read_letter": Said("Lees de brief", "Read the letter"),
    "read_source": Said("Naar de bron", "To the source"),
    "context": Said("Lees de zinnen eromheen", "Read the sentences around it"),
    "about": Said("Over deze toezegging", "About this promise"),
    "strength": Said("Hoe duidelijk", "How clear"),
    "references": Said("Verwijzingen", "References"),
    "terms": Said("Termijnen", "Terms"),
    "term_now": Said("geldt nu", "applies now"),
    "term_old": Said("oude termijn", "old term"),
    "term_ours": Said(
        "Onze eigen dag om naar het vervolg te vragen: {day}. Die dag is niet van de minister.",
        "Our own day to ask about the follow-up: {day}. That day is not the minister's.",
    ),
    "register": Said("Register", "Register"),
    "register_says": Said("Het register zegt: {word}", "The register says: {word}"),
    "register_names": Said("Als nakoming noemt het:", "As the keeping it names:"),
    "register_kept": Said(
        "Het register noemt deze toezegging nagekomen. Wij vonden zelf geen stuk dat dat laat zien.",
        "The register calls this promise kept. We ourselves found no paper that shows it.",
    ),
    "register_open": Said(
        "Volgens ons is de toezegging nagekomen. Het register noemt haar nog open.",
        "In our view the promise was kept. The register still calls it open.",
    ),
    "why_promise": Said("Waarom wij dit een toezegging noemen", "Why we call this a promise"),
    "sure": Said("Zekerheid: {percent} %", "Certainty: {percent} %"),
    "evidence": Said("Gevonden stukken", "Papers found"),
    "no_evidence": Said(
        "Wij vonden nog geen stuk bij deze toezegging. Dat betekent niet dat er niets is gebeurd.",
        "We have not found a paper for this promise yet. That does not mean that nothing was done.",
    ),
    "steps": Said("Stappen van deze toezegging", "Steps of this promise"),
    "round": Said("ronde {number}", "round {number}"),
    "why_paper": Said("Waarom denken wij dat", "Why we think so"),
    "copy": Said("Onze kopie", "Our copy"),
    "decided_by": Said("Bekeken en besloten door {name}.", "Checked and decided by {name}."),
    "checked_by": Said("Bekeken door {name}", "Checked by {name}"),
    "not_checked": Said("Nog niet door een mens bekeken", "Not yet checked by a person"),
    "turned_down": Said("Na controle: hoort er niet bij", "After a check: does not belong to it"),
    "history": Said("Tijdlijn", "Time line"),
    "follow": Said("Volg deze toezegging", "Follow this promise"),
    "follow_mail": Said("Krijg bericht", "Get messages"),
    "places": Said("Ook te vinden in", "Also found in"),
    "replaced_by": Said("Vervangen door een andere toezegging", "Replaced by another promise"),
    # letter
    "letter": Said("Brief", "Letter"),
    "made_here": Said("Toezeggingen in dit stuk", "Promises in this paper"),
    "none_here": Said("In dit stuk staan geen toezeggingen die wij volgen.", "No promises that we follow stand here."),
    "numbers_of": Said("Nummers", "Numbers"),
    "published_at": Said("Gepubliceerd op deze plaatsen", "Published in these places"),
    "seen": Said("Zo zagen wij de tekst", "The text as we saw it"),
    "versions": Said("Versies", "Versions"),
    "compared": Said("Wat er veranderde", "What changed"),
    "take_along": Said("Al het bewijs als zip-bestand", "All evidence as a zip file"),
    "seen_at": Said("gezien op {moment}", "seen on {moment}"),
    "text": Said("Tekst", "Text"),
    "no_text": Said("Wij hebben geen tekst van dit stuk.", "We have no text of this paper."),
    "text_cut": Said(
        "De tekst is hier afgekapt; lees verder bij de bron.", "The text is cut here; read on at the source."
    ),
    "withdrawn": Said("De bron heeft dit stuk ingetrokken.", "The source has withdrawn this paper."),
    # sources
    "sources_title": Said("Welke bronnen lezen wij?", "Which sources do we read?"),
    "sources_lead": Said(
        "Zolang wij een bron niet kunnen lezen, zeggen wij niet dat een termijn voorbij is zonder resultaat als het "
        "stuk in die bron had kunnen staan.",
        "While we cannot read a source we do not say that a term is over without result where the paper could have "
        "been in that source.",
    ),
    "source": Said("Bron", "Source"),
    "state": Said("Stand", "State"),
    "last_good": Said("Laatst goed gelezen", "Last read well"),
    "last_news": Said("Laatste nieuws", "Last news"),
    "rhythm": Said("Ritme", "Rhythm"),
    "documents": Said("Stukken", "Papers"),
    "set_aside": Said("Opzij gelegd", "Set aside"),
    "never": Said("nog nooit", "never"),
    "every_minutes": Said("elke {number} minuten", "every {number} minutes"),
    "every_hours": Said("elke {number} uur", "every {number} hours"),
    "technical": Said("Technische melding", "Technical message"),
    "no_sources": Said("Er zijn geen bronnen ingesteld.", "No sources are set up."),
    "all_sources_good": Said("Wij kunnen alle bronnen lezen.", "We can read all sources."),
    "some_sources_bad": Said(
        "Aandacht nodig: {number} van de {total} bronnen.", "Attention needed: {number} of {total} sources."
    ),
    # statistics
    "statistics_title": Said("Worden toezeggingen nagekomen?", "Are promises kept?"),
    "statistics_lead": Said(
        "Het deel nagekomen is berekend over toezeggingen die volgens ons zijn nagekomen, en over toezeggingen waarvan "
        "de genoemde termijn voorbij is zonder dat wij iets vonden. Wat wij niet vonden, kan toch gedaan zijn.",
        "The share kept is reckoned over promises that in our view were kept and promises whose named term is over "
        "without us finding anything. What we did not find may still have been done.",
    ),
    "by_ministry": Said("Per ministerie", "By ministry"),
    "by_holder": Said("Per bewindspersoon", "By minister"),
    "total": Said("Totaal", "Total"),
    "kept": Said("Nagekomen", "Kept"),
    "kept_in_time": Said("Op tijd", "In time"),
    "open": Said("Loopt nog", "Running"),
    "nothing": Said("Niets gevonden", "Nothing found"),
    "share_kept": Said("Deel nagekomen", "Share kept"),
    "median_late": Said("Dagen na termijn (mediaan)", "Days after term (median)"),
    "median_about": Said(
        "Een negatief getal betekent: voor het einde van de termijn.",
        "A negative number means: before the end of the term.",
    ),
    "unknown": Said("onbekend", "unknown"),
    "everyone": Said("Alle", "All"),
    "no_figure": Said("nog niet te zeggen", "cannot be said yet"),
    # reviewing
    "queue_title": Said("Beoordelen", "Review"),
    "queue_lead": Said(
        "Uw besluit geldt meteen en staat met uw naam in de tijdlijn. De machine draait het nooit terug.",
        "Your decision applies at once and stands in the time line with your name. The machine never reverses it.",
    ),
    "queue_promises": Said("Is dit een toezegging?", "Is this a promise?"),
    "queue_papers": Said("Komt dit stuk de toezegging na?", "Does this paper keep the promise?"),
    "queue_unchecked": Said("De machine zei: nagekomen. Klopt dat?", "The machine said: kept. Is that right?"),
    "queue_empty": Said("Niets te beoordelen.", "Nothing to review."),
    "reason": Said("Waarom (mag leeg blijven)", "Why (may stay empty)"),
    "do_confirm": Said("Ja, een toezegging", "Yes, a promise"),
    "do_reject": Said("Nee, geen toezegging", "No, not a promise"),
    "do_fulfil": Said("Ja, nagekomen", "Yes, kept"),
    "do_partly": Said("Deels nagekomen", "Partly kept"),
    "do_belongs": Said("Hoort erbij, komt niet na", "Belongs to it, does not keep it"),
    "do_not_paper": Said("Nee, hoort er niet bij", "No, does not belong to it"),
    "do_right": Said("Ja, dat klopt", "Yes, that is right"),
    "do_lapse": Said("Vervallen", "Lapsed"),
    "do_not_measurable": Said("Niet te meten", "Not measurable"),
    "do_reopen": Said("Weer openen", "Open again"),
    "do_postpone": Said("Nieuwe termijn", "New term"),
    "do_merge": Said("Samenvoegen", "Merge"),
    "do_postpone_to": Said("Ja, uitgesteld tot {day}", "Yes, postponed until {day}"),
    "do_undo": Said("Laatste besluit terugdraaien", "Take the last decision back"),
    "decide": Said("Besluit over deze toezegging", "Decide about this promise"),
    "until_day": Said("Nieuwe laatste dag", "New last day"),
    "into_id": Said("Nummer van de andere toezegging", "Number of the other promise"),
    "decide_step": Said("Besluit over een stap", "Decide about a step"),
    "step": Said("Stap", "Step"),
    "step_paper": Said("Stuk", "Paper"),
    "step_no_paper": Said("geen stuk", "no paper"),
    "step_new": Said("Een andere stap", "Another step"),
    "step_until": Said("Laatste dag van de stap (mag leeg blijven)", "Last day of the step (may stay empty)"),
    "do_step_met": Said("Stap is gezet", "Step was taken"),
    "do_step_open": Said("Stap is niet gezet", "Step was not taken"),
    "do_step_drop": Said("Stap is niet nodig", "Step is not needed"),
    "do_step_add": Said("Stap toevoegen", "Add the step"),
    "decided": Said("Uw besluit is opgeslagen.", "Your decision has been kept."),
    "login_title": Said("Inloggen", "Log in"),
    "login_lead": Said("Alleen beoordelaars hoeven in te loggen.", "Only reviewers need to log in."),
    "name": Said("Naam", "Name"),
    "password": Said("Wachtwoord", "Password"),
    "login_wrong": Said("Naam of wachtwoord klopt niet.", "Name or password is not right."),
    "login_wait": Said("Te vaak geprobeerd. Wacht een kwartier.", "Tried too often. Wait a quarter of an hour."),
    # errors
    "error_400": Said("Dit kunnen wij niet lezen", "We cannot read this"),
    "error_403": Said("Dit mag niet", "Not allowed"),
    "error_404": Said("Niet gevonden", "Not found"),
    "error_405": Said("Dit kan hier niet", "Not possible here"),
    "error_409": Said("Dit besluit past niet", "This decision does not fit"),
    "error_413": Said("Te groot", "Too large"),
    "error_429": Said("Te veel pogingen", "Too many attempts"),
    "error_500": Said("Er ging iets mis bij ons", "Something went wrong on our side"),
    "error_503": Said("Even niet beschikbaar", "Not available just now"),
    "about_400": Said("Het adres of formulier klopt niet: {what}", "The address or form is not right: {what}"),
    "about_403": Said(
        "Het formulier is verlopen of komt van een andere site. Ga terug en probeer het opnieuw.",
        "The form has expired or comes from another site. Go back and try again.",
    ),
    "about_404": Said(
        "Deze pagina bestaat niet. Adressen van toezeggingen veranderen nooit; controleer het adres.",
        "This page does not exist. Addresses of promises never change; check the address.",
    ),
    "about_405": Said("Gebruik de knoppen en links van de pagina's.", "Use the buttons and links of the pages."),
    "about_413": Said("Wat u stuurde is te groot.", "What you sent is too large."),
    "about_500": Said(
        "De fout is opgeschreven. Probeer het later nog eens.", "The error has been noted. Try again later."
    ),
    "about_503": Said(
        "De database antwoordt niet. Probeer het later nog eens.", "The database does not answer. Try again later."
    ),
    "back_home": Said("Naar het overzicht", "To the overview"),
    "bad_status": Said("onbekende stand “{value}”", "unknown status “{value}”"),
    "bad_term": Said("onbekende termijn “{value}”", "unknown term “{value}”"),
    "bad_dossier": Said("“{value}” is geen dossiernummer", "“{value}” is no dossier number"),
    "bad_page": Said("“{value}” is geen paginanummer", "“{value}” is no page number"),
    "bad_id": Said("“{value}” is geen nummer van een toezegging", "“{value}” is no number of a promise"),
    "bad_day": Said("“{value}” is geen dag", "“{value}” is no day"),
    "bad_choice": Said("onbekend besluit “{value}”", "unknown decision “{value}”"),
    "bad_cursor": Said("“{value}” is geen plaats in de feed", "“{value}” is no place in the feed"),
    "too_long": Said("“{value}…” is te lang", "“{value}…” is too long"),
    "cannot_unknown": Said("Deze toezegging of dit stuk kennen wij niet.", "We do not know this promise or paper."),
    "cannot_open": Said("De toezegging is al open.", "The promise is open already."),
    "cannot_itself": Said(
        "Een toezegging kan niet met zichzelf worden samengevoegd.", "A promise cannot be merged with itself."
    ),
    "cannot_term": Said(
        "De nieuwe termijn ontbreekt of ligt voor de dag van de toezegging.",
        "The new term is missing or lies before the day of the promise.",
    ),
    "cannot_undo": Said("Er is geen besluit om terug te draaien.", "There is no decision to take back."),
    "cannot_step": Said(
        "Deze stap kennen wij niet bij de toezegging, of hij staat er al.",
        "The promise has no such step, or has it already.",
    ),
    "cannot_name": Said("Een besluit heeft een naam nodig.", "A decision needs a name."),
    "bad_form": Said("het formulier is niet te lezen", "the form cannot be read"),
    # feeds and api
    "feed_all": Said("Nakoming: alle gebeurtenissen", "Nakoming: all events"),
    "feed_part": Said("Nakoming: {what}", "Nakoming: {what}"),
    "feed_about": Said(
        "De nieuwste {number} gebeurtenissen. Oudere staan op de volgende pagina van deze feed.",
        "The newest {number} events. Older ones are on the next page of this feed.",
    ),
    "ics_since": Said("{what} vanaf {day}", "{what} from {day}"),
    "ics_all": Said("Nakoming: termijnen", "Nakoming: terms"),
    "api_title": Said("API van Nakoming", "API of Nakoming"),
    "api_lead": Said(
        "Alles wat de pagina's laten zien, als JSON. U mag het vrij gebruiken. De beschrijving voor machines staat op "
        "{path}.",
        "All that the pages show, as JSON. You may use it freely. The description for machines is at {path}.",
    ),
    "parameters": Said("Parameters", "Parameters"),
}


def word(name: str, language: Language, /, **values: Any) -> str:
    """A phrase of the pages by its name, with its blanks filled in."""
    return WORDS[name].in_(language).format(**values)


def source_name(name: str, language: Language) -> str:
    """What a source is called; its own name when it comes from the operator's settings."""
    return SOURCES[name].in_(language) if name in SOURCES else name.replace("_", " ")
