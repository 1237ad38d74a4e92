#!/usr/bin/env bash
# uvh5.sh [INTEGRATIONS] [RUNS]: our conversion of UVH5 beside Python's reading and writing of the
# same arrays.
#
# Makes an observation of 96 antennas, 768 channels and 2 correlations, 57 MB an integration (52 by
# default: 2.98 GB), as one file and as 16 sub-bands, once; it is kept in BENCH_DIR
# (bench/target/data), which needs about five times the size. Then, RUNS times (3) in turn: Python
# (h5py and zarr with the same codec and the same chunks, nothing else), our conversion of the one
# file, and of the sub-bands. Each is the whole command from prompt to prompt, start included.
# Printed are wall clock, processor time and peak memory. PYTHON is the interpreter with h5py, zarr
# and numcodecs (/usr/bin/python3). UVH5_FILE and UVH5_FOLDER name data made otherwise.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
times=${1:-52}
runs=${2:-3}
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}
one=${UVH5_FILE:-$dir/observation-$times.uvh5}
folder=${UVH5_FOLDER:-$dir/subbands-$times}

mkdir -p "$dir"
if [[ ! -s $one || ! -d $folder ]]; then
  "$python" "$here/gen_observation.py" "$one.part" "$folder.part" "$times" >&2
  mv "$one.part" "$one"
  mv "$folder.part" "$folder"
fi
"$here/../submit/cornerturn" --version >/dev/null # builds and prepares if need be

# timed LABEL COMMAND...: prints what a command takes.
timed() {
  local label=$1
  shift
  if ! /usr/bin/time -f '%e %U %S %M' -o "$dir/time" "$@" >"$dir/$label.log" 2>&1; then
    cat "$dir/$label.log" "$dir/time" >&2
    exit 1
  fi
  awk -v label="$label" '{
    printf "%-10s %8.1f s %8.1f s of processor %8.0f MB peak\n", label, $1, $2 + $3, $4 / 1000 }' "$dir/time"
}

for ((run = 1; run <= runs; run++)); do
  cat "$one" "$folder"/* >/dev/null # into the page cache, as far as it fits
  rm -rf "$dir/python.zarr" "$dir/ours"
  timed python "$python" "$here/uvh5_to_zarr.py" "$one" "$dir/python.zarr"
  rm -rf "$dir/python.zarr"
  timed one-file "$here/../submit/cornerturn" --quiet --warehouse "$dir/ours/warehouse" \
    convert "$one" "$dir/ours/one.ps.zarr"
  rm -rf "$dir/ours"
  timed subbands "$here/../submit/cornerturn" --quiet --warehouse "$dir/ours/warehouse" \
    convert "$folder" "$dir/ours/" --profile uvh5
  rm -rf "$dir/ours"
done
uptime
