<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="rijbaan" filter="&quot;functie&quot; = 'rijbaan'" />
   <rule key="rule-1" symbol="1" label="kruispuntzone" filter="&quot;functie&quot; = 'kruispunt'" />
   <rule key="rule-2" symbol="2" label="voetpad" filter="&quot;functie&quot; = 'voetpad'" />
   <rule key="rule-3" symbol="3" label="parkeren" filter="&quot;functie&quot; = 'parkeren'" />
   <rule key="rule-4" symbol="4" label="fietspad" filter="&quot;functie&quot; = 'fietspad'" />
   <rule key="rule-5" symbol="5" label="plein of voetgangersgebied" filter="&quot;functie&quot; = 'plein'" />
   <rule key="rule-6" symbol="6" label="trap" filter="&quot;functie&quot; = 'trap'" />
   <rule key="rule-7" symbol="7" label="berm" filter="&quot;functie&quot; = 'berm'" />
   <rule key="rule-8" symbol="8" label="wegbaan, gebruik niet opgedeeld" filter="&quot;functie&quot; = 'weg_gemengd'" />
   <rule key="rule-9" symbol="9" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="247,247,247,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="247,247,247,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="235,230,221,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="228,228,234,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="239,217,207,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="236,231,224,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="216,207,192,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="226,236,208,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="241,239,233,255" />
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
