<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories" hasScaleBasedVisibilityFlag="1" minScale="2500" maxScale="0">
 <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0">
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="107,107,107,255" />
      <Option name="name" type="QString" value="circle" />
      <Option name="size" type="QString" value="0.8" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_style" type="QString" value="no" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings>
   <text-style fieldName="huisnummer" isExpression="0" fontFamily="DejaVu Sans" fontSize="7" fontSizeUnit="Point" textColor="68,68,68,255" textOpacity="1" fontItalic="0" fontWeight="50">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" />
   </text-style>
   <placement placement="0" placementFlags="10" repeatDistance="0" repeatDistanceUnits="MM" dist="0.8" distUnits="MM" priority="5" />
   <rendering mergeLines="0" obstacle="1" drawLabels="1" scaleVisibility="1" scaleMin="0" scaleMax="750" />
  </settings>
 </labeling>
</qgis>
