#!/usr/bin/env bash
# What the program writes, as programs read it that are not ours: ExifTool, libvips and Pillow look at an output of every format, made of every
# fixture by every metadata policy. Says on its last line how many outputs were judged, and ends with 1 where one of the judges disagrees.
#
# Wants Linux, the .NET SDK, python3, and Debian's libimage-exiftool-perl, libvips-tools and python3-pil, which it installs where it may.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
for pair in exiftool:libimage-exiftool-perl vips:libvips-tools; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
/usr/bin/python3 -c 'import PIL' 2>/dev/null || missing+=(python3-pil)
if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || { echo "run.sh: expected these Debian packages: ${missing[*]}" >&2; exit 2; }
    apt-get update -q
    apt-get install -y --no-install-recommends "${missing[@]}"
fi

dotnet publish src/ActorImaging.Cli -c Release -v quiet -o artifacts/interop/actor-imaging
/usr/bin/python3 tests/interop/judge.py "$PWD/artifacts/interop/actor-imaging/actor-imaging.dll" "$PWD/tests/fixtures" artifacts/interop/outputs
