<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="gekozen door de berekening" filter="&quot;status&quot; = 'gekozen'" />
   <rule key="rule-1" symbol="1" label="vast: gekozen in besluiten" filter="&quot;status&quot; = 'vast'" />
   <rule key="rule-2" symbol="2" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="194,65,12,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="107,35,145,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="distance" type="QString" value="1.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0.18" />
      <Option name="color" type="QString" value="140,140,140,255" />
     </Option>
     <symbol type="line" name="@2@0" alpha="1" clip_to_extent="1" force_rhr="0">
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
