#!/usr/bin/env bash
# scan.sh [none|lzf] [TIMES] [ROUNDS]: one column of a UVH5 file, by the reader alone and by Spark.
#
# The file (96 antennas, 384 channels, XX and YY; TIMES integrations of 29 MB of visibilities) is made
# once and kept in BENCH_DIR (bench/target/data). Each scan runs ROUNDS times (7) in one process, on
# one core; the best counts. PYTHON is the interpreter with h5py (/usr/bin/python3).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
filter=${1:-lzf}
times=${2:-12}
rounds=${3:-7}
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}

mkdir -p "$dir"
input=$dir/visibilities-$times-$filter.uvh5
if [[ ! -s $input ]]; then
  "$python" "$here/gen_uvh5.py" "$input.part" "$times" 384 "$filter" >&2
  mv "$input.part" "$input"
fi
"$root/submit/cornerturn" --version >/dev/null # builds and prepares if need be
[[ -f $here/target/classes/org/cornerturn/bench/TableScan.class ]] ||
  (cd "$root" && mvn -B -q -DskipTests -Dspotless.check.skip -pl bench -am package)

lib=$root/jobs/suite/target/dist
mapfile -t options < <(sed '/^-cp$/,$d' "$lib/java.args")
SPARK_LOCAL_IP=127.0.0.1 java -Xmx2g -XX:+UseG1GC -Xlog:disable -Xlog:all=error:stderr \
  "${options[@]}" -cp "$here/target/classes:$lib/lib/*" org.cornerturn.bench.TableScan \
  "$input" "$rounds" 2>"$dir/scan.log" || { cat "$dir/scan.log" >&2; exit 1; }
