<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="0.5" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="0.5" label="0 tot 0,5" color="#f0f3f8" alpha="255" />
     <item value="2" label="0,5 tot 2" color="#ccd5e5" alpha="255" />
     <item value="5" label="2 tot 5" color="#a1afcd" alpha="255" />
     <item value="10" label="5 tot 10" color="#7586b2" alpha="255" />
     <item value="20" label="10 tot 20" color="#4d5d92" alpha="255" />
     <item value="inf" label="20 en meer" color="#28356b" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
