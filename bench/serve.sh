#!/usr/bin/env bash
# serve.sh [SECONDS] [MINUTES]: the query service under load, beside HDF Viewer where that is at hand.
#
# Planes of 4000x4000 float32 in HDF5, a waveform of SIZE (3.6GB) with its pyramid, and a Delta table
# of 1.8 million rows are made once and kept in BENCH_DIR (bench/target/data). Each kind of request is
# asked for SECONDS (10) by wrk on two threads; a line of figures follows. With MINUTES all kinds are
# then asked at once for so long, and heap and open files are told each minute.
#
# HDF_VIEWER_HOME names a checkout of HDF Viewer, whose variant for a file system is then asked the
# same (python3-flask, python3-flask-cors, python3-dotenv, gunicorn). PYTHON is the interpreter with
# h5py (/usr/bin/python3), HEAP the service's largest heap (1g), PLANES how many there are (12).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
seconds=${1:-10}
minutes=${2:-0}
size=${SIZE:-3.6GB}
planes=${PLANES:-12}
rows=1800000
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}
data=$dir/serve
cornerturn=$root/submit/cornerturn
command -v wrk >/dev/null || { echo "serve.sh: wrk is missing: apt-get install wrk" >&2; exit 2; }

mkdir -p "$data"
"$python" "$here/gen_planes.py" "$data/planes" "$planes"
if [[ ! -e $data/wave.zarr/.zgroup ]]; then
  wave=$dir/wave-$size-contiguous.h5
  [[ -s $wave ]] || { "$python" "$here/gen_wave.py" "$wave.part" "$(numfmt --from=si "${size%B}")" contiguous >&2 && mv "$wave.part" "$wave"; }
  "$cornerturn" --quiet --warehouse "$data/warehouse" convert "$wave" "$data/wave.zarr"
fi
"$cornerturn" serve --help >/dev/null # builds and prepares if need be
if [[ ! -d $data/warehouse/sources/_delta_log ]]; then
  [[ -e $here/target/classes/org/cornerturn/bench/CatalogTable.class ]] ||
    (cd "$root" && mvn -B -q -DskipTests -Dspotless.check.skip -pl bench -am package)
  rm -rf "$data/warehouse/sources"
  java -Xmx1g -Xlog:disable -cp "$here/target/classes:$root/jobs/suite/target/dist/lib/*" \
    org.cornerturn.bench.CatalogTable "$data/warehouse" $rows 2>"$dir/table.log" ||
    { cat "$dir/table.log" >&2; exit 1; }
fi

started=()
stop() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
}
trap stop EXIT

# await URL: until it answers; milliseconds.
await() {
  local began now
  began=$(date +%s%3N)
  for ((i = 0; i < 1200; i++)); do
    if curl -sf -o /dev/null "$1"; then
      now=$(date +%s%3N)
      echo $((now - began))
      return
    fi
    sleep 0.02
  done
  echo "serve.sh: nothing answers at $1" >&2
  exit 1
}

# measure LABEL URL CLIENTS PATHS [MOST] [ACCEPT]: after half the time to warm up.
measure() {
  PATHS=$4 MOST=${5:-1} ${6:+env ACCEPT="$6"} \
    wrk -t2 -c"$3" -d"$(((seconds + 1) / 2))s" -s "$here/serve.lua" "$2" >/dev/null
  LABEL=$1 PATHS=$4 MOST=${5:-1} ${6:+env ACCEPT="$6"} \
    wrk -t2 -c"$3" -d"${seconds}s" -s "$here/serve.lua" "$2" | grep "^$1:"
}

# cold LABEL URL PREFIX SUFFIX [ACCEPT]: the first request for each plane of the second half; median and
# largest. Those of the first half warm up the program: they are asked for in turn, each time in another
# size, and are more than what is kept of decoded planes.
cold() {
  local i round warm=$(((planes + 1) / 2))
  for ((round = 1; round <= 6; round++)); do
    for ((i = 0; i < warm; i++)); do
      curl -sf -o /dev/null -H "Accept: ${5:-*/*}" "$2$3$i${4/max_size=512/max_size=$((512 - round))}"
    done
  done
  for ((i = warm; i < planes; i++)); do
    curl -sf -o "$dir/cold.body" -H "Accept: ${5:-*/*}" -w '%{time_total} %{size_download}\n' "$2$3$i$4"
  done | sort -n | awk -v label="$1" '
    { t[NR] = $1 * 1000; bytes = $2 }
    END { printf "%s: median %.0f ms, most %.0f ms, %d bytes\n", label, t[int((NR + 1) / 2)], t[NR], bytes }'
}

