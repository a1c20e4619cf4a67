<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="Afgewezen plekken" filter="&quot;redencodes&quot; IS NOT NULL" />
   <rule key="rule-1" symbol="1" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
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
   <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
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
