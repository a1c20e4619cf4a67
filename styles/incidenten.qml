<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="hinderlijk gedrag" filter="&quot;categorie&quot; = 'hinderlijk_gedrag'" />
   <rule key="rule-1" symbol="1" label="drugs" filter="&quot;categorie&quot; = 'drugs'" />
   <rule key="rule-2" symbol="2" label="diefstal fiets, bromfiets of moto" filter="&quot;categorie&quot; = 'diefstal_fiets'" />
   <rule key="rule-3" symbol="3" label="slagen en verwondingen" filter="&quot;categorie&quot; = 'slagen_verwondingen'" />
   <rule key="rule-4" symbol="4" label="vernielingen en beschadigingen" filter="&quot;categorie&quot; = 'vernielingen'" />
   <rule key="rule-5" symbol="5" label="verkeersoverlast (parkeren)" filter="&quot;categorie&quot; = 'verkeersoverlast'" />
   <rule key="rule-6" symbol="6" label="sluikstort" filter="&quot;categorie&quot; = 'sluikstort'" />
   <rule key="rule-7" symbol="7" label="zwerfvuil" filter="&quot;categorie&quot; = 'zwerfvuil'" />
   <rule key="rule-8" symbol="8" label="andere categorieën" filter="&quot;categorie&quot; IN ('diefstal_voertuig', 'geluidshinder', 'overlast_horeca', 'woninginbraak', 'graffiti', 'hondenpoep', 'fietswrak', 'openbare_verlichting', 'slecht_onderhouden_groen', 'andere')" />
   <rule key="rule-9" symbol="9" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="51,34,136,255" />
      <Option name="name" type="QString" value="circle" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="170,68,153,255" />
      <Option name="name" type="QString" value="triangle" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="136,204,238,255" />
      <Option name="name" type="QString" value="square" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="102,17,0,255" />
      <Option name="name" type="QString" value="diamond" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="204,102,119,255" />
      <Option name="name" type="QString" value="pentagon" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="221,204,119,255" />
      <Option name="name" type="QString" value="circle" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="68,170,153,255" />
      <Option name="name" type="QString" value="triangle" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="153,153,51,255" />
      <Option name="name" type="QString" value="square" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="181,181,181,255" />
      <Option name="name" type="QString" value="circle" />
      <Option name="size" type="QString" value="1.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="77,77,77,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="name" type="QString" value="cross_fill" />
      <Option name="size" type="QString" value="1.8" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="140,140,140,255" />
      <Option name="outline_width" type="QString" value="0.3" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
