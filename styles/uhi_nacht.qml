<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="1" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="1" label="0 tot 1 °C" color="#fff4cc" alpha="255" />
     <item value="2" label="1 tot 2 °C" color="#fedb8c" alpha="255" />
     <item value="3" label="2 tot 3 °C" color="#fdb45c" alpha="255" />
     <item value="4" label="3 tot 4 °C" color="#f7814a" alpha="255" />
     <item value="5" label="4 tot 5 °C" color="#f7814a" alpha="255" />
     <item value="6" label="5 tot 6 °C" color="#dd4f4d" alpha="255" />
     <item value="10" label="6 tot 10 °C" color="#a82a5f" alpha="255" />
     <item value="inf" label="10 °C en meer" color="#62185f" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
