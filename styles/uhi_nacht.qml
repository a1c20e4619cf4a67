<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="1" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="1" label="0 tot 1 °C" color="#fff4cc" alpha="255" />
     <item value="2" label="1 tot 2 °C" color="#fedf95" alpha="255" />
     <item value="3" label="2 tot 3 °C" color="#fdbf6a" alpha="255" />
     <item value="4" label="3 tot 4 °C" color="#fa9752" alpha="255" />
     <item value="5" label="4 tot 5 °C" color="#ec6c4b" alpha="255" />
     <item value="6" label="5 tot 6 °C" color="#ce4452" alpha="255" />
     <item value="10" label="6 tot 10 °C" color="#9e275f" alpha="255" />
     <item value="inf" label="10 °C en meer" color="#62185f" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
