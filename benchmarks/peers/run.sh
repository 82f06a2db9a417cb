#!/usr/bin/env bash
# Installs the programs that ActorImaging is compared with, runs all of them on the same work, and writes the tables of docs/benchmarks.md.
#
#     benchmarks/peers/run.sh                          all of it: an hour on two cores
#     benchmarks/peers/run.sh --share 0.1 --rounds 1   a quick look, at a tenth of the files; nothing is written
#     benchmarks/peers/run.sh --only responsive        one workload; nothing is written
#
# Needs Linux, the .NET SDK, Node.js 20 with npm, and Debian's imagemagick, graphicsmagick, libvips-tools and parallel, which it installs
# where it may. The photographs of the workload `responsive` come from Debian's packages of wallpapers; without them it is left out.
# Files and outputs go to memory (/dev/shm, 2 GB): no disk is measured.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PEERS=$PWD/benchmarks/peers
export TOOLS=$PWD/artifacts/peers
export PHOTOGRAPHS=$PWD/artifacts/photographs
rid=$(dotnet --info | awk '$1 == "RID:" { print $2 }')

command -v node npm >/dev/null || { echo "run.sh: expected Node.js 20 or later with npm on the path" >&2; exit 2; }
missing=()
for pair in mogrify:imagemagick gm:graphicsmagick vips:libvips-tools parallel:parallel; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || { echo "run.sh: expected these Debian packages: ${missing[*]}" >&2; exit 2; }
    apt-get update -q
    apt-get install -y --no-install-recommends "${missing[@]}"
fi

rm -rf "$TOOLS"
mkdir -p "$TOOLS"
cp -r "$PEERS/node" "$TOOLS/node"
(cd "$TOOLS/node" && npm install --no-audit --no-fund --silent)
dotnet publish src/ActorImaging.Cli -c Release -r "$rid" --self-contained -o "$TOOLS/actor-imaging"
dotnet publish benchmarks/peers/MagickNet -c Release -r "$rid" --self-contained -o "$TOOLS/magick-net"

"$PEERS/photographs.sh" "$PHOTOGRAPHS"

sharp=$(cd "$TOOLS/node" && node -p "const v = require('sharp').versions; 'sharp ' + v.sharp + ' with libvips ' + v.vips")
piscina=$(cd "$TOOLS/node" && node -p "'Piscina ' + JSON.parse(require('fs').readFileSync('node_modules/piscina/package.json')).version")
versions="$(nproc) cores of $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(uname -sm), $(date +%F). \
ActorImaging $("$TOOLS/actor-imaging/actor-imaging" --version | cut -c1-13) on .NET $(dotnet --list-runtimes | awk '/NETCore.App/ { v = $2 } END { print v }'), \
Magick.NET $(sed -n 's/.*Magick.NET-Q8-AnyCPU" Version="\([^"]*\)".*/\1/p' Directory.Packages.props), \
Node.js $(node --version), $sharp, $piscina, \
$(mogrify -version | awk 'NR == 1 { print $2, $3 }'), $(gm version | awk 'NR == 1 { print $1, $2 }'), \
$(vips --version), GNU parallel $(parallel --version | awk 'NR == 1 { print $3 }')."

into=(--into docs/benchmarks.md)
[ $# -eq 0 ] || into=()
dotnet run -c Release --project benchmarks/ActorImaging.Peers -- "${into[@]}" --versions "$versions" "$@"
