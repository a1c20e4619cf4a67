<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="1" minScale="6000" maxScale="0">
 <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0">
  <symbols>
   <symbol type="marker" name="0" alpha="0.55" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="127,176,127,255" />
      <Option name="name" type="QString" value="circle" />
      <Option name="size" type="QString" value="4" />
      <Option name="size_unit" type="QString" value="MapUnit" />
      <Option name="outline_color" type="QString" value="92,147,95,255" />
      <Option name="outline_width" type="QString" value="0.1" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="coalesce(&quot;kroon_diameter_m&quot;, 4)" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
