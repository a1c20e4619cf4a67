<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="2" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="2" label="0 tot 2 uur" color="#eef6fb" alpha="255" />
     <item value="4" label="2 tot 4 uur" color="#cfe3f2" alpha="255" />
     <item value="6" label="4 tot 6 uur" color="#a8cbe6" alpha="255" />
     <item value="8" label="6 tot 8 uur" color="#79aed6" alpha="255" />
     <item value="10" label="8 tot 10 uur" color="#4c8dc0" alpha="255" />
     <item value="16" label="10 tot 16 uur" color="#2969a2" alpha="255" />
     <item value="inf" label="16 uur en meer" color="#10467a" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
