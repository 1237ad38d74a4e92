package org.cornerturn.query;

import io.micrometer.core.instrument.MeterRegistry;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.root.Roots;

/** What all features share; each feature's routes are built from it. */
public record Service(
    Config config,
    Roots roots,
    Warehouse warehouse,
    Limits limits,
    Caches caches,
    RequestMemory memory,
    MeterRegistry metrics) {}
