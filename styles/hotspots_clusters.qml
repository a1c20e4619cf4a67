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
   <rule key="rule-8" symbol="8" label="andere categorieën" filter="&quot;categorie&quot; IN ('alle', 'diefstal_voertuig', 'geluidshinder', 'overlast_horeca', 'woninginbraak', 'graffiti', 'hondenpoep', 'fietswrak', 'openbare_verlichting', 'slecht_onderhouden_groen', 'andere')" />
   <rule key="rule-9" symbol="9" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="51,34,136,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="170,68,153,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="136,204,238,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="102,17,0,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="204,102,119,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="221,204,119,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="68,170,153,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="153,153,51,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="181,181,181,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="9" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="distance" type="QString" value="1.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0.18" />
      <Option name="color" type="QString" value="140,140,140,255" />
     </Option>
     <symbol type="line" name="@9@0" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="140,140,140,255" />
        <Option name="line_width" type="QString" value="0.18" />
        <Option name="capstyle" type="QString" value="round" />
        <Option name="joinstyle" type="QString" value="round" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="style" type="QString" value="no" />
      <Option name="outline_color" type="QString" value="140,140,140,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
