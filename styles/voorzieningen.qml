<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="school" filter="&quot;soort&quot; = 'school'" />
   <rule key="rule-1" symbol="1" label="speelplein" filter="&quot;soort&quot; = 'speelplein'" />
   <rule key="rule-2" symbol="2" label="halte" filter="&quot;soort&quot; = 'halte'" />
   <rule key="rule-3" symbol="3" label="wijkhuis" filter="&quot;soort&quot; = 'wijkhuis'" />
   <rule key="rule-4" symbol="4" label="koele plek" filter="&quot;soort&quot; = 'koele_plek'" />
   <rule key="rule-5" symbol="5" label="andere" filter="&quot;soort&quot; = 'andere'" />
   <rule key="rule-6" symbol="6" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="51,34,136,255" />
      <Option name="name" type="QString" value="square" />
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
      <Option name="color" type="QString" value="221,170,51,255" />
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
      <Option name="color" type="QString" value="76,141,192,255" />
      <Option name="name" type="QString" value="diamond" />
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
      <Option name="color" type="QString" value="170,68,153,255" />
      <Option name="name" type="QString" value="pentagon" />
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
      <Option name="color" type="QString" value="68,170,153,255" />
      <Option name="name" type="QString" value="circle" />
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
      <Option name="color" type="QString" value="181,181,181,255" />
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
 <labeling type="simple">
  <settings>
   <text-style fieldName="naam" isExpression="0" fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="34,34,34,255" textOpacity="1" fontItalic="0" fontWeight="50">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" />
   </text-style>
   <placement placement="0" placementFlags="10" repeatDistance="0" repeatDistanceUnits="MM" dist="0.8" distUnits="MM" priority="5" />
   <rendering mergeLines="0" obstacle="1" drawLabels="1" />
  </settings>
 </labeling>
</qgis>
