<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="0 tot 0,5" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 0 AND &quot;kaartwaarde&quot; &lt; 0.5)" />
   <rule key="rule-1" symbol="1" label="0,5 tot 2" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 0.5 AND &quot;kaartwaarde&quot; &lt; 2)" />
   <rule key="rule-2" symbol="2" label="2 tot 5" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 2 AND &quot;kaartwaarde&quot; &lt; 5)" />
   <rule key="rule-3" symbol="3" label="5 tot 10" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 5 AND &quot;kaartwaarde&quot; &lt; 10)" />
   <rule key="rule-4" symbol="4" label="10 tot 20" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 10 AND &quot;kaartwaarde&quot; &lt; 20)" />
   <rule key="rule-5" symbol="5" label="20 en meer" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 20)" />
   <rule key="rule-6" symbol="6" label="onbekend" filter="&quot;hoofdkaart&quot; AND &quot;kaartwaarde&quot; IS NULL" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="240,243,248,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="204,213,229,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="161,175,205,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="117,134,178,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="77,93,146,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
      <Option name="outline_width" type="QString" value="0.08" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="40,53,107,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_color" type="QString" value="176,176,176,255" />
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
