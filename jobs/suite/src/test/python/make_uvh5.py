"""Writes UVH5 files for tests.

Usage: make_uvh5.py subbands FOLDER COUNT [CHANGE...]     sub-bands as the DSA-110 writes them
       make_uvh5.py ragged FILE                           rows missing, in no order, four correlations
       make_uvh5.py baselines FILE                        time runs faster than baseline
A CHANGE is NUMBER=WHAT: nan-time, fewer-antennas, clock, other-baselines, wrong-count; or start=SECONDS.
"""
import os
import sys

import h5py
import numpy as np

JD = 2459599.8543
INTEGRATION = 12.884901888
CHANNEL = 1e6


def write(name, v, flags, samples, **header):
    with h5py.File(name, "w") as f:
        h = f.create_group("Header")
        for k, x in header.items():
            h[k] = np.bytes_(x) if isinstance(x, str) else x
        d = f.create_group("Data")
        for k, x in (("visdata", v), ("flags", flags), ("nsamples", samples)):
            d.create_dataset(k, data=x, chunks=tuple(max(1, s // 2) for s in x.shape),
                             compression=None if k == "visdata" else "lzf")


def antennas(n):
    rng = np.random.default_rng(7)
    return dict(latitude=37.23334, longitude=-118.28321, altitude=1182.6, telescope_name="OVRO_MMA",
                instrument="DSA", history="made for a test", object_name="search",
                antenna_names=np.array([b"%d" % (i + 1) for i in range(n)], "S4"), antenna_numbers=np.arange(n),
                antenna_positions=rng.uniform(-300, 300, (n, 3)), antenna_diameters=np.full(n, 4.65),
                Nants_data=n, Nants_telescope=n)


def subband(number, count, nt, nant, channels, start, change):
    if change == "fewer-antennas":
        nant -= 1
    rng = np.random.default_rng(number + 1000 * int(start * 1000))
    a, b = np.triu_indices(nant)
    if change == "other-baselines":
        a, b = a + 1, b + 1
    nb = len(a)
    times = JD + (start + (np.arange(nt) + 0.5) * INTEGRATION + (7 if change == "clock" else 0)) / 86400
    jd = np.repeat(times, nb)
    if change == "nan-time":
        jd[3] = np.nan
    freq = 1.5e9 - CHANNEL * (np.arange(channels) + number * channels)
    shape = (nt * nb, 1, channels, 2)
    v = rng.standard_normal(shape + (2,)).astype("f4").view("c8")[..., 0]
    flags = rng.uniform(size=shape) < 0.1
    uvw = np.tile(rng.uniform(-300, 300, (nb, 3)), (nt, 1)).astype("f4")
    if number >= 0:
        uvw = np.tile(np.random.default_rng(5).uniform(-300, 300, (nb, 3)), (nt, 1)).astype("f4")
    head = antennas(nant)
    head["antenna_numbers"] = np.arange(nant) + a[0]
    return v, flags, np.ones(shape, "f4"), dict(
        head, phase_type="drift", phase_center_app_dec=0.9699, Nbls=nb + 40 * (change == "wrong-count"), Nblts=nt * nb, Nfreqs=channels, Npols=2,
        Ntimes=nt, Nspws=1, freq_array=freq[None], channel_width=CHANNEL, spw_array=np.array([1]),
        polarization_array=np.array([-5, -6]), ant_1_array=np.tile(a, nt), ant_2_array=np.tile(b, nt),
        time_array=jd, integration_time=np.full(nt * nb, INTEGRATION), uvw_array=uvw)


def subbands(folder, count, changes):
    start = float(changes.pop("start", 0))
    only = changes.pop("only", None)
    os.makedirs(folder, exist_ok=True)
    for k in range(count):
        if only is not None and str(k) not in only.split("+"):
            continue
        v, f, s, head = subband(k, count, 6, 5, 8, start, changes.get(str(k)))
        second = int(round(start)) % 60
        write("%s/2022-01-20T08:30:%02d_sb%02d.hdf5" % (folder, second, k), v, f, s, **head)


def rows(name, ragged):
    rng = np.random.default_rng(11)
    nant, nt, channels = 6, 9, 12
    a, b = np.triu_indices(nant)
    nb = len(a)
    cells = [(t, i) for t in range(nt) for i in range(nb)]
    if ragged:
        rng.shuffle(cells)
        cells = cells[: len(cells) * 4 // 5]
    else:
        cells.sort(key=lambda c: (c[1], c[0]))
    t = np.array([c[0] for c in cells])
    i = np.array([c[1] for c in cells])
    turn = (rng.uniform(size=len(cells)) < 0.5) & ragged
    one = np.where(turn, b[i], a[i])
    two = np.where(turn, a[i], b[i])
    pols = np.array([-5, -6, -7, -8])
    shape = (len(cells), channels, 4)
    v = rng.standard_normal(shape + (2,)).astype("f4").view("c8")[..., 0]
    seconds = np.where((i % 3 == 0) & ragged, 8.0, 4.0)
    head = antennas(nant)
    write(name, v, rng.uniform(size=shape) < 0.2, rng.uniform(0, 2, shape).astype("f4"), **dict(
        head, version="1.0", vis_units="Jy", Nbls=nb, Nblts=len(cells), Nfreqs=channels, Npols=4,
        Ntimes=len(set(t)), Nspws=1, freq_array=1.4e9 - CHANNEL * np.arange(channels),
        channel_width=np.full(channels, CHANNEL), spw_array=np.array([0]), polarization_array=pols, flex_spw=False,
        ant_1_array=one, ant_2_array=two, time_array=JD + (t + 0.5) * 4.0 / 86400, integration_time=seconds,
        uvw_array=rng.uniform(-300, 300, (len(cells), 3)), phase_type="phased", phase_center_ra=2.2467,
        phase_center_dec=0.9699, phase_center_epoch=2000.0, phase_center_frame="icrs"))


what = sys.argv[1]
if what == "subbands":
    subbands(sys.argv[2], int(sys.argv[3]), dict(c.split("=") for c in sys.argv[4:]))
else:
    rows(sys.argv[2], what == "ragged")
