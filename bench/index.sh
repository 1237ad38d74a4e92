#!/usr/bin/env bash
# index.sh [FILES] [OBJECTS]: index a lake of small UVH5 files, and one file of many objects.
#
# FILES (10000) and OBJECTS (100000) are made once and kept in BENCH_DIR (bench/target/data). Each
# command is timed from prompt to prompt, with its peak memory: the first index, the second with
# nothing new, the third with one observation more, then the single file.
# PYTHON is the interpreter with h5py (/usr/bin/python3).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
files=${1:-10000}
objects=${2:-100000}
python=${PYTHON:-/usr/bin/python3}
dir=${BENCH_DIR:-$here/target/data}
lake=$dir/lake-$files
single=$dir/objects-$objects.h5

mkdir -p "$dir"
if [[ ! -d $lake ]]; then
  rm -rf "$lake.part"
  "$python" "$here/gen_lake.py" "$lake.part" "$files" >&2
  mv "$lake.part" "$lake"
fi
[[ -s $single ]] || "$python" "$here/gen_lake.py" "$single" "$objects" >&2
"$here/../submit/cornerturn" --version >/dev/null # builds and prepares if need be

# timed LABEL ARGUMENT...: runs index and tells seconds, peak memory and what it says.
timed() {
  local label=$1
  shift
  /usr/bin/time -f '%e %M' -o "$dir/time" "$here/../submit/cornerturn" \
    --warehouse "$dir/index-warehouse" index "$@" 2>"$dir/index.log" || {
    cat "$dir/index.log" >&2
    exit 1
  }
  printf '%s: %s s, %d MB peak\n' "$label" "$(cut -d' ' -f1 "$dir/time")" \
    $(($(cut -d' ' -f2 "$dir/time") / 1000))
  grep '^index: ' "$dir/index.log" | grep -v ' %)' | sed 's/^/  /'
}

rm -rf "$dir/index-warehouse" "$dir/more"
timed "$files files" "$lake"
timed "again" "$lake"
"$python" "$here/gen_lake.py" "$dir/more" 16
timed "16 more" "$lake" "$dir/more"
timed "$objects objects" "$single"
rm -rf "$dir/index-warehouse" "$dir/more"
