#!/usr/bin/env bash
# tile.sh [ANTENNAS] [INTEGRATIONS] [CHANNELS] [RUNS]: how long it takes to flag a tile, to solve it for
# delays, bandpass and gains, and to correct it; and in how much memory.
#
# Makes an observation with noise, gains, bandpasses, delays and interference: 96 antennas, 24
# integrations, 768 channels and 2 correlations (1.37 GB of visibilities) unless told. It is kept in
# BENCH_DIR (bench/target/data) as our processing set; twice that room is needed, four times while it is
# made. Then, RUNS times (1) in turn: flag, calibrate (K:inf,B:inf,G:60s), apply. Printed are the seconds
# that each command reports for its work, without the start of JVM and Spark; the rate of visibilities as
# they are in memory; the most memory that a task may take by its plan, and the process's peak.
# CORNERTURN_HEAP is the heap (1g).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
antennas=${1:-96}
integrations=${2:-24}
channels=${3:-768}
runs=${4:-1}
dir=${BENCH_DIR:-$here/target/data}
ours=$here/../submit/cornerturn
name=$dir/tile-$antennas-$integrations-$channels
set=$name.ps.zarr
work=$dir/tile.ps.zarr
gains=$dir/tile.cal.zarr
bytes=$((antennas * (antennas + 1) * integrations * channels * 8)) # two correlations of 8 bytes, each pair once
warehouse=$dir/tile-warehouse

mkdir -p "$dir"
"$ours" --version >/dev/null # builds and prepares if need be
if [[ ! -d $set ]]; then
  rm -rf "$name".*
  # The DSA-110 has 116 antennas at most.
  layout=()
  ((antennas <= 116)) || layout=(--layout y)
  "$ours" --quiet --warehouse "$warehouse" simulate uvh5 "$name.uvh5" --antennas "$antennas" "${layout[@]}" \
    --integrations "$integrations" --channels "$channels" --polarizations XX,YY --beam none \
    --flux-jy 25 --noise --gain-errors --bandpass-std 0.06 --delay-std-ns 3 --drift-std 0.05 --rfi >&2
  "$ours" --quiet --warehouse "$warehouse" convert "$name.uvh5" "$name.part.ps.zarr" >&2
  rm -rf "$name".uvh5*
  mv "$name.part.ps.zarr" "$set"
fi

# number NAME FILE: the first number of this name in a JSON document.
number() {
  sed -n "s/^ *\"$1\" : \([0-9.E-]*\),*$/\1/p" "$2" | head -n 1
}

# timed LABEL COMMAND...: prints what a command takes, and adds its work to $dir/works.
timed() {
  local label=$1 planned
  shift
  planned=$("$ours" --warehouse "$warehouse" "$@" --dry-run 2>/dev/null |
    sed -n 's/^memory_per_task *//p' | head -n 1)
  if ! /usr/bin/time -f '%e %M' -o "$dir/time" "$ours" --json --quiet --warehouse "$warehouse" \
    "$@" >"$dir/tile.json" 2>"$dir/tile.log"; then
    cat "$dir/tile.log" "$dir/time" >&2
    exit 1
  fi
  number seconds "$dir/tile.json" >>"$dir/works"
  awk -v label="$label" -v work="$(number seconds "$dir/tile.json")" -v bytes="$bytes" \
    -v planned="$planned" '{
    printf "%-10s %7.2f s of work %6.0f MB/s %7.1f s in all   %s planned a task, %.0f MB peak\n", label, work, bytes / 1e6 / work, $1, planned, $2 / 1000 }' "$dir/time"
}

echo "$antennas antennas, $integrations integrations, $channels channels: $((bytes / 1000000)) MB"
for ((run = 1; run <= runs; run++)); do
  # Each run has a set of its own, whose files are the same ones: none is ever changed in its place.
  rm -rf "$work" "$gains" "$dir/works"
  cp -rl "$set" "$work"
  find "$work" -type f -exec cat {} + >/dev/null # into the page cache
  timed flag flag "$work"
  timed solve calibrate "$work" "$gains" --model point:25 --solve K:inf,B:inf,G:60s
  timed apply apply "$work" --from "$gains"
  awk '{ all += $1 } END { printf "together   %7.2f s of work\n", all }' "$dir/works"
done
rm -rf "$work" "$gains" "$dir/works"
