#!/usr/bin/env bash
# GraphicsMagick's mogrify under GNU parallel: as many processes as cores, of one thread each. It has no tint.
# Arguments: workload, inputs, outputs.
set -euo pipefail
workload=$1 input=$2 output=$3
mkdir -p "$output"
export OMP_NUM_THREADS=1

each() {
    local files=$1
    shift
    (cd "$input" && find . -type f -print0 | parallel --null --jobs "$CORES" --max-args "$files" gm mogrify -output-directory "$output" "$@")
}

case $workload in
experiment)
    mkdir -p "$output"/{resize,blur,grayscale,sharpen,rotate}
    cd "$input"
    for file in *; do
        echo gm mogrify -output-directory "$output/resize" -resize 800x600 "$file"
        echo gm mogrify -output-directory "$output/blur" -blur 0x5 "$file"
        echo gm mogrify -output-directory "$output/grayscale" -colorspace Rec709Luma "$file"
        echo gm mogrify -output-directory "$output/sharpen" -sharpen 0x1 "$file"
        echo gm mogrify -output-directory "$output/rotate" -rotate 90 "$file"
    done | parallel --jobs "$CORES"
    ;;
photographs) each 10 -auto-orient -resize '"1600x1600>"' -quality 80 -sampling-factor 2x2 ;;
responsive)
    # Told a width alone, it makes some of them a pixel narrower.
    for width in 480 1024 1920; do
        mkdir "$output/$width"
        output=$output/$width each 10 -auto-orient +profile "'*'" -resize "${width}x30000" -quality 80 -sampling-factor 2x2
    done
    ;;
icons) each 50 -auto-orient -resize 128x128 ;;
one)
    cd "$(dirname "$input")"
    gm mogrify -output-directory "$output" -auto-orient -resize 800x -quality 80 -sampling-factor 2x2 "$(basename "$input")"
    ;;
esac
