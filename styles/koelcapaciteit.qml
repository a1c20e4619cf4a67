<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="0.1" classificationMax="inf">
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0">
     <item value="0.1" label="0 tot 0,1" color="#f4f8e6" alpha="255" />
     <item value="0.2" label="0,1 tot 0,2" color="#d9ecc0" alpha="255" />
     <item value="0.3" label="0,2 tot 0,3" color="#b4d99b" alpha="255" />
     <item value="0.5" label="0,3 tot 0,5" color="#85c17a" alpha="255" />
     <item value="0.7" label="0,5 tot 0,7" color="#55a35f" alpha="255" />
     <item value="1" label="0,7 tot 1" color="#2d7f49" alpha="255" />
     <item value="inf" label="1 en meer" color="#0f5833" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
