#!/usr/bin/env bash
# The Node.js programs of this folder. Arguments: workload, inputs, outputs, the program and what it is told.
set -euo pipefail
workload=$1 input=$2 output=$3 program=$4
shift 4
exec node "$TOOLS/node/$program.mjs" "$@" "$workload" "$input" "$output"
