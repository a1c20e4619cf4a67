<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1">
   <colorPalette>
    <paletteEntry value="0" label="niet groen" color="#ffffff" alpha="0" />
    <paletteEntry value="1" label="landbouw" color="#e6e3a1" alpha="255" />
    <paletteEntry value="2" label="laag groen (&lt; 3 m)" color="#b4d99b" alpha="255" />
    <paletteEntry value="3" label="hoog groen (≥ 3 m)" color="#2d7f49" alpha="255" />
   </colorPalette>
  </rasterrenderer>
 </pipe>
</qgis>
