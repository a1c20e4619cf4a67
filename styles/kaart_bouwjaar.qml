<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="minder dan 20 %" filter="&quot;klasse&quot; = '0_20'" />
   <rule key="rule-1" symbol="1" label="20 tot 40 %" filter="&quot;klasse&quot; = '20_40'" />
   <rule key="rule-2" symbol="2" label="40 tot 60 %" filter="&quot;klasse&quot; = '40_60'" />
   <rule key="rule-3" symbol="3" label="60 tot 80 %" filter="&quot;klasse&quot; = '60_80'" />
   <rule key="rule-4" symbol="4" label="80 % en meer" filter="&quot;klasse&quot; = '80_100'" />
   <rule key="rule-5" symbol="5" label="onderdrukt: te weinig woningen" filter="&quot;klasse&quot; = 'onderdrukt'" />
   <rule key="rule-6" symbol="6" label="onbekend" filter="ELSE" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="215,201,226,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="177,150,201,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="136,100,170,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="95,53,133,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="56,16,90,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="PointPatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="distance_x" type="QString" value="1.5" />
      <Option name="distance_y" type="QString" value="1.5" />
     </Option>
     <symbol type="marker" name="@5@0" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="color" type="QString" value="110,110,110,255" />
        <Option name="name" type="QString" value="circle" />
        <Option name="size" type="QString" value="0.5" />
        <Option name="size_unit" type="QString" value="MM" />
        <Option name="outline_style" type="QString" value="no" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="style" type="QString" value="no" />
      <Option name="outline_color" type="QString" value="110,110,110,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="distance" type="QString" value="1.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0.18" />
      <Option name="color" type="QString" value="140,140,140,255" />
     </Option>
     <symbol type="line" name="@6@0" alpha="1" clip_to_extent="1" force_rhr="0">
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
