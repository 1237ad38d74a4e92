#!/usr/bin/env bash
# crossmatch.sh LEFT.fits RIGHT.fits [RADIUS_ARCSEC] [RUNS]: our match beside that of STILTS, of the same files.
#
# Two FITS binary tables with columns ra and dec (degrees). RUNS times (3) in turn: STILTS' tskymatch2 with
# find=best1, and ours with --mode best, both from the command line to a FITS file of the pairs: start-up and
# reading included. With STILTS=no ours alone, for tables that STILTS has no room for. Last, whether both
# found as many pairs. HEAP (4g) is our heap, STILTS_HEAP (10g) that of STILTS. Debian's package stilts.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
left=$(readlink -f "$1")
right=$(readlink -f "$2")
radius=${3:-2}
runs=${4:-3}
dir=${BENCH_DIR:-$here/target/data}/crossmatch
mkdir -p "$dir"
"$root/submit/cornerturn" --version >/dev/null # builds and prepares if need be

# timed NAME COMMAND...: runs it, tells seconds and peak memory.
timed() {
  local name=$1
  shift
  if ! /usr/bin/time -f '%e %M %U %S' -o "$dir/time" "$@" >"$dir/log" 2>&1; then
    cat "$dir/log" "$dir/time" >&2
    exit 1
  fi
  awk -v name="$name" '{
    printf "%-11s %7.2f s  %6.0f MB peak  %6.1f s of processors\n", name, $1, $2 / 1000, $3 + $4 }' "$dir/time"
}

cat "$left" "$right" >/dev/null # into the page cache, as far as it fits
for ((run = 1; run <= runs; run++)); do
  if [[ ${STILTS:-yes} == yes ]]; then
    rm -f "$dir/stilts.fits"
    timed stilts stilts "-Xmx${STILTS_HEAP:-10g}" tskymatch2 "in1=$left" "in2=$right" ra1=ra dec1=dec \
      ra2=ra dec2=dec "error=$radius" join=1and2 find=best1 "out=$dir/stilts.fits"
  fi
  rm -rf "$dir/ours.fits" "$dir/ours.fits._cornerturn" "$dir/warehouse"
  CORNERTURN_HEAP=${HEAP:-4g} timed cornerturn "$root/submit/cornerturn" --warehouse "$dir/warehouse" \
    crossmatch "$left" "$right" --radius "${radius}arcsec" --out "$dir/ours.fits"
done

rows() {
  LC_ALL=C head -c 200000 "$1" | LC_ALL=C grep -ao 'NAXIS2  = *[0-9]*' | tail -n 1 | grep -o '[0-9]*$'
}
echo "pairs: cornerturn $(rows "$dir/ours.fits")$([[ ${STILTS:-yes} != yes ]] || echo ", stilts $(rows "$dir/stilts.fits")")"
