#!/usr/bin/env bash
# convert.sh SIZE [contiguous|gzip] [RUNS]: our conversion beside the same job in Python, on one file.
#
# SIZE is 1MB, 240MB, 2.4GB, 10GB or any number of bytes with such a unit. The file is made once and
# kept in BENCH_DIR (bench/target/data), which needs about three times SIZE. Each run is the whole
# command from prompt to prompt; the two take turns, RUNS times (3), and the best of each counts. The
# file is read through once before, so that both find it in the page cache as far as it fits.
# PYTHON is the interpreter with h5py, zarr and numcodecs (/usr/bin/python3).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
size=${1:?size, such as 240MB}
layout=${2:-contiguous}
runs=${3:-3}
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}
bytes=$(numfmt --from=si "${size%B}")

mkdir -p "$dir"
input=$dir/wave-$size-$layout.h5
if [[ ! -s $input ]]; then
  "$python" "$here/gen_wave.py" "$input.part" "$bytes" "$layout" >&2
  mv "$input.part" "$input"
fi
"$here/../submit/cornerturn" --version >/dev/null # builds and prepares if need be
cat "$input" >/dev/null

# timed LABEL COMMAND...: adds seconds and peak memory (kB) to LABEL's file.
timed() {
  local label=$1
  shift
  if ! /usr/bin/time -f '%e %M' -o "$dir/time" "$@" >"$dir/$label.log" 2>&1; then
    cat "$dir/$label.log" "$dir/time" >&2
    exit 1
  fi
  cat "$dir/time" >>"$dir/$label.times"
  printf '%-10s %8s s %8d MB peak\n' "$label" "$(cut -d' ' -f1 "$dir/time")" \
    $(($(cut -d' ' -f2 "$dir/time") / 1000))
}

rm -f "$dir"/python.times "$dir"/cornerturn.times
for ((run = 1; run <= runs; run++)); do
  rm -rf "$dir/python.zarr" "$dir/ours"
  timed python "$python" "$here/wave_to_zarr.py" "$input" "$dir/python.zarr"
  timed cornerturn "$here/../submit/cornerturn" --quiet --warehouse "$dir/ours/warehouse" \
    convert "$input" "$dir/ours/wave.zarr"
done

best() { cut -d' ' -f1 "$dir/$1.times" | sort -n | head -n 1; }
awk -v bytes="$(stat -c %s "$input")" -v python="$(best python)" -v ours="$(best cornerturn)" \
  -v size="$size" -v layout="$layout" 'BEGIN {
    printf "%s %s: python %.2f s (%.0f MB/s), cornerturn %.2f s (%.0f MB/s), ratio %.2f\n",
      size, layout, python, bytes / 1e6 / python, ours, bytes / 1e6 / ours, python / ours }'
rm -rf "$dir/python.zarr" "$dir/ours"
