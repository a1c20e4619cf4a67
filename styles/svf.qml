<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="0.2" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="0.2" label="0 tot 0,2" color="#f5f1ea" alpha="255" />
     <item value="0.4" label="0,2 tot 0,4" color="#d8cdbd" alpha="255" />
     <item value="0.6" label="0,4 tot 0,6" color="#b6a894" alpha="255" />
     <item value="0.8" label="0,6 tot 0,8" color="#92826e" alpha="255" />
     <item value="1" label="0,8 tot 1" color="#6c5d4c" alpha="255" />
     <item value="inf" label="1 en meer" color="#45392d" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
