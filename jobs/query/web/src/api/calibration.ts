import { address, json, pathSegments } from './http';

/** A set of solutions of one measurement set, as the table calibration_sets has it. */
export interface CalibrationSet {
  readonly solutions: string;
  readonly name: string | null;
  readonly root: string | null;
  readonly measurement_set: string | null;
  readonly terms: readonly string[] | null;
  readonly model: string | null;
  readonly field: string | null;
  readonly refant: string | null;
  readonly antennas: number | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly status: string | null;
  readonly quality: string | null;
  readonly flagged: number | null;
  readonly median_snr: number | null;
  readonly published: string | null;
}

/** How well an antenna was solved for, in one term or in all. */
export interface AntennaTally {
  readonly gains: number;
  readonly flagged: number;
  readonly flagged_fraction: number | null;
  readonly snr: number | null;
}

export interface Antenna extends AntennaTally {
  readonly name: string;
  readonly is_refant: boolean;
  readonly terms: Readonly<Record<string, AntennaTally>>;
}

/** Gains of one receptor: by interval and frequency. */
export interface ReceptorGains {
  readonly receptor: string;
  readonly time: readonly (number | null)[];
  readonly frequency: readonly number[];
  readonly amplitude: readonly (readonly (number | null)[])[];
  readonly phase: readonly (readonly (number | null)[])[];
  readonly delay: readonly (number | null)[];
}

export interface QualityNumber {
  readonly measurement_set: string | null;
  readonly term: string | null;
  readonly antenna: string | null;
  readonly metric: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly grade: string | null;
  readonly finding: string | null;
}

export interface Quality {
  readonly qa_grade: string;
  readonly qa_summary: string;
  readonly numbers: readonly QualityNumber[];
}

export async function fetchSets(signal: AbortSignal): Promise<readonly CalibrationSet[]> {
  const body = await json<{ items: readonly CalibrationSet[] }>(address('/api/v1/cal', { limit: 200 }), signal);
  return body.items;
}

export async function fetchAntennas(
  solutions: string,
  measurementSet: string | undefined,
  signal: AbortSignal,
): Promise<readonly Antenna[]> {
  const route = `/api/v1/cal/${pathSegments(solutions)}/antennas`;
  const body = await json<{ antennas: readonly Antenna[] }>(
    address(route, { measurement_set: measurementSet }),
    signal,
  );
  return body.antennas;
}

export async function fetchGains(
  solutions: string,
  question: { readonly measurement_set: string | undefined; readonly term: string; readonly antenna: string },
  signal: AbortSignal,
): Promise<readonly ReceptorGains[]> {
  const route = `/api/v1/cal/${pathSegments(solutions)}/gains`;
  const body = await json<{ receptors: readonly ReceptorGains[] }>(address(route, { ...question }), signal);
  return body.receptors;
}

/** What was measured of a set; a Problem of status 404 where nothing was. */
export async function fetchQuality(solutions: string, signal: AbortSignal): Promise<Quality> {
  return json<Quality>(`/api/v1/qa/${pathSegments(solutions)}`, signal);
}
