#!/bin/sh
# Installs what is missing: QGIS and its libraries from the distribution, then .venv on top of them.
# One GDAL, one PROJ and one SQLite in the process is the point of it all (docs/platform.md).
set -eu
cd "$(dirname "$0")/.."
. "${OS_RELEASE:-/etc/os-release}"

case "$ID-${VERSION_ID:-${VERSION_CODENAME:-}}" in
    debian-12) suite=bookworm ;;
    debian-13) suite=trixie ;;
    debian-forky) suite=forky ;;
    ubuntu-24.04) suite=noble ;;
    *)
        echo "This set-up knows Debian 12, Debian 13, Debian testing and Ubuntu 24.04, not ${PRETTY_NAME:-$ID}." >&2
        echo "Install by hand: QGIS 3.22 or later with its Python, Python 3.11 or later, and these packages" >&2
        echo "or their equals: $(tr '\n' ' ' < requirements/apt-bookworm.txt)" >&2
        echo "Then: /usr/bin/python3 -m venv --system-site-packages .venv" >&2
        echo "      .venv/bin/pip install -e . -r requirements/dev.txt && touch .venv/.ready" >&2
        exit 2
        ;;
esac

missing=""
for package in $(cat "requirements/apt-$suite.txt"); do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "Installing from $suite:$missing"
    if [ "$(id -u)" -eq 0 ]; then
        sudo=""
    elif command -v sudo >/dev/null; then
        sudo=sudo
    else
        echo "Not root and no sudo here. Ask an administrator for: apt-get install$missing" >&2
        exit 2
    fi
    $sudo apt-get update -q
    # shellcheck disable=SC2086 # a list of words is meant
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

# A virtual environment of another Python, or one moved here, is of no use.
.venv/bin/python -c 'import qgis.core' 2>/dev/null || /usr/bin/python3 -m venv --clear --system-site-packages .venv
pip() { .venv/bin/python -m pip --quiet "$@" --constraint "requirements/constraints-$suite.txt"; }
.venv/bin/python -m pip --quiet install --upgrade 'pip>=25.3' 'setuptools>=70' wheel
# Built here, pyogrio and shapely use the GDAL, SQLite and GEOS of QGIS. Their wheels bring their own: two SQLites ruin
# each other's files, and of two GEOSes one is called with the objects of the other and crashes (docs/platform.md).
for libs in .venv/lib/python3*/site-packages/shapely.libs; do # a wheel of an earlier set-up would count as installed
    [ ! -d "$libs" ] || .venv/bin/python -m pip --quiet uninstall --yes shapely
done
# Where the distribution's numpy is known to pkg-config, its headers are built with: pip must take the same version.
numpy=$(pkg-config --modversion numpy 2>/dev/null || true)
echo "${numpy:+numpy==$numpy}" > .venv/build-constraints.txt
pip install --no-binary pyogrio,shapely --build-constraint .venv/build-constraints.txt --editable . \
    --requirement requirements/dev.txt
.venv/bin/python scripts/check_environment.py
touch .venv/.ready
