#!/usr/bin/env bash
# ActorImaging's own command line. Arguments: workload, inputs, outputs, further options.
set -euo pipefail
workload=$1 input=$2 output=$3
shift 3
process() { "$TOOLS/actor-imaging/actor-imaging" process "$input" --out "$output" --quiet "$@"; }

case $workload in
experiment)
    process --variant resize=resize:800x600 --variant blur=blur:5 --variant grayscale=grayscale --variant sharpen=sharpen \
        --variant rotate=rotate:90 --variant tint=tint:#ff6432 "$@"
    ;;
photographs) process --op resize:1600x1600@inside@no-upscale "$@" ;;
responsive)
    process --variant 480=resize:480x --variant 1024=resize:1024x --variant 1920=resize:1920x --metadata strip --profile srgb "$@"
    ;;
icons) process --op resize:128x128@inside "$@" ;;
one) process --op resize:800x "$@" ;;
esac
