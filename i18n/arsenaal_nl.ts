<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
 <context>
  <name>Arsenaal</name>
  <message>
   <source>Heat by day and by night</source>
   <translation>Hitte overdag en ’s nachts</translation>
  </message>
  <message>
   <source>Hotspots of incidents</source>
   <translation>Hotspots van incidenten</translation>
  </message>
  <message>
   <source>Places to unseal</source>
   <translation>Plekken om te ontharden</translation>
  </message>
  <message>
   <source>House visits: priorities and rounds</source>
   <translation>Huisbezoeken: voorrang en rondes</translation>
  </message>
  <message>
   <source>1. Data of the wijk</source>
   <translation>1. Gegevens van de wijk</translation>
  </message>
  <message>
   <source>2. Analyses</source>
   <translation>2. Analyses</translation>
  </message>
  <message>
   <source>3. Maps, exports and field work</source>
   <translation>3. Kaarten, export en veldwerk</translation>
  </message>
  <message>
   <source>Its moment, as its folder in plannen/ is called: 20250630T080000Z.</source>
   <translation>Het moment ervan, zoals de map in plannen/ heet: 20250630T080000Z.</translation>
  </message>
  <message>
   <source>Standard: {}.</source>
   <translation>Standaard: {}.</translation>
  </message>
  <message>
   <source>The description of the wijk: where its sources lie and which settings differ.</source>
   <translation>De beschrijving van de wijk: waar de bronnen liggen en welke instellingen afwijken.</translation>
  </message>
  <message>
   <source>Plan (empty: the newest)</source>
   <translation>Plan (leeg: het nieuwste)</translation>
  </message>
  <message>
   <source>Wijk (wijk.toml)</source>
   <translation>Wijk (wijk.toml)</translation>
  </message>
  <message>
   <source>It said nothing.</source>
   <translation>Er kwam geen melding.</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Verslag</translation>
  </message>
  <message>
   <source>Compare two plans</source>
   <translation>Twee plannen vergelijken</translation>
  </message>
  <message>
   <source>Earlier plan</source>
   <translation>Vroeger plan</translation>
  </message>
  <message>
   <source>Later plan (empty: the newest)</source>
   <translation>Later plan (leeg: het nieuwste)</translation>
  </message>
  <message>
   <source>Comparison</source>
   <translation>Vergelijking</translation>
  </message>
  <message>
   <source>Check the sources</source>
   <translation>Bronnen nakijken</translation>
  </message>
  <message>
   <source>Import the sources</source>
   <translation>Bronnen inlezen</translation>
  </message>
  <message>
   <source>Make the practice wijk</source>
   <translation>Oefenwijk maken</translation>
  </message>
  <message>
   <source>A new or empty folder; the delivered files and a wijk.toml come in it.</source>
   <translation>Een nieuwe of lege map; de geleverde bestanden en een wijk.toml komen erin.</translation>
  </message>
  <message>
   <source>Folder of the practice wijk</source>
   <translation>Map van de oefenwijk</translation>
  </message>
  <message>
   <source>P1: the data warehouse of the city</source>
   <translation>P1: het datawarehouse van de stad</translation>
  </message>
  <message>
   <source>P2: the steering group</source>
   <translation>P2: de stuurgroep</translation>
  </message>
  <message>
   <source>P3: open data</source>
   <translation>P3: open data</translation>
  </message>
  <message>
   <source>Export for the data warehouse or as open data</source>
   <translation>Uitvoeren voor het datawarehouse of als open data</translation>
  </message>
  <message>
   <source>Record house visits from a file</source>
   <translation>Huisbezoeken overnemen uit een bestand</translation>
  </message>
  <message>
   <source>Decides what is left out, counted together or suppressed; the report says what and why.</source>
   <translation>Bepaalt wat wegblijft, samengeteld of onderdrukt wordt; het verslag zegt wat en waarom.</translation>
  </message>
  <message>
   <source>The moment of an earlier plan; only what is new, changed or gone is written.</source>
   <translation>Het moment van een eerder plan; enkel wat nieuw, gewijzigd of weg is, wordt geschreven.</translation>
  </message>
  <message>
   <source>A new file; keep it out of the folder of the wijk.</source>
   <translation>Een nieuw bestand; zet het niet in de map van de wijk.</translation>
  </message>
  <message>
   <source>As the field package or the round sheets bring it back; visits already known are not added twice.</source>
   <translation>Zoals het veldpakket of de rondebladen het terugbrengen; bezoeken die er al staan, komen er niet twee keer in.</translation>
  </message>
  <message>
   <source>Audience</source>
   <translation>Lezer</translation>
  </message>
  <message>
   <source>Only changes since this plan</source>
   <translation>Enkel wijzigingen sinds dit plan</translation>
  </message>
  <message>
   <source>GeoPackage</source>
   <translation>GeoPackage</translation>
  </message>
  <message>
   <source>GeoPackage (*.gpkg)</source>
   <translation>GeoPackage (*.gpkg)</translation>
  </message>
  <message>
   <source>Results (CSV, XLSX or GeoPackage)</source>
   <translation>Resultaten (CSV, XLSX of GeoPackage)</translation>
  </message>
  <message>
   <source>Results (*.csv *.xlsx *.gpkg)</source>
   <translation>Resultaten (*.csv *.xlsx *.gpkg)</translation>
  </message>
  <message>
   <source>Package for QField</source>
   <translation>Pakket voor QField</translation>
  </message>
  <message>
   <source>As it is called in the layer of rounds, for example team A.</source>
   <translation>Zoals het heet in de laag met rondes, bijvoorbeeld team A.</translation>
  </message>
  <message>
   <source>A day on which that team has a round in the plan.</source>
   <translation>Een dag waarop dat team een ronde heeft in het plan.</translation>
  </message>
  <message>
   <source>A new folder; it goes onto the tablet whole.</source>
   <translation>Een nieuwe map; ze gaat in haar geheel op de tablet.</translation>
  </message>
  <message>
   <source>Team</source>
   <translation>Team</translation>
  </message>
  <message>
   <source>Day (2025-06-30)</source>
   <translation>Dag (2025-06-30)</translation>
  </message>
  <message>
   <source>Folder for the package</source>
   <translation>Map voor het pakket</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>Project</translation>
  </message>
  <message>
   <source>{} is not a date; write it as 2025-06-30.</source>
   <translation>{} is geen datum; schrijf ze als 2025-06-30.</translation>
  </message>
  <message>
   <source>Print maps</source>
   <translation>Kaarten afdrukken</translation>
  </message>
  <message>
   <source>A theme for which the plan has no data is named in the report; the others are printed.</source>
   <translation>Een thema waarvoor het plan geen gegevens heeft, staat in het verslag; de andere worden afgedrukt.</translation>
  </message>
  <message>
   <source>Sheets of rounds hold addresses: for the team alone. Maps are made for the steering group.</source>
   <translation>Rondebladen bevatten adressen: alleen voor het team. Kaarten zijn gemaakt voor de stuurgroep.</translation>
  </message>
  <message>
   <source>By the names of their files, for example fiche_003, fiche_007.</source>
   <translation>Met de namen van hun bestanden, bijvoorbeeld fiche_003, fiche_007.</translation>
  </message>
  <message>
   <source>A3 and larger are for the map series; A4 or A5 is for the sheets of rounds, other cards are A4.</source>
   <translation>A3 en groter zijn voor de kaartenreeks; A4 of A5 is voor de rondebladen, andere bladen zijn A4.</translation>
  </message>
  <message>
   <source>A second copy for printers without colour.</source>
   <translation>Een tweede exemplaar voor printers zonder kleur.</translation>
  </message>
  <message>
   <source>150 for the screen, 300 for a document.</source>
   <translation>150 voor het scherm, 300 voor een document.</translation>
  </message>
  <message>
   <source>Stamped on every page.</source>
   <translation>Gestempeld op elke bladzijde.</translation>
  </message>
  <message>
   <source>Of the words on paper; names of streets and places stay as they are.</source>
   <translation>Van de woorden op papier; namen van straten en plekken blijven zoals ze zijn.</translation>
  </message>
  <message>
   <source>The unit that stands as author in the colophon.</source>
   <translation>De dienst die als auteur in het colofon staat.</translation>
  </message>
  <message>
   <source>For the report; without one it compares the two waves of visits.</source>
   <translation>Voor het verslag; zonder vroeger plan worden de twee bezoekgolven vergeleken.</translation>
  </message>
  <message>
   <source>Pages of an earlier run with the same names are replaced.</source>
   <translation>Bladzijden van een vorige keer met dezelfde naam worden vervangen.</translation>
  </message>
  <message>
   <source>Themes (none: all)</source>
   <translation>Thema's (geen: alle)</translation>
  </message>
  <message>
   <source>What to print (maps, cards of places, sheets of rounds, atlas by block or street, report)</source>
   <translation>Wat drukken (kaarten, fiches van plekken, rondebladen, atlas per bouwblok of straat, verslag)</translation>
  </message>
  <message>
   <source>Only these cards (empty: all)</source>
   <translation>Enkel deze fiches (leeg: alle)</translation>
  </message>
  <message>
   <source>Sheets</source>
   <translation>Bladen</translation>
  </message>
  <message>
   <source>Also in greys</source>
   <translation>Ook in grijstinten</translation>
  </message>
  <message>
   <source>Also as PNG, dots per inch (0: no)</source>
   <translation>Ook als PNG, punten per inch (0: niet)</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Taal</translation>
  </message>
  <message>
   <source>Made by</source>
   <translation>Gemaakt door</translation>
  </message>
  <message>
   <source>Earlier plan to compare with</source>
   <translation>Vroeger plan om mee te vergelijken</translation>
  </message>
  <message>
   <source>Folder for the pages</source>
   <translation>Map voor de bladen</translation>
  </message>
  <message>
   <source>The only “now” a plan knows. If empty: that of wijk.toml, else the newest in the sources.</source>
   <translation>Het enige ‘nu’ dat een plan kent. Leeg: dat van wijk.toml, anders de jongste datum in de bronnen.</translation>
  </message>
  <message>
   <source>Make a plan</source>
   <translation>Plan maken</translation>
  </message>
  <message>
   <source>Reference date (yyyy-mm-dd)</source>
   <translation>Peildatum (jjjj-mm-dd)</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Plan</translation>
  </message>
  <message>
   <source>Warnings</source>
   <translation>Waarschuwingen</translation>
  </message>
  <message>
   <source>Choose places for a budget</source>
   <translation>Plekken kiezen voor een budget</translation>
  </message>
  <message>
   <source>Places</source>
   <translation>Plekken</translation>
  </message>
  <message>
   <source>Area (m²)</source>
   <translation>Oppervlakte (m²)</translation>
  </message>
  <message>
   <source>Residents reached</source>
   <translation>Bereikte bewoners</translation>
  </message>
  <message>
   <source>Cost (EUR)</source>
   <translation>Kost (EUR)</translation>
  </message>
  <message>
   <source>Benefit (points)</source>
   <translation>Baat (punten)</translation>
  </message>
  <message>
   <source>Proven gap</source>
   <translation>Bewezen kloof</translation>
  </message>
  <message>
   <source>If empty: the budget that the plan was made with.</source>
   <translation>Leeg: het budget waarmee het plan gemaakt is.</translation>
  </message>
  <message>
   <source>Budget (EUR)</source>
   <translation>Budget (EUR)</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>onbekend</translation>
  </message>
  <message>
   <source>Shade hour by hour</source>
   <translation>Schaduw uur per uur</translation>
  </message>
  <message>
   <source>Beside your project, never in a plan. Rasters of an earlier run are replaced.</source>
   <translation>Naast uw project, nooit in een plan. Rasters van een eerdere keer worden vervangen.</translation>
  </message>
  <message>
   <source>Folder for the rasters</source>
   <translation>Map voor de rasters</translation>
  </message>
  <message>
   <source>Hours</source>
   <translation>Uren</translation>
  </message>
  <message>
   <source>A plan's folder is never written to again.</source>
   <translation>In de map van een plan wordt nooit meer geschreven.</translation>
  </message>
  <message>
   <source>Choose another.</source>
   <translation>Kies een andere.</translation>
  </message>
  <message>
   <source>What if: the effect of a scenario on heat</source>
   <translation>Wat als: het effect van een scenario op de hitte</translation>
  </message>
  <message>
   <source>As the map tool keeps it in scenarios/; of a tree the crown, with its hoogte_m.</source>
   <translation>Zoals het kaartgereedschap het bewaart in scenarios/; van een boom de kroon, met hoogte_m.</translation>
  </message>
  <message>
   <source>By how much the day of the model gets cooler (below zero) or warmer, per cell.</source>
   <translation>Hoeveel koeler (onder nul) of warmer de modeldag wordt, per cel.</translation>
  </message>
  <message>
   <source>Scenario (areas with a field maatregel)</source>
   <translation>Scenario (vlakken met een veld maatregel)</translation>
  </message>
  <message>
   <source>Change of PET (°C)</source>
   <translation>Verschil in PET (°C)</translation>
  </message>
  <message>
   <source>Homes concerned</source>
   <translation>Betrokken woningen</translation>
  </message>
  <message>
   <source>At least 1 °C cooler (m²)</source>
   <translation>Minstens 1 °C koeler (m²)</translation>
  </message>
  <message>
   <source>The layer has no field {}.</source>
   <translation>De laag heeft geen veld {}.</translation>
  </message>
  <message>
   <source>Fold {}</source>
   <translation>Vouw {} op</translation>
  </message>
  <message>
   <source>Budget</source>
   <translation>Budget</translation>
  </message>
  <message>
   <source>Budget in euro</source>
   <translation>Budget in euro</translation>
  </message>
  <message>
   <source>proven best</source>
   <translation>bewezen de beste</translation>
  </message>
  <message>
   <source>Move the slider: the best places for that budget are looked for.</source>
   <translation>Verschuif de schuif: de beste plekken voor dat budget worden gezocht.</translation>
  </message>
  <message>
   <source>Looking for the runner-up…</source>
   <translation>De tweede keus wordt gezocht…</translation>
  </message>
  <message>
   <source>{} spent</source>
   <translation>{} besteed</translation>
  </message>
  <message>
   <source>Cost in the middle of its range, without VAT.</source>
   <translation>Kost in het midden van haar bereik, zonder btw.</translation>
  </message>
  <message>
   <source>{} places</source>
   <translation>{} plekken</translation>
  </message>
  <message>
   <source>{} residents</source>
   <translation>{} bewoners</translation>
  </message>
  <message>
   <source>at most {} below the best</source>
   <translation>hoogstens {} onder de beste</translation>
  </message>
  <message>
   <source>Residents within walking distance of a chosen place; ≈: counted by whole street segments.</source>
   <translation>Bewoners op wandelafstand van een gekozen plek; ≈: geteld per heel straatdeel.</translation>
  </message>
  <message>
   <source>Runner-up: {} less benefit</source>
   <translation>Tweede keus: {} minder baat</translation>
  </message>
  <message>
   <source>With 10 % more budget: {} more benefit</source>
   <translation>Met 10 % meer budget: {} meer baat</translation>
  </message>
  <message>
   <source>Looking for the best places for {}…</source>
   <translation>De beste plekken voor {} worden gezocht…</translation>
  </message>
  <message>
   <source>No set of places is possible for {}.</source>
   <translation>Geen keuze van plekken mogelijk voor {}.</translation>
  </message>
  <message>
   <source>reason</source>
   <translation>reden</translation>
  </message>
  <message>
   <source>Reason of the decision</source>
   <translation>Reden van het besluit</translation>
  </message>
  <message>
   <source>Withdraw</source>
   <translation>Trek in</translation>
  </message>
  <message>
   <source>Take the decision back; both stay in besluiten</source>
   <translation>Neem het besluit terug; beide blijven in besluiten staan</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Kies</translation>
  </message>
  <message>
   <source>Veto…</source>
   <translation>Veto…</translation>
  </message>
  <message>
   <source>What if?</source>
   <translation>Wat als?</translation>
  </message>
  <message>
   <source>Card</source>
   <translation>Fiche</translation>
  </message>
  <message>
   <source>date unknown</source>
   <translation>datum onbekend</translation>
  </message>
  <message>
   <source>Give a reason: it is kept with the decision.</source>
   <translation>Geef een reden: die wordt bij het besluit bewaard.</translation>
  </message>
  <message>
   <source>This place must be in the set; kept in besluiten, followed by {}</source>
   <translation>Deze plek moet in de keuze; bewaard in besluiten, gevolgd door {}</translation>
  </message>
  <message>
   <source>This place may not be in the set; kept in besluiten, followed by {}</source>
   <translation>Deze plek mag niet in de keuze; bewaard in besluiten, gevolgd door {}</translation>
  </message>
  <message>
   <source>The page of a place that the plan chose: {}</source>
   <translation>Het blad van een plek die het plan koos: {}</translation>
  </message>
  <message>
   <source>Dwellings</source>
   <translation>Woningen</translation>
  </message>
  <message>
   <source>Streets</source>
   <translation>Straten</translation>
  </message>
  <message>
   <source>Wijk</source>
   <translation>Wijk</translation>
  </message>
  <message>
   <source>Parts of the dock</source>
   <translation>Delen van het dock</translation>
  </message>
  <message>
   <source>Visits</source>
   <translation>Bezoeken</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Verandering</translation>
  </message>
  <message>
   <source>Is the file read-only?</source>
   <translation>Is het bestand alleen-lezen?</translation>
  </message>
  <message>
   <source>It could not be saved; nothing was written.</source>
   <translation>Het kon niet bewaard worden; er is niets geschreven.</translation>
  </message>
  <message>
   <source>{} cannot be edited.</source>
   <translation>{} kan niet bewerkt worden.</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filter</translation>
  </message>
  <message>
   <source>Show everything</source>
   <translation>Alles tonen</translation>
  </message>
  <message>
   <source>Differences on the map</source>
   <translation>Verschillen op de kaart</translation>
  </message>
  <message>
   <source>Swipe</source>
   <translation>Schuiflijn</translation>
  </message>
  <message>
   <source>A line over the map: left of it the earlier plan, right of it the later one</source>
   <translation>Een lijn over de kaart: links het vroegere plan, rechts het latere</translation>
  </message>
  <message>
   <source>Whose rank changed most</source>
   <translation>Wiens rang het meest veranderde</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Voor</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Na</translation>
  </message>
  <message>
   <source>List</source>
   <translation>Lijst</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Wat</translation>
  </message>
  <message>
   <source>Two plans are needed to compare. Every run of arsenaal:plan adds one.</source>
   <translation>Om te vergelijken zijn twee plannen nodig. Elke keer arsenaal:plan komt er een bij.</translation>
  </message>
  <message>
   <source>What is new, gone, better or worse as a layer, in the background: {}</source>
   <translation>Wat nieuw, verdwenen, beter of slechter is als laag, op de achtergrond: {}</translation>
  </message>
  <message>
   <source>{} rows changed rank, of {}.</source>
   <translation>{} rijen veranderden van rang, op {}.</translation>
  </message>
  <message>
   <source>{} changes on the map.</source>
   <translation>{} veranderingen op de kaart.</translation>
  </message>
  <message>
   <source>The log already holds this visit.</source>
   <translation>Dit bezoek staat al in het logboek.</translation>
  </message>
  <message>
   <source>outcome…</source>
   <translation>resultaat…</translation>
  </message>
  <message>
   <source>role: unknown</source>
   <translation>functie: onbekend</translation>
  </message>
  <message>
   <source>Appointment at</source>
   <translation>Afspraak op</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Noteer</translation>
  </message>
  <message>
   <source>Choose a stop to record what happened there.</source>
   <translation>Kies een stop om te noteren wat daar gebeurde.</translation>
  </message>
  <message>
   <source>The visit was not added: {}.</source>
   <translation>Het bezoek is niet toegevoegd: {}.</translation>
  </message>
  <message>
   <source>Added to the log bezoeken; from a file: {}</source>
   <translation>Komt in het logboek bezoeken; vanuit een bestand: {}</translation>
  </message>
  <message>
   <source>after the reference date</source>
   <translation>na de peildatum</translation>
  </message>
  <message>
   <source>{} years</source>
   <translation>{} jaar</translation>
  </message>
  <message>
   <source>Date and age of every source, and the warnings of the plan</source>
   <translation>Datum en ouderdom van elke bron, en de waarschuwingen van het plan</translation>
  </message>
  <message>
   <source>Plan again</source>
   <translation>Plan opnieuw</translation>
  </message>
  <message>
   <source>Sources of the wijk</source>
   <translation>Bronnen van de wijk</translation>
  </message>
  <message>
   <source>{} days</source>
   <translation>{} dagen</translation>
  </message>
  <message>
   <source>{} months</source>
   <translation>{} maanden</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Bron</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
  <message>
   <source>Age</source>
   <translation>Ouderdom</translation>
  </message>
  <message>
   <source>Makes a new plan in the background: {}</source>
   <translation>Maakt een nieuw plan op de achtergrond: {}</translation>
  </message>
  <message>
   <source>plan</source>
   <translation>plan</translation>
  </message>
  <message>
   <source>reference date</source>
   <translation>peildatum</translation>
  </message>
  <message>
   <source>no plan yet</source>
   <translation>nog geen plan</translation>
  </message>
  <message>
   <source>{}/{} sources fresh</source>
   <translation>{}/{} bronnen actueel</translation>
  </message>
  <message>
   <source>warnings: {}</source>
   <translation>waarschuwingen: {}</translation>
  </message>
  <message>
   <source>street, type, verdict</source>
   <translation>straat, type, oordeel</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Zoeken</translation>
  </message>
  <message>
   <source>Every word must occur in the row (Ctrl+F).</source>
   <translation>Elk woord moet in de rij voorkomen (Ctrl+F).</translation>
  </message>
  <message>
   <source>Ranked list: arrows choose a row, Enter goes there on the map</source>
   <translation>Ranglijst: pijltjes kiezen een rij, Enter gaat erheen op de kaart</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>Gewichten</translation>
  </message>
  <message>
   <source>Why here?</source>
   <translation>Waarom hier?</translation>
  </message>
  <message>
   <source>This plan ranks nothing of this kind. Run arsenaal:plan.</source>
   <translation>Dit plan rangschikt niets van deze soort. Draai arsenaal:plan.</translation>
  </message>
  <message>
   <source>{} of {} rows</source>
   <translation>{} van {} rijen</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nee</translation>
  </message>
  <message>
   <source>The scenario could not be kept.</source>
   <translation>Het scenario kon niet bewaard worden.</translation>
  </message>
  <message>
   <source>Is the folder read-only?</source>
   <translation>Is de map alleen-lezen?</translation>
  </message>
  <message>
   <source>The scenario could not be deleted.</source>
   <translation>Het scenario kon niet verwijderd worden.</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Rang</translation>
  </message>
  <message>
   <source>A wijk is a folder with a wijk.toml. Open yours, or look around in the fictitious practice wijk.</source>
   <translation>Een wijk is een map met een wijk.toml. Open de uwe, of kijk rond in de fictieve oefenwijk.</translation>
  </message>
  <message>
   <source>This wijk has no plan yet: heat, places, hotspots and rounds are computed from its sources.</source>
   <translation>Deze wijk heeft nog geen plan: hitte, plekken, hotspots en rondes worden uit haar bronnen berekend.</translation>
  </message>
  <message>
   <source>Open a wijk</source>
   <translation>Open een wijk</translation>
  </message>
  <message>
   <source>A wijk.toml or wijk.gpkg</source>
   <translation>Een wijk.toml of wijk.gpkg</translation>
  </message>
  <message>
   <source>Try the practice wijk</source>
   <translation>Probeer de oefenwijk</translation>
  </message>
  <message>
   <source>Make the first plan</source>
   <translation>Maak het eerste plan</translation>
  </message>
  <message>
   <source>Plan visits again</source>
   <translation>Plan bezoeken opnieuw</translation>
  </message>
  <message>
   <source>Rounds by day and team; Enter goes there on the map</source>
   <translation>Rondes per dag en ploeg; Enter gaat erheen op de kaart</translation>
  </message>
  <message>
   <source>Stops of the round</source>
   <translation>Stops van de ronde</translation>
  </message>
  <message>
   <source>This plan holds no rounds: teams and hours stand in [bezoeken] of wijk.toml.</source>
   <translation>Dit plan heeft geen rondes: ploegen en uren staan in [bezoeken] van wijk.toml.</translation>
  </message>
  <message>
   <source>Round</source>
   <translation>Ronde</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wanneer</translation>
  </message>
  <message>
   <source>Duration</source>
   <translation>Duur</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adres</translation>
  </message>
  <message>
   <source>Arrival</source>
   <translation>Uur</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Soort</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Resultaat</translation>
  </message>
  <message>
   <source>This wijk has no log of visits; run arsenaal:import.</source>
   <translation>Deze wijk heeft geen logboek van bezoeken; draai arsenaal:import.</translation>
  </message>
  <message>
   <source>h</source>
   <translation>u</translation>
  </message>
  <message>
   <source>New priorities and rounds, in the background: {}</source>
   <translation>Nieuwe voorrang en rondes, op de achtergrond: {}</translation>
  </message>
  <message>
   <source>Plan visits</source>
   <translation>Plan bezoeken</translation>
  </message>
  <message>
   <source>Kept in the log: {}.</source>
   <translation>Bewaard in het logboek: {}.</translation>
  </message>
  <message>
   <source>Rounds planned on {}</source>
   <translation>Rondes gepland op {}</translation>
  </message>
  <message>
   <source>Scenario of weights</source>
   <translation>Scenario van gewichten</translation>
  </message>
  <message>
   <source>Choose a scenario, or type a name and keep these weights under it.</source>
   <translation>Kies een scenario, of typ een naam en bewaar deze gewichten eronder.</translation>
  </message>
  <message>
   <source>Kept in scenarios/ of the wijk folder, under the name on the left</source>
   <translation>Bewaard in scenarios/ van de wijkmap, onder de naam links</translation>
  </message>
  <message>
   <source>weights of the plan</source>
   <translation>van het plan</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Bewaar</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Verwijder</translation>
  </message>
  <message>
   <source>Choose a row, or click the map.</source>
   <translation>Kies een rij, of klik op de kaart.</translation>
  </message>
  <message>
   <source>The project could not be written.</source>
   <translation>Het project kon niet geschreven worden.</translation>
  </message>
  <message>
   <source>Arsenaal: help</source>
   <translation>Arsenaal: hulp</translation>
  </message>
  <message>
   <source>Help on this panel</source>
   <translation>Hulp bij dit paneel</translation>
  </message>
  <message>
   <source>Nothing has been imported for this wijk yet.</source>
   <translation>Voor deze wijk is nog niets ingelezen.</translation>
  </message>
  <message>
   <source>Run the algorithm arsenaal:import first.</source>
   <translation>Voer eerst het algoritme arsenaal:import uit.</translation>
  </message>
  <message>
   <source>Only {} · plan of {}</source>
   <translation>Alleen {} · plan van {}</translation>
  </message>
  <message>
   <source>plan of {}</source>
   <translation>plan van {}</translation>
  </message>
  <message>
   <source>data of {}</source>
   <translation>toestand {}</translation>
  </message>
  <message>
   <source>sun</source>
   <translation>zon</translation>
  </message>
  <message>
   <source>shade</source>
   <translation>schaduw</translation>
  </message>
  <message>
   <source>Open wijk…</source>
   <translation>Wijk openen…</translation>
  </message>
  <message>
   <source>Practice wijk</source>
   <translation>Oefenwijk</translation>
  </message>
  <message>
   <source>Guided tour</source>
   <translation>Rondleiding</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hulp</translation>
  </message>
  <message>
   <source>Wijk (wijk.toml wijk.gpkg)</source>
   <translation>Wijk (wijk.toml wijk.gpkg)</translation>
  </message>
  <message>
   <source>The practice wijk is being made; this takes about a minute and QGIS stays usable.</source>
   <translation>De oefenwijk wordt gemaakt; dat duurt ongeveer een minuut en QGIS blijft bruikbaar.</translation>
  </message>
  <message>
   <source>Dock Wijk</source>
   <translation>Paneel Wijk</translation>
  </message>
  <message>
   <source>Section</source>
   <translation>Doorsnede</translation>
  </message>
  <message>
   <source>Heat in 3D</source>
   <translation>Hitte in 3D</translation>
  </message>
  <message>
   <source>Something went wrong that the plugin did not foresee. Nothing was changed.</source>
   <translation>Er ging iets mis dat de plugin niet voorzag. Er is niets gewijzigd.</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>Folder of the wijken</source>
   <translation>Map van de wijken</translation>
  </message>
  <message>
   <source>Where choosing a wijk begins. Empty: beside the wijk that is open.</source>
   <translation>Waar het kiezen van een wijk begint. Leeg: naast de wijk die open staat.</translation>
  </message>
  <message>
   <source>Where the practice wijk is made. Empty: in your QGIS profile.</source>
   <translation>Waar de oefenwijk gemaakt wordt. Leeg: in uw QGIS-profiel.</translation>
  </message>
  <message>
   <source>A source is old after</source>
   <translation>Een bron is oud na</translation>
  </message>
  <message>
   <source>The head of the dock names sources older than this against the reference date.</source>
   <translation>De kop van het paneel noemt bronnen die ten opzichte van de peildatum ouder zijn.</translation>
  </message>
  <message>
   <source>days</source>
   <translation>dagen</translation>
  </message>
  <message>
   <source>Offer the guided tour</source>
   <translation>De rondleiding aanbieden</translation>
  </message>
  <message>
   <source>Ask once, when the practice wijk is opened. The tour is always in the menu.</source>
   <translation>Eén keer vragen, bij het openen van de oefenwijk. De rondleiding staat altijd in het menu.</translation>
  </message>
  <message>
   <source>Cancel; nothing is lost</source>
   <translation>Annuleren; er gaat niets verloren</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Wordt geannuleerd…</translation>
  </message>
  <message>
   <source>{} min left</source>
   <translation>nog {} min</translation>
  </message>
  <message>
   <source>{} s left</source>
   <translation>nog {} s</translation>
  </message>
  <message>
   <source>{} is still running; wait for it, or cancel it first.</source>
   <translation>{} loopt nog; wacht erop, of annuleer het eerst.</translation>
  </message>
  <message>
   <source>{} was cancelled; nothing was changed.</source>
   <translation>{} is geannuleerd; er is niets veranderd.</translation>
  </message>
  <message>
   <source>{} failed.</source>
   <translation>{} is mislukt.</translation>
  </message>
  <message>
   <source>Tree</source>
   <translation>Boom</translation>
  </message>
  <message>
   <source>Unsealed area</source>
   <translation>Onthard vlak</translation>
  </message>
  <message>
   <source>Facade garden</source>
   <translation>Geveltuin</translation>
  </message>
  <message>
   <source>Garland of climbers over the street</source>
   <translation>Groenslinger van klimplanten over de straat</translation>
  </message>
  <message>
   <source>The computation stopped.</source>
   <translation>De berekening is gestopt.</translation>
  </message>
  <message>
   <source>Start it again.</source>
   <translation>Start ze opnieuw.</translation>
  </message>
  <message>
   <source>Python could not be started.</source>
   <translation>Python kon niet starten.</translation>
  </message>
  <message>
   <source>Click where the tree stands.</source>
   <translation>Klik waar de boom staat.</translation>
  </message>
  <message>
   <source>Click along the line; a right click or Enter ends it.</source>
   <translation>Klik langs de lijn; rechts klikken of Enter sluit af.</translation>
  </message>
  <message>
   <source>Click the corners; a right click or Enter ends it.</source>
   <translation>Klik de hoeken aan; rechts klikken of Enter sluit af.</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Teken</translation>
  </message>
  <message>
   <source>Height</source>
   <translation>Hoogte</translation>
  </message>
  <message>
   <source>Crown</source>
   <translation>Kroon</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breedte</translation>
  </message>
  <message>
   <source>On the map blue gets cooler, red warmer.</source>
   <translation>Op de kaart wordt blauw koeler en rood warmer.</translation>
  </message>
  <message>
   <source>PET of a hot afternoon outdoors, ± 3.3 °C; not a temperature indoors.</source>
   <translation>PET buiten op een hete namiddag, ± 3,3 °C; geen temperatuur binnenshuis.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Ongedaan maken</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Opnieuw</translation>
  </message>
  <message>
   <source>Keep as scenario</source>
   <translation>Bewaren als scenario</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Wissen</translation>
  </message>
  <message>
   <source>PET: {} where it cools most, {} where it warms most</source>
   <translation>PET: {} waar het meest afkoelt, {} waar het meest opwarmt</translation>
  </message>
  <message>
   <source>At least 1 °C cooler: {}</source>
   <translation>Minstens 1 °C koeler: {}</translation>
  </message>
  <message>
   <source>At least 1 °C warmer: {}</source>
   <translation>Minstens 1 °C warmer: {}</translation>
  </message>
  <message>
   <source>Sum over the area: {}</source>
   <translation>Som over het gebied: {}</translation>
  </message>
  <message>
   <source>   of which shade, sky and ground: {}</source>
   <translation>   waarvan schaduw, hemel en grond: {}</translation>
  </message>
  <message>
   <source>   of which wind, as a mean of the surroundings: {}</source>
   <translation>   waarvan wind, als gemiddelde van de omgeving: {}</translation>
  </message>
  <message>
   <source>Heat island at night (UHI): {}</source>
   <translation>Hitte-eiland ’s nachts (UHI): {}</translation>
  </message>
  <message>
   <source>Rain that stays in a shower of 60 mm: {}</source>
   <translation>Regen die blijft bij een bui van 60 mm: {}</translation>
  </message>
  <message>
   <source>Homes concerned: {}</source>
   <translation>Betrokken woningen: {}</translation>
  </message>
  <message>
   <source>Residents there: {}; in strong heat {} before, {} after</source>
   <translation>Bewoners daar: {}; in sterke hitte {} vooraf, {} achteraf</translation>
  </message>
  <message>
   <source>Save the section</source>
   <translation>Doorsnede bewaren</translation>
  </message>
  <message>
   <source>There is no street within 40 m of that place. Click nearer to one.</source>
   <translation>Binnen 40 m van die plek ligt geen straat. Klik dichter bij een straat.</translation>
  </message>
  <message>
   <source>The section is saved in {}.</source>
   <translation>De doorsnede is bewaard in {}.</translation>
  </message>
  <message>
   <source>footway</source>
   <translation>voetpad</translation>
  </message>
  <message>
   <source>kerb</source>
   <translation>boordsteen</translation>
  </message>
  <message>
   <source>edge of the carriageway</source>
   <translation>rand van de rijbaan</translation>
  </message>
  <message>
   <source>no room for a facade garden</source>
   <translation>geen plaats voor een geveltuin</translation>
  </message>
  <message>
   <source>Time of day</source>
   <translation>Uur van de dag</translation>
  </message>
  <message>
   <source>Cut the street nearest to the middle of the map (Enter on the map).</source>
   <translation>Snijd de straat die het dichtst bij het midden van de kaart ligt (Enter op de kaart).</translation>
  </message>
  <message>
   <source>Heights: the imported height rasters; crowns are drawn solid.</source>
   <translation>Hoogten: de ingelezen hoogterasters; kronen zijn dicht getekend.</translation>
  </message>
  <message>
   <source>Middle of the map</source>
   <translation>Midden van de kaart</translation>
  </message>
  <message>
   <source>Save…</source>
   <translation>Bewaren…</translation>
  </message>
  <message>
   <source>Footway left: {}</source>
   <translation>Voetpad links: {}</translation>
  </message>
  <message>
   <source>Footway right: {}</source>
   <translation>Voetpad rechts: {}</translation>
  </message>
  <message>
   <source>{} must stay free</source>
   <translation>{} moet vrij blijven</translation>
  </message>
  <message>
   <source>Facade to facade: {}</source>
   <translation>Gevel tot gevel: {}</translation>
  </message>
  <message>
   <source>Carriageway with parking: {}</source>
   <translation>Rijbaan met parkeren: {}</translation>
  </message>
  <message>
   <source>The section could not be saved.</source>
   <translation>De doorsnede kon niet bewaard worden.</translation>
  </message>
  <message>
   <source>a facade garden may be {} deep</source>
   <translation>een geveltuin mag {} diep zijn</translation>
  </message>
  <message>
   <source>Shade at {}: {} of {}</source>
   <translation>Schaduw om {}: {} van {}</translation>
  </message>
  <message>
   <source>Sky view, mean: {}</source>
   <translation>Hemelzicht, gemiddeld: {}</translation>
  </message>
  <message>
   <source>the north</source>
   <translation>het noorden</translation>
  </message>
  <message>
   <source>the northeast</source>
   <translation>het noordoosten</translation>
  </message>
  <message>
   <source>the east</source>
   <translation>het oosten</translation>
  </message>
  <message>
   <source>the southeast</source>
   <translation>het zuidoosten</translation>
  </message>
  <message>
   <source>the south</source>
   <translation>het zuiden</translation>
  </message>
  <message>
   <source>the southwest</source>
   <translation>het zuidwesten</translation>
  </message>
  <message>
   <source>the west</source>
   <translation>het westen</translation>
  </message>
  <message>
   <source>the northwest</source>
   <translation>het noordwesten</translation>
  </message>
  <message>
   <source>Section of the street</source>
   <translation>Doorsnede van de straat</translation>
  </message>
  <message>
   <source>Click on a street, or drag a line across it.</source>
   <translation>Klik op een straat, of sleep een lijn er dwars over.</translation>
  </message>
  <message>
   <source>sky view</source>
   <translation>hemelzicht</translation>
  </message>
  <message>
   <source>sun {}° high, from {}</source>
   <translation>zon {}° hoog, uit {}</translation>
  </message>
  <message>
   <source>Ground: {} TAW</source>
   <translation>Maaiveld: {} TAW</translation>
  </message>
  <message>
   <source>Sun: {} of {} half hours</source>
   <translation>Zon: {} van {} halve uren</translation>
  </message>
  <message>
   <source>Building: {} high</source>
   <translation>Gebouw: {} hoog</translation>
  </message>
  <message>
   <source>Crown: {} high</source>
   <translation>Kroon: {} hoog</translation>
  </message>
  <message>
   <source>Sky view: {}</source>
   <translation>Hemelzicht: {}</translation>
  </message>
  <message>
   <source>Shade hour by hour is being computed; the map can be used meanwhile.</source>
   <translation>De schaduw uur per uur wordt berekend; de kaart blijft bruikbaar.</translation>
  </message>
  <message>
   <source>{} hours of shade are on the map: play them with the temporal controller.</source>
   <translation>{} uren schaduw staan op de kaart: speel ze af met het tijdbeheer.</translation>
  </message>
  <message>
   <source>There is no layer of buildings on the map to raise.</source>
   <translation>Er staat geen laag met gebouwen op de kaart om op te trekken.</translation>
  </message>
  <message>
   <source>The buildings have their height. Open the view yourself: View &gt; New 3D Map View.</source>
   <translation>De gebouwen hebben hun hoogte. Open zelf de weergave: Beeld &gt; Nieuwe 3D-kaartweergave.</translation>
  </message>
  <message>
   <source>The heat of the wijk is being computed once; you can draw already.</source>
   <translation>De hitte van de wijk wordt één keer berekend; tekenen kan al.</translation>
  </message>
  <message>
   <source>What if? Change of PET (°C)</source>
   <translation>Wat als? Verschil in PET (°C)</translation>
  </message>
  <message>
   <source>Computing…</source>
   <translation>Berekenen…</translation>
  </message>
  <message>
   <source>The scenario is kept in {}.</source>
   <translation>Het scenario is bewaard in {}.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Sluiten</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Volgende</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Vorige</translation>
  </message>
  <message>
   <source>Which wijk, which plan</source>
   <translation>Welke wijk, welk plan</translation>
  </message>
  <message>
   <source>The head names the wijk, the plan and the reference date, says how old the sources are and how many warnings there are; a click on that line unfolds them. “Plan again” computes everything anew; earlier plans stay.</source>
   <translation>De kop noemt de wijk, het plan en de peildatum, en zegt hoe oud de bronnen zijn en hoeveel waarschuwingen er zijn; een klik op die regel klapt ze open. “Plan opnieuw” rekent alles opnieuw; eerdere plannen blijven.</translation>
  </message>
  <message>
   <source>The ranked list</source>
   <translation>De rangschikking</translation>
  </message>
  <message>
   <source>First comes what deserves attention first. The tabs above hold other lists: dwellings, streets, visits. Click a row and the map goes there; click the map and the list goes to the row.</source>
   <translation>Bovenaan staat wat eerst aandacht verdient. De tabs erboven hebben andere lijsten: woningen, straten, bezoeken. Klik een rij en de kaart gaat ernaartoe; klik op de kaart en de lijst gaat naar de rij.</translation>
  </message>
  <message>
   <source>Each bar is what one criterion adds, with its value and unit behind it. Below: the reasons in words, how robust the rank is, and what has to be checked on the spot. Unknown is a word, never a zero.</source>
   <translation>Elke balk is wat één criterium bijdraagt, met de waarde en eenheid erachter. Daaronder: de redenen in woorden, hoe robuust de rang is, en wat ter plaatse gecontroleerd moet worden. Onbekend is een woord, nooit een nul.</translation>
  </message>
  <message>
   <source>Drag a slider: list and map follow at once. What you try here changes nothing in the plan; one button puts its own weights back.</source>
   <translation>Versleep een schuif: lijst en kaart volgen meteen. Wat u hier probeert verandert niets aan het plan; één knop zet zijn eigen gewichten terug.</translation>
  </message>
  <message>
   <source>With these tools you draw a tree, a garden or climbers and see what it does to the heat, cut a street to see its widths and shade, and play the shade hour by hour. They are in the menu Vector &gt; Arsenaal too.</source>
   <translation>Met deze gereedschappen tekent u een boom, een tuin of klimplanten en ziet u wat dat met de hitte doet, snijdt u een straat om haar breedtes en schaduw te zien, en speelt u de schaduw uur per uur af. Ze staan ook in het menu Vector &gt; Arsenaal.</translation>
  </message>
  <message>
   <source>Print and export</source>
   <translation>Afdrukken en exporteren</translation>
  </message>
  <message>
   <source>Maps for the steering group and the export to the data warehouse are algorithms in the toolbox, under Arsenaal: Print maps, Export. Both hold back what would tell of one household.</source>
   <translation>Kaarten voor de stuurgroep en de export naar het datawarehouse zijn algoritmen in de toolbox, onder Arsenaal: Kaarten afdrukken, Exporteren. Beide houden achter wat iets over één huishouden zou vertellen.</translation>
  </message>
  <message>
   <source>New here? A short tour shows where everything is.</source>
   <translation>Nieuw hier? Een korte rondleiding toont waar alles staat.</translation>
  </message>
  <message>
   <source>Start the tour</source>
   <translation>Start de rondleiding</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Klaar</translation>
  </message>
 </context>
</TS>
