"""What we say of a later step of a promise that was kept already, in Dutch and in English.

The paper itself is found; whether it is the last step is for people. All other words are in `notifications.words`.
"""

from notifications.words import Said

LATER_STEPS: dict[str, tuple[Said, Said]] = {
    "reaction": (
        Said("Reactie van het kabinet gevonden", "Cabinet reaction found"),
        Said(
            "Volgens ons is dit de reactie van het kabinet, een volgende stap na de nakoming.",
            "In our view this is the cabinet reaction, a next step after the keeping.",
        ),
    ),
    "offering": (
        Said("Aanbieding aan de Kamer gevonden", "Offering to parliament found"),
        Said(
            "Volgens ons biedt dit stuk het rapport aan de Kamer aan.",
            "In our view this paper offers the report to parliament.",
        ),
    ),
}
