"""Makes two subbands of a small observation as UVH5: argument: the folder."""
import sys

import h5py
import numpy as np

folder = sys.argv[1]
times, baselines, channels, pols = 4, 3, 8, 2
rows = times * baselines

for subband in range(2):
    with h5py.File(f"{folder}/sb{subband:02d}.uvh5", "w") as f:
        h = f.create_group("Header")
        h["version"] = np.bytes_("1.0")
        h["telescope_name"] = np.bytes_("TEST")
        h["instrument"] = np.bytes_("TEST")
        h["history"] = np.bytes_("made for a test")
        h["object_name"] = np.bytes_("sky")
        h["vis_units"] = np.bytes_("Jy")
        h["latitude"], h["longitude"], h["altitude"] = 37.2, -118.3, 1222.0
        h["Nants_data"] = h["Nants_telescope"] = 3
        h["Nbls"], h["Nblts"], h["Nfreqs"] = baselines, rows, channels
        h["Npols"], h["Nspws"], h["Ntimes"] = pols, 1, times
        h["ant_1_array"] = np.tile([10, 10, 20], times)
        h["ant_2_array"] = np.tile([20, 30, 30], times)
        h["antenna_numbers"] = [10, 20, 30]
        h["antenna_names"] = np.array([b"a", b"b", b"c"])
        h["antenna_positions"] = np.arange(9.0).reshape(3, 3)
        row = np.arange(rows)
        h["uvw_array"] = np.stack([10.0 * row, row + 0.5, -1.0 * row], axis=1).astype("f4")
        # 2023-03-15T12:00:00 and every ten seconds after.
        h["time_array"] = 2460019.0 + np.repeat(np.arange(times), baselines) * 10 / 86400
        h["integration_time"] = np.full(rows, 10.0)
        h["freq_array"] = 1.4e9 + 1e6 * (np.arange(channels) + channels * subband)
        h["channel_width"] = np.full(channels, 1e6)
        h["spw_array"] = [0]
        h["flex_spw"] = False
        h["polarization_array"] = [-5, -6]
        h["phase_type"] = np.bytes_("drift")
        h.create_group("extra_keywords")
        d = f.create_group("Data")
        r, c, p = np.ogrid[:rows, :channels, :pols]
        vis = (100 * subband + 1000 * r + 10 * c + p) + 1j * r + 0 * c
        pair = np.dtype([("r", "f4"), ("i", "f4")])
        shape = (rows, channels, pols)
        stored = np.empty(shape, dtype=pair)
        stored["r"], stored["i"] = vis.real, vis.imag
        chunks = (3, 4, 2)
        d.create_dataset("visdata", data=stored, chunks=chunks, compression="lzf")
        flags = np.zeros(shape, dtype=bool)
        flags[5, 2] = True
        d.create_dataset("flags", data=flags, chunks=chunks, compression="lzf")
        d.create_dataset("nsamples", data=np.ones(shape, "f4"), chunks=chunks, compression="lzf")
