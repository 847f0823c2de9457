"""The words of the pages about subscriptions, in Dutch and English. Data, and the function that reads it."""

from typing import Any

from monitor.subscribing import Refusal
from notifications.subscription import Rhythm, Way
from notifications.words import Language, Said

WAYS: dict[Way, Said] = {
    Way.MAIL: Said("e-mail", "e-mail"),
    Way.APPRISE: Said("chat (Slack, Teams, Discord …)", "chat (Slack, Teams, Discord …)"),
    Way.WEBHOOK: Said("webhook (voor programma's)", "webhook (for programs)"),
}
RHYTHMS: dict[Rhythm, Said] = {
    Rhythm.IMMEDIATE: Said("meteen", "at once"),
    Rhythm.DAILY: Said("één keer per dag", "once a day"),
    Rhythm.WEEKLY: Said("één keer per week", "once a week"),
}
DAYS: tuple[Said, ...] = (
    Said("maandag", "Monday"),
    Said("dinsdag", "Tuesday"),
    Said("woensdag", "Wednesday"),
    Said("donderdag", "Thursday"),
    Said("vrijdag", "Friday"),
    Said("zaterdag", "Saturday"),
    Said("zondag", "Sunday"),
)
STATES: dict[str, Said] = {
    "waiting": Said("wacht op uw bevestiging", "waits for your confirmation"),
    "active": Said("loopt", "running"),
    "ended": Said("beëindigd", "ended"),
    "bounced": Said("gestopt: onze berichten komen niet aan", "stopped: our messages do not arrive"),
}
REFUSALS: dict[Refusal, Said] = {
    Refusal.TAMPERED: Said(
        "Deze link klopt niet. Misschien is er een stuk van afgevallen. Neem de hele link uit het bericht over.",
        "This link is not right. Perhaps a part of it got lost. Copy the whole link from the message.",
    ),
    Refusal.EXPIRED: Said(
        "Deze link werkt niet meer. Meld u opnieuw aan, dan krijgt u een nieuwe.",
        "This link no longer works. Sign up again and you will get a new one.",
    ),
    Refusal.GONE: Said("Dit abonnement bestaat niet meer.", "This subscription no longer exists."),
    Refusal.ADDRESS: Said("Dit adres kunnen wij niet gebruiken.", "We cannot use this address."),
    Refusal.NO_MAIL: Said(
        "Deze website kan geen e-mail sturen. Gebruik een feed, een chat of een webhook.",
        "This site cannot send e-mail. Use a feed, a chat or a webhook.",
    ),
    Refusal.TOO_MANY: Said(
        "Er zijn te veel aanmeldingen die nog niet bevestigd zijn. Probeer het morgen opnieuw.",
        "Too many sign-ups are not confirmed yet. Try again tomorrow.",
    ),
    Refusal.NOT_SENT: Said(
        "Wij konden het bericht om te bevestigen niet versturen. Probeer het later opnieuw.",
        "We could not send the message to confirm. Try again later.",
    ),
    Refusal.VALUE: Said("Dit kunnen wij niet gebruiken.", "We cannot use this."),
}
FIELDS: dict[str, Said] = {
    "toezeggingen": Said("Toezeggingen", "Promises"),
    "ministeries": Said("Ministeries", "Ministries"),
    "bewindspersonen": Said("Bewindspersonen", "Ministers"),
    "leden": Said("Kamerleden aan wie het is toegezegd", "Members it was promised to"),
    "partijen": Said("Partijen aan wie het is toegezegd", "Parties it was promised to"),
    "dossiers": Said("Dossiers", "Dossiers"),
    "brieven": Said("Brieven", "Letters"),
    "woorden": Said("Woorden", "Words"),
}
HINTS: dict[str, Said] = {
    "toezeggingen": Said("Het laatste deel van het adres van de toezegging.", "The last part of a promise's address."),
    "ministeries": Said("Een deel van de naam is genoeg.", "A part of the name is enough."),
    "bewindspersonen": Said("Naam of functie.", "Name or office."),
    "leden": Said("Een achternaam is genoeg.", "A surname is enough."),
    "partijen": Said("Zoals in het stuk staat.", "As written in the paper."),
    "dossiers": Said("Bijvoorbeeld 32761.", "For example 32761."),
    "brieven": Said("Bijvoorbeeld 2022D33920.", "For example 2022D33920."),
    "woorden": Said("Met een sterretje vindt u meer: privacy*.", "A star finds more: privacy*."),
}
PHRASES: dict[str, Said] = {
    "title": Said("Abonnementen", "Subscriptions"),
    "lead": Said(
        "Krijg bericht als een toezegging is nagekomen, bijna afloopt of is uitgesteld. U hebt geen account nodig.",
        "Get a message when a promise is kept, ends soon or is postponed. You need no account.",
    ),
    "receiver": Said("Waar wilt u het bericht krijgen?", "Where do you want the message?"),
    "way": Said("Manier", "Way"),
    "address": Said("Adres", "Address"),
    "address_hint": Said(
        "Een e-mailadres, een Apprise-adres (bijvoorbeeld slack://…) of het webadres van uw programma.",
        "A mail address, an Apprise address (for example slack://…) or the web address of your program.",
    ),
    "about": Said("Waarover?", "What about?"),
    "about_hint": Said(
        "Laat leeg wat u niet uitmaakt. Meer dan één? Zet er een komma tussen.",
        "Leave empty what does not matter. More than one? Put a comma between them.",
    ),
    "kinds": Said("Welk nieuws? (niets aangekruist is alles)", "Which news? (nothing ticked is everything)"),
    "proposed": Said("Ook wat nog niet door een mens is bekeken", "Also what no person has checked yet"),
    "sources": Said("Ook als een bron niet te lezen is", "Also when a source cannot be read"),
    "when": Said("Wanneer?", "When?"),
    "rhythm": Said("Hoe vaak", "How often"),
    "hour": Said("Uur van het overzicht", "Hour of the digest"),
    "weekday": Said("Dag van het weekoverzicht", "Day of the weekly digest"),
    "quiet_from": Said("Geen berichten vanaf (uur)", "No messages from (hour)"),
    "quiet_until": Said("tot (uur)", "until (hour)"),
    "working_days": Said("Alleen op werkdagen", "On working days only"),
    "how": Said("Hoe?", "How?"),
    "message_language": Said("Taal van de berichten", "Language of the messages"),
    "short": Said("Kort: één regel met een link", "Short: one line with a link"),
    "note": Said("Waarom wilt u dit? (staat in elk bericht)", "Why do you want this? (stands in every message)"),
    "look": Said("Kijk eerst wat u zou krijgen", "First see what you would get"),
    "subscribe": Said("Aanmelden", "Sign up"),
    "would": Said(
        "In de laatste {days} dagen had u hiermee {messages} berichten gekregen, over {events} gebeurtenissen.",
        "In the last {days} days this would have sent you {messages} messages, about {events} events.",
    ),
    "would_none": Said(
        "In de laatste {days} dagen had u hiermee niets gekregen.",
        "In the last {days} days this would have sent you nothing.",
    ),
    "newest": Said("De nieuwste:", "The newest:"),
    "asked_title": Said("Bijna klaar", "Almost done"),
    "asked": Said(
        "Wij stuurden een bericht naar {address}. Bevestig daar uw abonnement. Dat kan {days} dagen lang.",
        "We sent a message to {address}. Confirm your subscription there, within {days} days.",
    ),
    "secret": Said(
        "Met dit geheim ondertekenen wij onze berichten. Wij tonen het één keer: bewaar het nu.",
        "We sign our messages with this secret. We show it once: keep it now.",
    ),
    "confirm_title": Said("Bevestig uw abonnement", "Confirm your subscription"),
    "confirm_about": Said(
        "Wilt u berichten van Nakoming krijgen op {address}?", "Do you want messages from Nakoming at {address}?"
    ),
    "confirm": Said("Ja, bevestigen", "Yes, confirm"),
    "confirmed_title": Said("Uw abonnement loopt", "Your subscription is running"),
    "confirmed": Said(
        "Vanaf nu krijgt u berichten op {address}. In elk bericht staat een link om te wijzigen of te stoppen.",
        "From now on you get messages at {address}. Every message has a link to change or to stop.",
    ),
    "end_title": Said("Stoppen met berichten", "Stop the messages"),
    "end_about": Said(
        "Wilt u op {address} geen berichten van dit abonnement meer?",
        "No more messages of this subscription at {address}?",
    ),
    "end": Said("Ja, stoppen", "Yes, stop"),
    "ended_title": Said("U bent afgemeld", "You are unsubscribed"),
    "ended": Said("U krijgt geen berichten van dit abonnement meer.", "You get no more messages of this subscription."),
    "manage_title": Said("Uw abonnement", "Your subscription"),
    "manage_about": Said("Berichten op {address}: {state}.", "Messages at {address}: {state}."),
    "paused": Said("Gepauzeerd tot {day}.", "Paused until {day}."),
    "error": Said("De laatste fout: {error}", "The last error: {error}"),
    "save": Said("Bewaren", "Save"),
    "pause_title": Said("Pauzeren of stoppen", "Pause or stop"),
    "pause_until": Said("Pauzeren tot", "Pause until"),
    "pause": Said("Pauzeren", "Pause"),
    "resume": Said("Weer doorgaan", "Go on again"),
    "test": Said("Stuur een proefbericht", "Send a test message"),
    "new_secret": Said("Nieuw geheim maken", "Make a new secret"),
    "old_secret": Said("Oude geheim intrekken", "Retire the old secret"),
    "saved": Said("Bewaard.", "Saved."),
    "tested": Said("Het proefbericht is aangenomen.", "The test message was taken."),
    "not_tested": Said("Het proefbericht kwam niet aan: {why}", "The test message did not arrive: {why}"),
    "retired": Said("Alleen het nieuwste geheim geldt nog.", "Only the newest secret is good now."),
    "lost_title": Said("Link kwijt?", "Lost your link?"),
    "lost_about": Said(
        "Vul uw e-mailadres in. Hebt u een abonnement, dan sturen wij de links.",
        "Fill in your mail address. If you have a subscription, we send the links.",
    ),
    "lost": Said("Stuur mij de links", "Send me the links"),
    "lost_done": Said(
        "Als er op dit adres een abonnement is, dan komen de links per e-mail.",
        "If this address has a subscription, the links come by mail.",
    ),
    "bad_field": Said("Dit veld is niet te lezen: {name}", "This field cannot be read: {name}"),
    "refused_title": Said("Dat lukt niet", "That does not work"),
    "feeds_too": Said(
        "Liever geen berichten? Elke lijst heeft ook een feed (RSS) en een agenda.",
        "Rather no messages? Every list has a feed (RSS) and a calendar too.",
    ),
}


def phrase(name: str, language: Language, /, **values: Any) -> str:
    """A phrase by its name, with its blanks filled in."""
    return PHRASES[name].in_(language).format(**values)
