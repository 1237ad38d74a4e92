#!/usr/bin/env bash
# image.sh [RUNS]: how long images take beside WSClean, and how good they are.
#
# Makes an observation of 96 antennas, 192 channels, 24 integrations and 2 correlations (21 million
# samples of a baseline, time and channel; 0.34 GB) of 100 sources with noise, once, converts it, and
# writes it as a Measurement Set for WSClean; kept in BENCH_DIR (bench/target/data), which needs about
# 3 GB. Then, RUNS times (2), in turn: the dirty image of 4096 x 4096 pixels, natural weights, and a
# clean one, Briggs 0, down to 3 sigma; without the antennas' beam, as WSClean's. Printed are seconds
# of work (ours without the start of JVM and Spark, and with it), peak memory, their ratio, and how
# the images score beside the true sources.
# Needs wsclean, python3-casacore, python3-h5py, python3-astropy.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
runs=${1:-2}
dir=${BENCH_DIR:-$here/target/data}
ours=$here/../submit/cornerturn
export OPENBLAS_NUM_THREADS=1
python=/usr/bin/python3

mkdir -p "$dir"
"$ours" --version >/dev/null # builds and prepares if need be
cd "$dir"
if [[ ! -d sky.ps.zarr || ! -d sky.ms ]]; then
  rm -rf sky.*
  "$ours" --quiet --warehouse warehouse simulate uvh5 sky.uvh5 --antennas 96 --channels 192 \
    --integrations 24 --polarizations XX,YY --beam none --random-sources 100 --noise \
    --write-catalog sky.csv >&2
  "$ours" --quiet --warehouse warehouse convert sky.uvh5 sky.ps.zarr >&2
  "$python" "$here/uvh5_to_ms.py" sky.uvh5 sky.ms
  rm -f sky.uvh5
fi

# mine LABEL OPTION...: the seconds that the command reports for its work, and what /usr/bin/time says.
mine() {
  local label=$1
  shift
  rm -rf "$label.image.zarr"
  if ! /usr/bin/time -f '%e %M' -o time "$ours" --json --quiet --warehouse warehouse image \
    sky.ps.zarr "$label.image.zarr" --size 4096 --scale 2.5asec --beam none "$@" >"$label.json" 2>"$label.log"; then
    cat "$label.log" >&2
    exit 1
  fi
  work=$(sed -n 's/^  "seconds" : \([0-9.E-]*\),*$/\1/p' "$label.json" | head -n 1)
  read -r wall memory <"./time"
}

theirs() {
  local label=$1
  shift
  if ! /usr/bin/time -f '%e %M' -o time wsclean -j 2 -no-update-model-required -no-reorder -pol I \
    -data-column DATA -use-wgridder -name "wsclean-$label" -size 4096 4096 -scale 2.5asec "$@" sky.ms \
    >"wsclean-$label.log" 2>&1; then
    tail -n 5 "wsclean-$label.log" >&2
    exit 1
  fi
  read -r other other_memory <"./time"
}

tell() {
  awk -v label="$1" -v work="$work" -v wall="$wall" -v memory="$memory" -v other="$other" \
    -v other_memory="$other_memory" 'BEGIN {
      printf "%-6s ours %6.1f s (%.1f with the start, %.0f MB)   WSClean %6.1f s (%.0f MB)   ratio %.2f\n",
        label, work, wall, memory / 1000, other, other_memory / 1000, work / other }'
}

for ((run = 1; run <= runs; run++)); do
  cat sky.ps.zarr/*/*/c/*/*/*/* sky.ms/* >/dev/null 2>&1 || true # into the page cache
  mine dirty --weight natural --niter 0 --no-make-psf
  theirs dirty -weight natural -niter 0
  tell dirty
  mine clean --weight briggs 0 --niter 20000 --mgain 0.8 --auto-threshold 3 --auto-mask 5
  theirs clean -weight briggs 0 -niter 20000 -mgain 0.8 -auto-threshold 3 -auto-mask 5
  tell clean
done
echo "dirty images: $("$python" "$here/score_image.py" dirty.image.zarr/fits/dirty-dirty.fits - wsclean-dirty-dirty.fits)"
echo "ours:         $("$python" "$here/score_image.py" clean.image.zarr/fits/clean-image.fits sky.csv)"
echo "WSClean:      $("$python" "$here/score_image.py" wsclean-clean-image.fits sky.csv)"
uptime
