#!/usr/bin/env bash
# calibrate.sh [RUNS]: how long flagging, solving and correcting take, without the start of JVM and
# Spark.
#
# Makes an observation of 96 antennas, 192 channels, 24 integrations and 2 correlations (42.9 million
# visibilities, 0.34 GB) with gains, bandpasses, delays and noise, once, and converts it; it is kept in
# BENCH_DIR (bench/target/data), which needs about 3 GB. Then, RUNS times (3) in turn: gains per time and
# channel, one bandpass of all times, the standard chain, its application, and flags. Printed are the
# seconds that the command reports for its work, the rate of visibilities, wall clock and peak memory,
# and for the first two solves the ratio to what DP3 4.2 took on a machine of this kind (6.9 and
# 11.6 s; less than 1 is quicker).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
runs=${1:-3}
dir=${BENCH_DIR:-$here/target/data}
ours=$here/../submit/cornerturn
set=$dir/calibrator.ps.zarr
megabytes=343.3

mkdir -p "$dir"
"$ours" --version >/dev/null # builds and prepares if need be
if [[ ! -d $set ]]; then
  rm -rf "$dir"/calibrator.*
  "$ours" --quiet --warehouse "$dir/warehouse" simulate uvh5 "$dir/calibrator.uvh5" --antennas 96 \
    --channels 192 --integrations 24 --polarizations XX,YY --beam none --flux-jy 25 --noise \
    --gain-errors --bandpass-std 0.06 --delay-std-ns 3 --drift-std 0.05 >&2
  "$ours" --quiet --warehouse "$dir/warehouse" convert "$dir/calibrator.uvh5" "$set" >&2
  rm -f "$dir/calibrator.uvh5"
fi

# timed LABEL PEER COMMAND...: prints what a command takes; PEER is another's seconds, or -.
timed() {
  local label=$1 peer=$2
  shift 2
  if ! /usr/bin/time -f '%e %M' -o "$dir/time" "$ours" --json --quiet --warehouse "$dir/warehouse" \
    "$@" >"$dir/$label.json" 2>"$dir/$label.log"; then
    cat "$dir/$label.log" "$dir/time" >&2
    exit 1
  fi
  local work
  work=$(sed -n 's/^  "seconds" : \([0-9.E-]*\),*$/\1/p' "$dir/$label.json" | head -n 1)
  awk -v label="$label" -v work="$work" -v peer="$peer" -v mb="$megabytes" '{
    printf "%-14s %6.2f s of work %7.0f MB/s %7.1f s in all %6.0f MB peak", label, work, mb / work, $1, $2 / 1000
    if (peer != "-") printf "   %.2f of DP3", work / peer
    printf "\n" }' "$dir/time"
}

work=$dir/calibrated.ps.zarr
for ((run = 1; run <= runs; run++)); do
  # Each run has a set of its own, whose files are the same ones: none is ever changed in its place.
  rm -rf "$work" "$dir"/{each,band,chain}.cal.zarr
  cp -rl "$set" "$work"
  find "$work" -type f -exec cat {} + >/dev/null # into the page cache
  timed time-channel 6.9 calibrate "$work" "$dir/each.cal.zarr" --model point:25 --solve G:int:1ch
  timed bandpass 11.6 calibrate "$work" "$dir/band.cal.zarr" --model point:25 --solve B:inf
  timed standard - calibrate "$work" "$dir/chain.cal.zarr" --model point:25 --preset standard
  timed apply - apply "$work" --from "$dir/chain.cal.zarr"
  timed flag - flag "$work"
done
rm -rf "$work" "$dir"/{each,band,chain}.cal.zarr
uptime
