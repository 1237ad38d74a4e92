"""Makes a UVH5 file of noise: OUT TIMES CHANNELS FILTER (none or lzf). 96 antennas, XX and YY."""
import sys

import h5py
import numpy as np

out, times, channels, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
antennas = 96
ant1, ant2 = np.triu_indices(antennas)
baselines = len(ant1)
rows = times * baselines
rng = np.random.default_rng(1)

with h5py.File(out, "w") as f:
    h = f.create_group("Header")
    for name, text in (
        ("version", "1.0"),
        ("telescope_name", "BENCH"),
        ("instrument", "BENCH"),
        ("history", "noise"),
        ("object_name", "none"),
        ("vis_units", "Jy"),
        ("phase_type", "drift"),
    ):
        h[name] = np.bytes_(text)
    h["latitude"], h["longitude"], h["altitude"] = 37.2, -118.3, 1222.0
    h["Nants_data"] = h["Nants_telescope"] = antennas
    h["Nbls"], h["Nblts"], h["Nfreqs"] = baselines, rows, channels
    h["Npols"], h["Nspws"], h["Ntimes"] = 2, 1, times
    h["ant_1_array"] = np.tile(ant1, times)
    h["ant_2_array"] = np.tile(ant2, times)
    h["antenna_numbers"] = np.arange(antennas)
    h["antenna_names"] = np.array([b"a%02d" % i for i in range(antennas)])
    h["antenna_positions"] = rng.normal(size=(antennas, 3)) * 500
    h["uvw_array"] = np.tile(rng.normal(size=(baselines, 3)) * 500, (times, 1))
    h["time_array"] = 2460019.0 + np.repeat(np.arange(times), baselines) * 12.9 / 86400
    h["integration_time"] = np.full(rows, 12.9)
    h["freq_array"] = 1.31e9 + 2.44e5 * np.arange(channels)
    h["channel_width"] = np.full(channels, 2.44e5)
    h["spw_array"] = [0]
    h["flex_spw"] = False
    h["polarization_array"] = [-5, -6]
    h.create_group("extra_keywords")
    d = f.create_group("Data")
    shape, chunks = (rows, channels, 2), (baselines, 64, 2)
    pair = np.dtype([("r", "f4"), ("i", "f4")])
    packed = {} if kind == "none" else {"compression": kind, "shuffle": True}
    vis = d.create_dataset("visdata", shape, pair, chunks=chunks, **packed)
    flags = d.create_dataset("flags", shape, bool, chunks=chunks, compression="lzf")
    counts = d.create_dataset("nsamples", shape, "f4", chunks=chunks, compression="lzf")
    for t in range(times):
        rows_now = slice(t * baselines, (t + 1) * baselines)
        noise = np.empty((baselines, channels, 2), pair)
        # As many digits as a correlator gives: noise without any would not compress at all.
        noise["r"] = np.round(rng.normal(size=noise.shape) * 256) / 256
        noise["i"] = np.round(rng.normal(size=noise.shape) * 256) / 256
        vis[rows_now] = noise
        flags[rows_now] = rng.random(noise.shape) < 0.02
        counts[rows_now] = np.ones(noise.shape, "f4")
