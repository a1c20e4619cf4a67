<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="0.0" classificationMax="25.0">
   <rastershader>
    <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0">
     <item value="0.0" label="0 m" color="#f4f8e6" alpha="255" />
     <item value="4.166666666666667" label="4,167 m" color="#d9ecc0" alpha="255" />
     <item value="8.333333333333334" label="8,333 m" color="#b4d99b" alpha="255" />
     <item value="12.5" label="12,5 m" color="#85c17a" alpha="255" />
     <item value="16.666666666666668" label="16,667 m" color="#55a35f" alpha="255" />
     <item value="20.833333333333332" label="20,833 m" color="#2d7f49" alpha="255" />
     <item value="25.0" label="25 m" color="#0f5833" alpha="255" />
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
