#!/bin/sh
# The suite on other QGIS versions: Debian's newer suites, each in a chroot under build/matrix (root needed).
# The mirror is the one of this machine's apt; the set-up is the same scripts/setup.sh that users run.
# SUITES="forky" runs one of them; PYTEST_ARGS=--last-failed runs again what failed.
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "make matrix makes chroots and so needs root." >&2; exit 2; }
command -v debootstrap > /dev/null || apt-get install -y -q --no-install-recommends debootstrap > /dev/null
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | sed 's/#.*//' | grep -oE 'https?://[^ ]+' | grep -v security | head -1)
results=build/matrix/results.md
mkdir -p build/matrix
echo "| suite | QGIS | Python | result |" > "$results"
echo "|---|---|---|---|" >> "$results"

for suite in ${SUITES:-trixie forky}; do
    root="$PWD/build/matrix/$suite"
    if [ ! -f "$root/.made" ]; then
        rm -rf "$root"
        # An older debootstrap does not know a newer suite by name; all of Debian's are made by one script.
        debootstrap --variant=minbase --include=ca-certificates,make,git "$suite" "$root" "$mirror" \
            /usr/share/debootstrap/scripts/sid > "$root.log"
        touch "$root/.made"
    fi
    # What lets pip and apt reach their registries here.
    cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
    cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/"
    [ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/"
    [ ! -f "${PIP_CERT:-}" ] || install -D "$PIP_CERT" "$root$PIP_CERT"
    mkdir -p "$root/arsenaal" "$root/shared" "$root/proc" "$root/dev"
    find "$root/arsenaal" -mindepth 1 -maxdepth 1 ! -name .venv ! -name .pytest_cache -exec rm -rf {} +
    git archive HEAD | tar -x -C "$root/arsenaal"
    trap 'umount -l "$root/shared" "$root/proc" "$root/dev" 2>/dev/null || true' EXIT
    [ ! -d ../shared ] || mount --bind -o ro ../shared "$root/shared"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    chroot "$root" sh -c "cd /arsenaal && make test" > "$root.test.log" 2>&1 || true
    versions=$(chroot "$root" env QT_QPA_PLATFORM=offscreen python3 -c \
        'import sys; from qgis.core import Qgis; print(Qgis.QGIS_VERSION.split("-")[0], "|", sys.version.split()[0])' 2>/dev/null || echo '? | ?')
    umount -l "$root/shared" "$root/proc" "$root/dev" 2>/dev/null || true
    echo "| $suite | $versions | $(grep -E "[0-9]+ (passed|failed)" "$root.test.log" | tail -1) |" >> "$results"
done
cat "$results"
