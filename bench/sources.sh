#!/usr/bin/env bash
# sources.sh [RUNS]: how long finding sources takes beside source-extractor, and how complete it is.
#
# Makes an image of 4096 x 4096 pixels with noise correlated like its beam and 3000 points of 3 to 50 times the noise,
# once, in BENCH_DIR (bench/target/data). Then, RUNS times (3), in turn: source-extractor (detection at 5 sigma, its own
# filter, 2 threads) and find-sources with fits and rows in a table; printed are seconds (ours without the start of the
# JVM) and, at the end, completeness, false entries and heights of both beside the truth. The kernel alone, warm:
#   java -jar bench/target/benchmarks.jar SourceBenchmark
# Needs source-extractor, python3-astropy.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
runs=${1:-3}
dir=${BENCH_DIR:-$here/target/data}
ours=$here/../submit/cornerturn
python=/usr/bin/python3

mkdir -p "$dir"
"$ours" --version >/dev/null # builds and prepares if need be
cd "$dir"
[[ -f sources.fits ]] || "$python" "$here/gen_sky.py" sources.fits sources-truth.csv
printf '%s\n' X_IMAGE Y_IMAGE FLUX_MAX >sx.param
printf 'CONV NORM\n1 2 1\n2 4 2\n1 2 1\n' >sx.conv
for ((run = 1; run <= runs; run++)); do
  /usr/bin/time -f '%e' -o time source-extractor sources.fits -c /dev/null -PARAMETERS_NAME sx.param \
    -FILTER_NAME sx.conv -CATALOG_NAME sx.fits -CATALOG_TYPE FITS_1.0 -DETECT_THRESH 5 -ANALYSIS_THRESH 5 \
    -BACK_SIZE 128 -NTHREADS 2 -VERBOSE_TYPE QUIET >sx.log 2>&1
  theirs=$(<time)
  "$ours" --json --quiet --warehouse sources-warehouse find-sources sources.fits >sources.json
  seconds=$(sed -n 's/^  "seconds" : \([0-9.E-]*\),*$/\1/p' sources.json)
  echo "source-extractor $theirs s, find-sources $seconds s with fits and rows"
done
[[ -e $here/target/classes/org/cornerturn/bench/DetectionList.class ]] ||
  (cd "$here/.." && mvn -B -q -DskipTests -Dspotless.check.skip -pl bench -am package) >&2
java -Xlog:disable -cp "$here/target/classes:$here/../jobs/suite/target/dist/lib/*" \
  org.cornerturn.bench.DetectionList sources-warehouse >sources-mine.csv
"$python" "$here/score_sources.py" sources-truth.csv sources-mine.csv sx.fits
