#!/usr/bin/env bash
# grow.sh [TIMES...]: how time and memory of flagging, solving and correcting grow with the data.
#
# First with the integrations: TIMES (1 2 4 8) as many as 24, of 96 antennas and 96 channels, 172 MB of
# visibilities each 24. Then with the antennas: 32, 64 and 128 of them, 24 integrations of 96 channels.
# Each is a run of tile.sh; see there for what is printed. The largest has 1.4 GB, and all of them take
# 3 GB of BENCH_DIR (bench/target/data).
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
(($#)) || set -- 1 2 4 8

for times in "$@"; do
  "$here/tile.sh" 96 $((24 * times)) 96
done
for antennas in 32 64 128; do
  "$here/tile.sh" "$antennas" 24 96
done
