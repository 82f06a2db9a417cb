#!/usr/bin/env bash
# mogrify under GNU parallel: as many processes as cores, of one thread each. Arguments: workload, inputs, outputs, "hint" for the size hint.
set -euo pipefail
workload=$1 input=$2 output=$3
shift 3
mkdir -p "$output"
export MAGICK_THREAD_LIMIT=1 OMP_NUM_THREADS=1

# So many files a process that its start is shared, and so few that no core is idle for long at the end.
each() {
    local files=$1
    shift
    find "$input" -type f -print0 | parallel --null --jobs "$CORES" --max-args "$files" mogrify -path "$output" "$@"
}

case $workload in
experiment)
    mkdir -p "$output"/{resize,blur,grayscale,sharpen,rotate,tint}
    for file in "$input"/*; do
        echo mogrify -path "$output/resize" -resize 800x600 "$file"
        echo mogrify -path "$output/blur" -blur 0x5 "$file"
        echo mogrify -path "$output/grayscale" -grayscale Rec709Luma "$file"
        echo mogrify -path "$output/sharpen" -sharpen 0x1 "$file"
        echo mogrify -path "$output/rotate" -rotate 90 "$file"
        echo mogrify -path "$output/tint" -fill "'#ff6432'" -tint 100 "$file"
    done | parallel --jobs "$CORES"
    ;;
photographs)
    # The hint lets libjpeg decode half the size; mogrify does not take it, and convert takes one file at a time.
    if [ "${1:-}" = hint ]; then
        find "$input" -type f -print0 | parallel --null --jobs "$CORES" convert -define jpeg:size=1600x1200 '{}' -auto-orient \
            -resize '"1600x1600>"' -quality 80 -sampling-factor 4:2:0 "$output/{/}"
    else
        each 10 -auto-orient -resize '"1600x1600>"' -quality 80 -sampling-factor 4:2:0
    fi
    ;;
responsive)
    # Decoded once, at half the size where that is wide enough.
    smaller() { echo "'(' +clone -resize ${1}x -write '$output'/{/.}-$1.jpg +delete ')'"; }
    find "$input" -type f -print0 | parallel --null --jobs "$CORES" convert -define jpeg:size=1920x1 '{}' -auto-orient -strip -quality 80 \
        -sampling-factor 4:2:0 "$(smaller 480)" "$(smaller 1024)" -resize 1920x "$output/{/.}-1920.jpg"
    ;;
icons) each 50 -auto-orient -resize 128x128 ;;
one) mogrify -path "$output" -auto-orient -resize 800x -quality 80 -sampling-factor 4:2:0 "$input" ;;
esac
