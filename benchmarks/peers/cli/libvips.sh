#!/usr/bin/env bash
# libvips' own command line under GNU parallel: as many processes as cores, of one thread each. Its tint is ImageMagick's, by a table.
# Arguments: workload, inputs, outputs.
set -euo pipefail
workload=$1 input=$2 output=$3
mkdir -p "$output"
export VIPS_CONCURRENCY=1

each() {
    local files=$1
    shift
    find "$input" -type f -print0 | parallel --null --jobs "$CORES" --max-args "$files" vipsthumbnail "$@"
}

case $workload in
experiment)
    for file in "$input"/*; do
        name=$output/$(basename "$file" .png)
        echo vips thumbnail "$file" "$name-resize.png" 800 --height 600
        echo vips gaussblur "$file" "$name-blur.png" 5
        echo vips colourspace "$file" "$name-grayscale.png" b-w
        echo vips sharpen "$file" "$name-sharpen.png"
        echo vips rot "$file" "$name-rotate.png" d90
        echo vips maplut "$file" "$name-tint.png" "$TOOLS/tint.png"
    done | parallel --jobs "$CORES"
    ;;
photographs) each 10 --size '"1600x1600>"' -o "'$output/%s.jpg[Q=80]'" ;;
responsive)
    for width in 480 1024 1920; do
        each 10 --size "${width}x" -o "'$output/%s-$width.jpg[Q=80,strip]'"
    done
    ;;
icons) each 50 --size 128x128 -o "$output/%s.png" ;;
one) vipsthumbnail --size 800x -o "$output/%s.jpg[Q=80]" "$input" ;;
esac
