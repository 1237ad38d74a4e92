/** Which trace: channel, trc and segment, counted from 1 as people and links do. */
export interface Trace {
  readonly channel: number;
  readonly trc: number;
  readonly segment: number;
}

/** How many traces there are along each axis. */
export interface TraceCounts {
  readonly channels: number;
  readonly trcs: number;
  readonly segments: number;
}

export const MOST_TRACES = 6;

export function traceName(trace: Trace): string {
  return `ch${trace.channel} trc${trace.trc} seg${trace.segment}`;
}

export function sameTrace(a: Trace, b: Trace): boolean {
  return a.channel === b.channel && a.trc === b.trc && a.segment === b.segment;
}

function counts(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

export function exists(trace: Trace, of: TraceCounts): boolean {
  return counts(trace.channel, of.channels) && counts(trace.trc, of.trcs) && counts(trace.segment, of.segments);
}

/** `1.1.3,2.1.3` */
export function formatTraces(traces: readonly Trace[]): string {
  return traces.map((t) => `${t.channel}.${t.trc}.${t.segment}`).join(',');
}

/** The traces of a link that exist, each once; those of an old link (`channel`, `trc`, `segment`) too. */
export function parseTraces(parameters: Readonly<Record<string, string>>, of: TraceCounts): Trace[] {
  const text =
    parameters['traces'] ??
    [parameters['channel'] ?? '1', parameters['trc'] ?? '1', parameters['segment'] ?? '1'].join('.');
  const traces: Trace[] = [];
  for (const part of text.split(',')) {
    const [channel = NaN, trc = NaN, segment = NaN] = part.split('.').map(Number);
    const trace = { channel, trc, segment };
    if (exists(trace, of) && !traces.some((t) => sameTrace(t, trace)) && traces.length < MOST_TRACES) {
      traces.push(trace);
    }
  }
  return traces.length > 0 ? traces : [{ channel: 1, trc: 1, segment: 1 }];
}
