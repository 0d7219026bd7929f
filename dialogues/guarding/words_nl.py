"""Words the guard knows: first names that are common in the Netherlands, and capitals that are nobody's name."""

from __future__ import annotations

from typing import Final

FIRST_NAMES: Final = frozenset(
    """
    aaliyah abdel abdullah achmed adam ahmed aicha aisha ali alicia amina amir amira amy anas anke annelies annemarie
    anouk anna anne anton arjan arthur asma astrid aya ayaan ayden ayoub bart bas ben benjamin berat bilal björn boaz
    bram brent britt burak carlijn carolien casper cem charlotte chris christiaan cor daan damian daniël danny david
    dean demi dennis diederik dirk dylan ebru eline elif elin ella elsa emma emily emre erik esmee esmée esther eva
    evelien evi fabian faith farah fatih fatima fatma femke ferdi finn fleur floris frank frans fred frits gerard gert
    gijs guus hajar hakan hamza hannah hans hanneke harm hassan henk hidde hugo ibrahim ilias ilse imane imran ingrid
    isa isabel ismail iris ivy jaap jacob jan jasmijn jason jasper jayden jeroen jesse jessica jip joep johan
    johannes john joost jordy joris jos joshua julia jurre kaan karel karim karin kees kevin khadija kim klaas
    koen lars laura leila lena levi liam lieke lies lieve lina linda lisa liv livia lizzy loek loes lotte
    louis luca lucas luna luuk maarten maaike mahmoud malak mandy manon marcel maria mariam marieke marijke marit
    marjan marjolein marloes mart martijn maryam max mees mehmet melissa merel meryem mia michael michelle miguel mike
    mila milan milou mirjam mohamed mohammed monique mustafa myrthe naomi natasja nathan niek niels nina noa noah noud
    nora nour olaf olivia omar oscar otis owen patrick paul petra pien pieter pim priya quinn rachid ramon rayan rick
    rob robin roel romy rosalie rosa ruben ruud ryan sabine sam sami samira samuel sanne sara sarah saskia savannah
    sem sergio sien simon siem sjoerd sofia sofie soraya stefan steven stijn sven sylvia tanja tara teun tess thea thijs
    thomas thijmen tijmen tim timo tobias tom tristan truus tygo valentijn vera vince vivian wessel wilma willem
    willemijn wim wouter xavi yara yasin yasmin yasmina yassin younes yusuf zara zeynep zoë zoey zohra
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""In small letters. A word that is also an ordinary Dutch word is left out or is in ORDINARY too."""

ORDINARY: Final = frozenset(
    """
    wil wim mees roos mark floor storm bloem jong bos berg vos bakker visser smit jan kok dijk dam broek meer water
    veen hof kerk linde heide fleur merel iris lieve lies rosa luna mila faith demi mart max tim sam rob bas ben
    kim dean jip joy anke vera noor adam isa liv cor jos mike finn quinn ella amber jade sterre pleun hoop vrede licht
    groot klein lang kort wit zwart bruin groen rood visser mol haan beer
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Names that are ordinary words too: only a capital makes them a name."""

NOBODY: Final = frozenset(
    """
    jgz cjg ggd ggz ib ib'er ib'ers mdo wmo avg poh poh-jeugd zat swv lvb jb jr ots vt avo jeugdwet meldcode telegram
    teams zoom excel word outlook whatsapp
    jeugdgezondheidszorg wijkteam wijkteams buurtteam jeugdteam gebiedsteam kernteam sociaal centrum jeugd gezin
    veilig thuis samen noord zuid oost west midden gemeente gemeentes onderwijs passend primair voortgezet speciaal
    schoolmaatschappelijk maatschappelijk werk jeugdhulp jeugdzorg jeugdbescherming jeugdreclassering jeugdarts
    jeugdverpleegkundige verpleegkundige praktijkondersteuner huisarts leerplicht leerplichtambtenaar kinderopvang
    consultatiebureau kraamzorg verloskundige gecertificeerde instelling loket raad kinderbescherming politie halt
    bureau samenwerkingsverband multidisciplinair overleg zorgoverleg team teams volwassenen ouderen welzijn
    gezinscoach opbouwwerk mee humanitas slachtofferhulp rode kruis voedselbank bibliotheek sportbuurt stichting
    kansrijke start gezonde school stevig ouderschap voorzorg integrale vroeghulp vroeg voorschoolse educatie
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag donderdagmiddag woensdagmiddag maandagochtend
    januari februari maart april mei juni juli augustus september oktober november december
    kerst pasen pinksteren hemelvaart koningsdag ramadan suikerfeest sinterklaas
    nederland nederlands nederlandse europa utrecht amsterdam rotterdam haag den bosch groningen friesland drenthe
    overijssel gelderland flevoland zeeland brabant limburg holland almere arnhem nijmegen eindhoven tilburg breda
    zwolle enschede leeuwarden haarlem leiden delft amersfoort apeldoorn engels turks arabisch pools oekraïens
    eritrea syrië marokko turkije oekraïne polen
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words with a capital that are no person: organisations, work, days, months, feasts, places. In small letters."""

BEFORE_A_NAME: Final = frozenset(
    """
    mevrouw mevr mevr. mw mw. meneer mijnheer dhr dhr. heer juf juffrouw meester dokter dr dr. drs. collega
    moeder vader mama papa zoon dochter zoontje dochtertje broer broertje zus zusje oma opa tante oom kind jongen
    meisje leerling cliënt client familie fam fam. gezin naam genaamd heet heette noemen
    """.split()  # noqa: SIM905 - idem
)
"""After one of these, a capital is a name."""

DETERMINERS: Final = frozenset(
    "de het 't een ons onze hun haar zijn mijn jullie dit dat deze die geen elk elke ieder iedere welk welke".split()  # noqa: SIM905 - idem
)
"""After one of these a word with a capital is a thing or a group rather than a person."""

PARTICLES: Final = "van de der den het ter ten te el al ben el- op 't in".split()  # noqa: SIM905 - idem
"""What may stand between a first and a last name."""