port=18420
url=http://127.0.0.1:$port
CORNERTURN_HEAP=${HEAP:-1g} "$cornerturn" serve --port $port --root "data=$data" \
  --warehouse "$data/warehouse" --set rate.read=0 --set rate.heavy=0 >"$dir/serve.log" 2>&1 &
started+=($!)
echo "start: $(await $url/health) ms to the first answer"

bin=application/octet-stream
files=/files/data/planes/plane-
heatmap='.h5/data?path=/plane&mode=heatmap&max_size=512'
matrix='0.h5/data?path=/plane&mode=matrix&row_limit=100&col_limit=100'
cold "heatmap 512, cold" $url $files "$heatmap" $bin
measure "heatmap 512, cached, binary" $url 4 "$files"'0'"$heatmap" 1 $bin
measure "matrix 100x100, cached, binary" $url 4 "$files$matrix" 1 $bin
measure "matrix 100x100, cached, JSON" $url 4 "$files$matrix"
measure "lists, 50 clients" $url 50 "/files?prefix=data/planes /api/v1/products /api/v1/tables"

samples=$(curl -sf "$url/api/v1/waveforms/data/wave.zarr" | "$python" -c 'import json, sys; print(json.load(sys.stdin)["samples"])')
window="/api/v1/waveforms/data/wave.zarr/window"
curl -sf -o /dev/null -w "waveform, first view: %{time_total} s, %{size_download} bytes\n" "$url$window"
measure "waveform windows, any, cold and warm" $url 4 "$window?%w" "$samples"
measure "waveform windows, warm, JSON" $url 4 "$window?%w" $((samples < 20000000 ? samples : 20000000))
measure "waveform windows, warm, binary" $url 4 "$window?%w" $((samples < 20000000 ? samples : 20000000)) $bin
cells=$((rows / 9))
for ((i = 0; i < 200; i++)); do # Every data file is looked into once, so that it is warm.
  curl -sf -o /dev/null "$url/api/v1/tables/sources/rows?filter=cell:eq:$((i * (cells - 1) / 199))"
done
measure "table of $rows rows, one cell" $url 4 "/api/v1/tables/sources/rows?filter=cell:eq:%d" $cells

if ((minutes > 0)); then
  pid=$(pgrep -f "org.cornerturn.query.Main.*--port $port|cornerturn-query.*--port $port" | head -n 1)
  all="$files"'0'"$heatmap $files$matrix /files?prefix=data/planes /api/v1/products"
  all+=" /api/v1/tables/sources/rows?filter=cell:eq:%d $window?start=%d&stop=$samples"
  LABEL="all kinds, 8 clients" PATHS=$all MOST=$cells \
    wrk -t2 -c8 -d"${minutes}m" -s "$here/serve.lua" $url >"$dir/load.txt" &
  load=$!
  for ((i = 0; i < minutes; i++)); do
    sleep 55
    printf 'minute %d: heap %s MB, resident %d MB, open files %d\n' $((i + 1)) \
      "$(curl -s $url/metrics | awk '/^jvm_memory_used_bytes\{area="heap"/ { n += $NF } END { printf "%.0f", n / 1e6 }')" \
      "$(awk '/^VmRSS/ { print int($2 / 1000) }' "/proc/$pid/status")" \
      "$(find "/proc/$pid/fd" -maxdepth 1 | wc -l)"
    sleep 4
  done
  wait "$load"
  grep '^all kinds' "$dir/load.txt"
fi

[[ -n ${HDF_VIEWER_HOME:-} ]] || { echo "HDF Viewer: HDF_VIEWER_HOME is not set"; exit 0; }
port=18081
url=http://127.0.0.1:$port
# Its replies hold NumPy's numbers, which newer Flasks write only when told how.
cat >"$dir/wsgi_compat.py" <<'PY'
import numpy
from flask.json.provider import DefaultJSONProvider
from wsgi import app


class Provider(DefaultJSONProvider):
    @staticmethod
    def default(o):
        return o.item() if isinstance(o, numpy.generic) else DefaultJSONProvider.default(o)


app.json = Provider(app)
PY
(cd "$HDF_VIEWER_HOME/backend_2" && STORAGE_ROOT=$data PYTHONPATH=$dir:. exec gunicorn \
  wsgi_compat:app --bind 127.0.0.1:$port --workers 2) >"$dir/viewer.log" 2>&1 &
started+=($!)
await $url/health >/dev/null
files=/files/planes/plane-
cold "HDF Viewer: heatmap 512, cold" $url $files "$heatmap"
measure "HDF Viewer: heatmap 512, cached" $url 4 "$files"'0'"$heatmap"
measure "HDF Viewer: matrix 100x100, cached" $url 4 "$files$matrix"
measure "HDF Viewer: lists, 50 clients" $url 50 "/files/?prefix=planes"
