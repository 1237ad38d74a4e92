#!/usr/bin/env bash
# image.sh [RUNS [SET]]: how long images take beside WSClean, and how good they are.
#
# Makes an observation of 96 antennas and 2 correlations of 100 sources with noise, once, converts it, and
# writes it as a Measurement Set for WSClean; kept in BENCH_DIR (bench/target/data/image). SET is "sky" (192
# channels, 24 integrations: 21 million samples of a baseline, time and channel, 0.34 GB; needs 3 GB) or
# "large" (768 channels, 52 integrations: 182 million samples, 2.98 GB of visibilities; needs 12 GB while it
# is made, 7 afterwards). Then, RUNS times (2), in turn: the dirty image of 4096 x 4096 pixels, natural
# weights, and of "sky" a clean one, Briggs 0, down to 3 sigma; without the antennas' beam, as WSClean's.
# Printed are seconds of work (ours without the start of JVM and Spark, and with it; the pyramid is work,
# too), peak memory, their ratio, and how the images score beside the true sources.
# Needs wsclean, python3-casacore, python3-h5py, python3-astropy.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
runs=${1:-2}
set=${2:-sky}
dir=${BENCH_DIR:-$here/target/data/image}
ours=$here/../submit/cornerturn
export OPENBLAS_NUM_THREADS=1
python=/usr/bin/python3

mkdir -p "$dir"
"$ours" --version >/dev/null # builds and prepares if need be
cd "$dir"
case $set in
  sky) extent=(--channels 192 --integrations 24) ;;
  large) extent=(--channels 768 --integrations 52) ;;
  *) echo "no set $set: sky or large" >&2; exit 2 ;;
esac
if [[ ! -d $set.ps.zarr || ! -d $set.ms ]]; then
  rm -rf "$set".*
  "$ours" --quiet --warehouse warehouse simulate uvh5 "$set.uvh5" --antennas 96 "${extent[@]}" \
    --polarizations XX,YY --beam none --random-sources 100 --noise --write-catalog "$set.csv" >&2
  "$ours" --quiet --warehouse warehouse convert "$set.uvh5" "$set.ps.zarr" >&2
  "$python" "$here/uvh5_to_ms.py" "$set.uvh5" "$set.ms"
  rm -f "$set.uvh5"
fi

# mine LABEL OPTION...: the seconds that the command reports for its work, and what /usr/bin/time says.
mine() {
  local label=$1
  shift
  rm -rf "$label.image.zarr"
  if ! /usr/bin/time -f '%e %M' -o time "$ours" --json --quiet --warehouse warehouse image \
    "$set.ps.zarr" "$label.image.zarr" --size 4096 --scale 2.5asec --beam none "$@" >"$label.json" 2>"$label.log"; then
    cat "$label.log" >&2
    exit 1
  fi
  work=$("$python" -c 'import json, sys; print(sum(r["seconds"] for r in json.load(sys.stdin)["earlier"]))' <"$label.json")
  read -r wall memory <"./time"
}

theirs() {
  local label=$1
  shift
  if ! /usr/bin/time -f '%e %M' -o time wsclean -j 2 -no-update-model-required -no-reorder -pol I \
    -data-column DATA -use-wgridder -name "wsclean-$label" -size 4096 4096 -scale 2.5asec "$@" "$set.ms" \
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
  cat "$set".ps.zarr/*/*/c/*/*/*/* "$set".ms/* >/dev/null 2>&1 || true # into the page cache
  mine dirty --weight natural --niter 0 --no-make-psf
  theirs dirty -weight natural -niter 0
  tell dirty
  if [[ $set == large ]]; then continue; fi
  mine clean --weight briggs 0 --niter 20000 --mgain 0.8 --auto-threshold 3 --auto-mask 5
  theirs clean -weight briggs 0 -niter 20000 -mgain 0.8 -auto-threshold 3 -auto-mask 5
  tell clean
done
echo "dirty images: $("$python" "$here/score_image.py" dirty.image.zarr/fits/dirty-dirty.fits - wsclean-dirty-dirty.fits)"
if [[ $set == large ]]; then exit; fi
echo "ours:         $("$python" "$here/score_image.py" clean.image.zarr/fits/clean-image.fits sky.csv)"
echo "WSClean:      $("$python" "$here/score_image.py" wsclean-clean-image.fits sky.csv)"
uptime
