#!/usr/bin/env bash
# flag.sh [INTEGRATIONS] [CHANNELS] [RUNS]: our flagging beside AOFlagger's, on the same visibilities.
#
# Makes an observation of 96 antennas with autocorrelations, XX and YY, noise, a hundred sources,
# gain errors and interference of known place: 24 integrations of 192 channels (42.9 million
# samples, 0.34 GB) unless told. It is kept in BENCH_DIR (bench/target/data) as UVH5, as our
# processing set and as a Measurement Set, about five times its size. Then, RUNS times (3) in turn:
# AOFlagger with its own strategy, on as many threads as there are cores, the whole command; and
# ours, on as many cores, the run without the start of JVM and Spark (`seconds` of --json), beside
# the whole command. Last come completeness and false alarms of both.
# Debian's packages aoflagger, python3-casacore and python3-h5py; PYTHON is the interpreter.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
times=${1:-24}
channels=${2:-192}
runs=${3:-3}
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}
name=$dir/rfi-$times-$channels
cores=$(nproc)

mkdir -p "$dir"
"$root/submit/cornerturn" --version >/dev/null # builds and prepares if need be
[[ -f $here/target/classes/org/cornerturn/bench/FlagScore.class ]] ||
  (cd "$root" && mvn -B -q -DskipTests -Dspotless.check.skip -pl bench -am package)
if [[ ! -d $name.ms ]]; then
  "$root/submit/cornerturn" --quiet --warehouse "$dir/flag-warehouse" simulate uvh5 "$name.uvh5" \
    --antennas 96 --integrations "$times" --channels "$channels" --random-sources 100 --noise \
    --gain-errors --rfi --overwrite >&2
  "$root/submit/cornerturn" --quiet --warehouse "$dir/flag-warehouse" convert "$name.uvh5" \
    "$name.ps.zarr" --overwrite >&2
  "$python" "$here/uvh5_to_ms.py" "$name.uvh5" "$name.part" >&2
  mv "$name.part" "$name.ms"
fi

# timed COMMAND...: runs it, and leaves seconds and peak memory (kB) in $dir/time.
timed() {
  if ! /usr/bin/time -f '%e %M' -o "$dir/time" "$@" >"$dir/flag.log" 2>&1; then
    cat "$dir/flag.log" "$dir/time" >&2
    exit 1
  fi
}

for ((run = 1; run <= runs; run++)); do
  "$python" "$here/uvh5_to_ms.py" --unflag "$name.ms"
  find "$name.ms" -type f -exec cat {} + >/dev/null # into the page cache, as far as it fits
  timed aoflagger -j "$cores" "$name.ms"
  awk '{ printf "aoflagger   %6.2f s %28s %6.0f MB peak\n", $1, "", $2 / 1000 }' "$dir/time"
  rm -rf "$dir/flagged.ps.zarr"
  cp -r "$name.ps.zarr" "$dir/flagged.ps.zarr"
  find "$dir/flagged.ps.zarr" -type f -exec cat {} + >/dev/null
  timed "$root/submit/cornerturn" --master "local[$cores]" --json --warehouse "$dir/flag-warehouse" \
    flag "$dir/flagged.ps.zarr"
  work=$(grep -o '"seconds" *: *[0-9.]*' "$dir/flag.log" | head -n 1 | grep -o '[0-9.]*$')
  awk -v work="$work" '{
    printf "cornerturn  %6.2f s (%5.2f s with the start) %6.0f MB peak\n", work, $1, $2 / 1000 }' "$dir/time"
done
echo "aoflagger:  $("$python" "$here/score_flags.py" "$name.ms" "$name.uvh5.truth.arrays")"
lib=$root/jobs/suite/target/dist/lib
echo "cornerturn: $(java -cp "$here/target/classes:$lib/*" org.cornerturn.bench.FlagScore \
  "$dir/flagged.ps.zarr" "$name.uvh5.truth.arrays" 2>/dev/null)"
rm -rf "$dir/flagged.ps.zarr"
