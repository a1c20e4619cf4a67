<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1">
   <colorPalette>
    <paletteEntry value="0" label="niet afgedekt" color="#ffffff" alpha="0" />
    <paletteEntry value="1" label="afgedekt" color="#a59580" alpha="255" />
   </colorPalette>
  </rasterrenderer>
 </pipe>
</qgis>
