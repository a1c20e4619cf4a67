<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
 <context>
  <name>Arsenaal</name>
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
   <source>Wijk (wijk.toml)</source>
   <translation>Wijk (wijk.toml)</translation>
  </message>
  <message>
   <source>The description of the wijk: where its sources lie and which settings differ.</source>
   <translation>De beschrijving van de wijk: waar de bronnen liggen en welke instellingen afwijken.</translation>
  </message>
  <message>
   <source>Standard: {}.</source>
   <translation>Standaard: {}.</translation>
  </message>
  <message>
   <source>It said nothing.</source>
   <translation>Er kwam geen melding.</translation>
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
   <source>Report</source>
   <translation>Verslag</translation>
  </message>
  <message>
   <source>Folder of the practice wijk</source>
   <translation>Map van de oefenwijk</translation>
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
   <source>The only “now” a plan knows. Left empty: that of wijk.toml, else the newest date in the sources.</source>
   <translation>Het enige ‘nu’ dat een plan kent. Leeg: die van wijk.toml, anders de jongste datum in de bronnen.</translation>
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
   <source>{} is not a date; write it as 2025-06-30.</source>
   <translation>{} is geen datum; schrijf ze als 2025-06-30.</translation>
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
   <source>date unknown</source>
   <translation>datum onbekend</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>onbekend</translation>
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
   <source>Wijk (wijk.toml wijk.gpkg)</source>
   <translation>Wijk (wijk.toml wijk.gpkg)</translation>
  </message>
  <message>
   <source>The practice wijk is being made; this takes about a minute and QGIS stays usable.</source>
   <translation>De oefenwijk wordt gemaakt; dat duurt ongeveer een minuut en QGIS blijft bruikbaar.</translation>
  </message>
  <message>
   <source>{} is open. There is no plan yet: run the algorithm arsenaal:plan.</source>
   <translation>{} is open. Er is nog geen plan: voer het algoritme arsenaal:plan uit.</translation>
  </message>
  <message>
   <source>The step {} failed.</source>
   <translation>De stap {} is mislukt.</translation>
  </message>
  <message>
   <source>Something went wrong that the plugin did not foresee. Nothing was changed.</source>
   <translation>Er ging iets mis dat de plugin niet voorzag. Er is niets gewijzigd.</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
 </context>
</TS>
