"""Writes a UVH5 file's visibilities as a Measurement Set for other programs, nothing flagged.

Usage: uvh5_to_ms.py FILE.uvh5 SET.ms    or    uvh5_to_ms.py --unflag SET.ms
One spectral window; rows in the file's order; frequencies upwards. Needs casacore and h5py.
"""
import shutil
import sys

import casacore.tables as ct
import h5py
import numpy as np

CASA_CODE = {1: 1, 2: 2, 3: 3, 4: 4, -1: 5, -2: 8, -3: 6, -4: 7, -5: 9, -6: 12, -7: 10, -8: 11}


def unflag(name):
    t = ct.table(name, readonly=False, ack=False)
    for first in range(0, t.nrows(), 4096):
        n = min(4096, t.nrows() - first)
        t.putcol("FLAG", np.zeros_like(t.getcol("FLAG", first, n)), first, n)
    t.close()


def subtable(name, sub, rows, cells):
    t = ct.table(name + "/" + sub, readonly=False, ack=False)
    t.addrows(rows)
    for column, value in cells.items():
        for r in range(rows):
            t.putcell(column, r, value[r])
    t.close()


def convert(source, name):
    f = h5py.File(source, "r")
    h = f["Header"]
    freq = np.asarray(h["freq_array"]).reshape(-1)
    width = np.broadcast_to(np.asarray(h["channel_width"]), freq.shape).astype("f8")
    pols = np.asarray(h["polarization_array"])
    rows, channels, npol = h["ant_1_array"].shape[0], len(freq), len(pols)
    shutil.rmtree(name, ignore_errors=True)
    columns = [
        ct.makearrcoldesc("DATA", 0j, valuetype="complex", shape=[channels, npol],
                          datamanagertype="TiledColumnStMan", datamanagergroup="Data"),
        ct.makearrcoldesc("FLAG", False, valuetype="bool", shape=[channels, npol],
                          datamanagertype="TiledColumnStMan", datamanagergroup="Flag"),
    ]
    tile = max(1, (1 << 20) // (channels * npol * 8))
    managers = {"*%d" % i: dict(COLUMNS=[c], NAME=g, SEQNR=i, TYPE="TiledColumnStMan",
                                SPEC=dict(DEFAULTTILESHAPE=[npol, channels, tile]))
                for i, (c, g) in enumerate((("DATA", "Data"), ("FLAG", "Flag")), 1)}
    t = ct.default_ms(name, ct.maketabdesc(columns), managers)
    t.addrows(rows)
    numbers = {int(n): i for i, n in enumerate(h["antenna_numbers"])}
    seconds = (np.asarray(h["time_array"]) - 2400000.5) * 86400
    length = np.broadcast_to(np.asarray(h["integration_time"]), rows).astype("f8")
    for column in ("ANTENNA1", "ANTENNA2"):
        key = "ant_1_array" if column == "ANTENNA1" else "ant_2_array"
        t.putcol(column, np.array([numbers[int(n)] for n in h[key]], "i4"))
    for column, value in (("TIME", seconds), ("TIME_CENTROID", seconds), ("EXPOSURE", length),
                          ("INTERVAL", length), ("UVW", np.asarray(h["uvw_array"], "f8"))):
        t.putcol(column, value)
    for column in ("DATA_DESC_ID", "FIELD_ID", "ARRAY_ID", "OBSERVATION_ID", "FEED1", "FEED2"):
        t.putcol(column, np.zeros(rows, "i4"))
    t.putcol("SCAN_NUMBER", np.ones(rows, "i4"))
    t.putcol("STATE_ID", np.full(rows, -1, "i4"))
    for column in ("WEIGHT", "SIGMA"):
        t.putcol(column, np.ones((rows, npol), "f4"))
    for first in range(0, rows, 4096):
        v = f["Data/visdata"][first:first + 4096]
        v = v[:, 0] if v.ndim == 4 else v
        t.putcol("DATA", v.astype("c8"), first, len(v))
        t.putcol("FLAG", np.zeros(v.shape, bool), first, len(v))
    t.close()
    place = np.asarray(h["antenna_positions"])
    n = len(place)
    names = [x.decode() if isinstance(x, bytes) else str(x) for x in h["antenna_names"]]
    subtable(name, "ANTENNA", n, dict(
        NAME=names, STATION=names, TYPE=["GROUND-BASED"] * n, MOUNT=["ALT-AZ"] * n, POSITION=place,
        OFFSET=np.zeros((n, 3)), DISH_DIAMETER=[4.65] * n, FLAG_ROW=[False] * n))
    subtable(name, "SPECTRAL_WINDOW", 1, dict(
        NUM_CHAN=[channels], CHAN_FREQ=[freq], CHAN_WIDTH=[width], EFFECTIVE_BW=[width],
        RESOLUTION=[width], REF_FREQUENCY=[float(freq[0])], TOTAL_BANDWIDTH=[float(width.sum())],
        MEAS_FREQ_REF=[5], NAME=["band"], NET_SIDEBAND=[1]))
    receptors = {5: (0, 0), 6: (0, 1), 7: (1, 0), 8: (1, 1), 9: (0, 0), 10: (0, 1), 11: (1, 0),
                 12: (1, 1)}
    codes = [CASA_CODE[int(p)] for p in pols]
    subtable(name, "POLARIZATION", 1, dict(
        NUM_CORR=[npol], CORR_TYPE=[np.array(codes, "i4")],
        CORR_PRODUCT=[np.array([receptors[c] for c in codes], "i4")]))
    subtable(name, "DATA_DESCRIPTION", 1, dict(SPECTRAL_WINDOW_ID=[0], POLARIZATION_ID=[0]))
    catalog = h.get("phase_center_catalog", {})
    field = next(iter(catalog.values()), None) if hasattr(catalog, "values") else None
    direction = np.zeros((1, 2))
    if field is not None and "cat_lon" in field:
        direction[0] = field["cat_lon"][()], field["cat_lat"][()]
    subtable(name, "FIELD", 1, dict(
        NAME=["field"], NUM_POLY=[0], TIME=[float(seconds[0])], PHASE_DIR=[direction],
        DELAY_DIR=[direction], REFERENCE_DIR=[direction], SOURCE_ID=[-1]))
    subtable(name, "OBSERVATION", 1, dict(
        TELESCOPE_NAME=["OVRO_MMA"], OBSERVER=["bench"], PROJECT=["bench"],
        TIME_RANGE=[np.array([seconds.min(), seconds.max()])]))


if sys.argv[1] == "--unflag":
    unflag(sys.argv[2])
else:
    convert(sys.argv[1], sys.argv[2])
