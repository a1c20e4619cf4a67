#!/bin/sh
# Open QGIS with the plugin and a wijk, in a profile of its own: open_qgis.sh FOLDER_OF_WIJK [profile folder]
set -eu
cd "$(dirname "$0")/.."
wijk=$(realpath "$1")
profiles=$(realpath -m "${2:-build/qgis}")
.venv/bin/python -m scripts.build_zip > /dev/null
mkdir -p "$profiles/profiles/default/QGIS"
ini="$profiles/profiles/default/QGIS/QGIS3.ini"
[ -f "$ini" ] || printf '[PythonPlugins]\narsenaal=true\n\n[app]\naskToSaveMemoryLayers=false\n\n[locale]\nuserLocale=nl\noverrideFlag=true\n' > "$ini"
# The window uses the distribution's Python; the newer geopandas and shapely of .venv go in front.
PYTHONPATH=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
export PYTHONPATH QGIS_PLUGINPATH="$PWD/build" ARSENAAL_OPEN="$wijk/wijk.toml"
exec qgis --nologo --noversioncheck --profiles-path "$profiles" --code "${ARSENAAL_CODE:-$PWD/scripts/open_in_window.py}"
