"""Sentences that tell of a person, and sentences that do not; invented, and written before the rules were tuned."""

from __future__ import annotations

ACCOUNTS = (
    "I was called a monkey by a patient and nobody on the ward said a word.",
    "When I asked for leave for Eid my manager laughed, and I knew it was because of my race.",
    "He told me to go back to my own country, and I cried in the sluice.",
    "A healthcare assistant told us that a relative had refused to be washed by ‘someone of that colour’ and asked for "
    "a white nurse.",
    "One of our midwives described being shouted at with racist words in the car park.",
    "I have been passed over for promotion four times and each time the post went to a white colleague.",
    "They mimic my accent at handover. I stopped speaking up.",
    "“She asked where I am really from,” said a porter, “and then asked to see another porter.”",
    "My hair was touched without asking and my supervisor told me not to be so sensitive.",
    "I felt invisible. In eleven years as a black nurse here I was never once asked to act up.",
    "As a Muslim woman I have had my headscarf pulled and been told that it is unhygienic.",
    "A student said that her mentor would not learn to say her name and called her ‘whatever you are’.",
    "The consultant spat the N-word at me in front of the family.",
    "I reported the racism I experienced and was moved to another ward while he stayed.",
    "We were the only two Filipino nurses on the shift, and we were always given the heaviest bay.",
)
NOT_ACCOUNTS = (
    "I am proud that this Board has made anti-racism its first priority.",
    "Racism has no place in our Trust and we will act on every report.",
    "Staff who experience racism can report it to the Freedom to Speak Up Guardian.",
    "The survey asks whether staff have experienced harassment because of their ethnicity.",
    "We have published our anti-racism statement and our race equality plan.",
    "17.2% of ethnic minority staff reported discrimination from a manager in the last twelve months.",
    "I would like to thank the Race Equality Network for its work on the zero tolerance policy.",
    "The Chief Executive said: ‘I want every colleague to know that racist abuse will be challenged.’",
    "Racist incidents are reviewed by the panel each month.",
    "The executive sponsor told the Board that 42 racist incidents had been reported in the year.",
    "Training covers microaggressions, allyship and how to respond to racist language from patients.",
    "As chair I asked the Medical Director to bring a paper on race equality to our next meeting.",
)
NAMES = (
    "Adaeze Okonkwo raised a grievance against her line manager in March.",
    "Mr Pemberton was suspended pending the outcome of the disciplinary investigation.",
    "The tribunal found that Dr Shah had been victimised.",
    "Priya Nair has been on sick leave with depression since the meeting.",
    "The complaint about Nurse Fairclough was upheld.",
    "Sunita Rao-Bell is Asian and works as a band 6 physiotherapist.",
    "An allegation of bullying was made by Kwabena Mensah.",
    "Occupational health wrote about T. Ashworth on 3 May.",
    "J Smith (BME, band 5) was dismissed for misconduct.",
    "Her visa was refused and Marisol left the Trust.",
)
NOT_NAMES = (
    "The Resolution Policy replaces the Grievance Policy and the Bullying and Harassment Policy.",
    "The Freedom to Speak Up Guardian received nine complaints in the second quarter.",
    "Disciplinary cases involving ethnic minority staff are reviewed by the People Committee.",
    "The Chief People Officer presented the grievance figures.",
    "Employment Tribunal cases are reported to the Board of Directors twice a year.",
    "West Lathby Hospital reported three racist incidents.",
    "Just Culture training has halved the number of suspensions.",
    "The Race Equality Network met the Chief Nurse about racist abuse by patients.",
    "Mental health first aiders are listed on the intranet.",
    "Ms Harding chaired the meeting.",
)
ADDRESSES = (
    "Write to priya.nair@example.nhs.uk by Friday.",
    "Contact j.bloggs2@trust.example.org for the data.",
    "Her mobile is 07700 900123.",
    "Ring Jo on 0161 496 0187.",
    "Telephone +44 161 496 0199 after ten.",
    "Direct line: (0161) 496 0123.",
    "NHS number 943 476 5919.",
    "NHS No: 9434765919 was on the form.",
    "Extension 4417, Ms Crane.",
)
NOT_ADDRESSES = (
    "Write to edi.team@example.nhs.uk or equality@example.nhs.uk.",
    "Follow us @exampletrust.",
    "The code is 0123 of 2026.",
    "Between 2021 and 2026 the number grew from 01,200 to 02,400.",
    "Invoice 943 476 5918 was paid.",
    "Call the helpline free on 0800 123 4567.",
    "Reference 2026-0161-4960-18.",
    "The budget was 0161496 and the total 236,000.",
)
