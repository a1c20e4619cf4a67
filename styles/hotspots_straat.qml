<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0">
  <rules key="rules">
   <rule key="rule-0" symbol="0" label="0 tot 1" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 0 AND &quot;kaartwaarde&quot; &lt; 1)" />
   <rule key="rule-1" symbol="1" label="1 tot 2" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 1 AND &quot;kaartwaarde&quot; &lt; 2)" />
   <rule key="rule-2" symbol="2" label="2 tot 4" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 2 AND &quot;kaartwaarde&quot; &lt; 4)" />
   <rule key="rule-3" symbol="3" label="4 tot 6" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 4 AND &quot;kaartwaarde&quot; &lt; 6)" />
   <rule key="rule-4" symbol="4" label="6 tot 8" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 6 AND &quot;kaartwaarde&quot; &lt; 8)" />
   <rule key="rule-5" symbol="5" label="8 tot 12" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 8 AND &quot;kaartwaarde&quot; &lt; 12)" />
   <rule key="rule-6" symbol="6" label="12 en meer" filter="&quot;hoofdkaart&quot; AND (&quot;kaartwaarde&quot; &gt;= 12)" />
   <rule key="rule-7" symbol="7" label="onbekend" filter="&quot;hoofdkaart&quot; AND &quot;kaartwaarde&quot; IS NULL" />
  </rules>
  <symbols>
   <symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="240,243,248,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="211,219,233,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="176,189,214,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="139,155,192,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="103,120,168,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="70,86,140,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="110,110,110,255" />
      <Option name="line_width" type="QString" value="1.25" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="40,53,107,255" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="140,140,140,255" />
      <Option name="line_width" type="QString" value="0.5" />
      <Option name="use_custom_dash" type="QString" value="1" />
      <Option name="customdash" type="QString" value="1.0;1.5" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
