#!/usr/bin/env bash
# The Magick.NET program of this folder. Arguments: workload, inputs, outputs.
exec "$TOOLS/magick-net/magick-net" "$@"
