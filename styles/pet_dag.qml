<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="18" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="18" label="minder dan 18 °C" color="#fff4cc" alpha="255" />
     <item value="23" label="18 tot 23 °C" color="#fedf95" alpha="255" />
     <item value="29" label="23 tot 29 °C" color="#fdbf6a" alpha="255" />
     <item value="35" label="29 tot 35 °C" color="#fa9752" alpha="255" />
     <item value="41" label="35 tot 41 °C" color="#ec6c4b" alpha="255" />
     <item value="46" label="41 tot 46 °C" color="#ce4452" alpha="255" />
     <item value="60" label="46 tot 60 °C" color="#9e275f" alpha="255" />
     <item value="inf" label="60 °C en meer" color="#62185f" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
