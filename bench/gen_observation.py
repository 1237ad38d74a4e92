"""Writes a UVH5 observation of noise, as one file and as 16 sub-bands in the DSA-110's layout.

Usage: gen_observation.py FILE FOLDER INTEGRATIONS
96 antennas with autocorrelations, 768 channels, 2 correlations; one integration in memory at a time.
"""
import os
import sys

import h5py
import numpy as np

NANT, CHANNELS, SUBBANDS, SECONDS, JD = 96, 768, 16, 12.884901888, 2459599.8543
F0, WIDTH = 1.28e9, 250e6 / CHANNELS


def create(name, times, frequency, old):
    f = h5py.File(name, "w")
    h = f.create_group("Header")
    a, b = np.triu_indices(NANT)
    nb = len(a)
    rng = np.random.default_rng(1)
    place = rng.uniform(-1200, 1200, (NANT, 3))
    n = len(frequency)
    items = dict(latitude=37.23334, longitude=-118.28321, altitude=1182.6, telescope_name=b"OVRO_MMA",
                 instrument=b"DSA", object_name=b"noise", history=b"gen_observation.py", Nants_data=NANT,
                 Nants_telescope=NANT, antenna_names=np.array([b"%d" % (i + 1) for i in range(NANT)], "S4"),
                 antenna_numbers=np.arange(NANT), antenna_positions=place, antenna_diameters=np.full(NANT, 4.65),
                 Nbls=nb, Nblts=nb * times, Nfreqs=n, Npols=2, Ntimes=times, Nspws=1, spw_array=np.array([1]),
                 polarization_array=np.array([-5, -6]), ant_1_array=np.tile(a, times), ant_2_array=np.tile(b, times),
                 time_array=np.repeat(JD + (np.arange(times) + 0.5) * SECONDS / 86400, nb),
                 integration_time=np.full(nb * times, SECONDS),
                 uvw_array=np.tile(place[b] - place[a], (times, 1)).astype("f4" if old else "f8"),
                 phase_type=b"drift", phase_center_app_dec=0.9699)
    items["freq_array"] = frequency[None] if old else frequency
    items["channel_width"] = WIDTH if old else np.full(n, WIDTH)
    if not old:
        items.update(version=b"1.0", flex_spw=False, vis_units=b"uncalib")
    for k, v in items.items():
        h[k] = np.bytes_(v) if isinstance(v, bytes) else v
    d = f.create_group("Data")
    shape = (nb * times, 1, n, 2) if old else (nb * times, n, 2)
    rows = nb if nb * n * 16 <= 8 << 20 else nb // 16  # Whole parts of an integration.
    for k, t, c in (("visdata", "c8", None), ("flags", "?", "lzf"), ("nsamples", "f4", "lzf")):
        d.create_dataset(k, shape, t, chunks=(rows,) + shape[1:], compression=c)
    return f, nb


def main():
    one, folder, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.makedirs(folder, exist_ok=True)
    frequency = F0 + WIDTH * (np.arange(CHANNELS) + 0.5)
    whole, nb = create(one, times, frequency, False)
    step = CHANNELS // SUBBANDS
    parts = []
    for k in range(SUBBANDS):
        high = CHANNELS - k * step
        name = "%s/2022-01-20T08:30:12_sb%02d.hdf5" % (folder, k)
        parts.append((create(name, times, frequency[high - step:high][::-1], True)[0], slice(high - step, high)))
    rng = np.random.default_rng(110)
    for t in range(times):
        v = rng.standard_normal((nb, CHANNELS, 2, 2), dtype="f4").view("c8")[..., 0]
        rows = slice(t * nb, (t + 1) * nb)
        whole["Data/visdata"][rows] = v
        # Whole arrays: h5py writes a scalar row by row of the last axis.
        flags, samples = np.zeros(v.shape, bool), np.ones(v.shape, "f4")
        whole["Data/flags"][rows] = flags
        whole["Data/nsamples"][rows] = samples
        for f, where in parts:
            f["Data/visdata"][rows] = v[:, where][:, ::-1][:, None]
            f["Data/flags"][rows] = flags[:, where][:, None]
            f["Data/nsamples"][rows] = samples[:, where][:, None]
    whole.close()
    for f, _ in parts:
        f.close()


main()
