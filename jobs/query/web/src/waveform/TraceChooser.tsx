import { useId, useState } from 'react';
import { traceColour } from './colours';
import { MOST_TRACES, sameTrace, type Trace, type TraceCounts, traceName } from './traces';

/** Chooses the traces to show: selectors change the one that is chosen, and add others over it. */
export function TraceChooser({
  counts,
  traces,
  onTraces,
  theme,
}: {
  readonly counts: TraceCounts;
  readonly traces: readonly Trace[];
  readonly onTraces: (traces: readonly Trace[]) => void;
  readonly theme: 'light' | 'dark';
}) {
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, traces.length - 1);
  const trace = traces[at];
  if (trace === undefined) {
    return null;
  }
  const change = (changed: Trace) => {
    const other = traces.findIndex((t) => sameTrace(t, changed));
    if (other >= 0) {
      setChosen(other);
    } else {
      onTraces(traces.map((t, i) => (i === at ? changed : t)));
    }
  };
  const another = next(traces, trace, counts);
  return (
    <div className="trace-chooser">
      <Selector name="Channel" most={counts.channels} value={trace.channel} onValue={(channel) => change({ ...trace, channel })} />
      <Selector name="TRC" most={counts.trcs} value={trace.trc} onValue={(trc) => change({ ...trace, trc })} />
      <Selector name="Segment" most={counts.segments} value={trace.segment} onValue={(segment) => change({ ...trace, segment })} />
      <ul className="chips" aria-label="Traces shown">
        {traces.map((t, i) => (
          <li key={traceName(t)} className="chip" data-chosen={i === at || undefined}>
            <button type="button" aria-pressed={i === at} onClick={() => setChosen(i)}>
              <span className="dot" style={{ backgroundColor: traceColour(i, theme) }} aria-hidden="true" />
              {traceName(t)}
            </button>
            {traces.length > 1 && (
              <button
                type="button"
                className="remove"
                aria-label={`Remove ${traceName(t)}`}
                onClick={() => onTraces(traces.filter((_t, j) => j !== i))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {another !== null && (
        <button
          type="button"
          onClick={() => {
            onTraces([...traces, another]);
            setChosen(traces.length);
          }}
        >
          Add trace
        </button>
      )}
    </div>
  );
}

/** The trace after this one that is not shown yet: segments first, then trcs, then channels. */
function next(shown: readonly Trace[], after: Trace, counts: TraceCounts): Trace | null {
  if (shown.length >= MOST_TRACES) {
    return null;
  }
  const total = counts.channels * counts.trcs * counts.segments;
  const start = ((after.channel - 1) * counts.trcs + after.trc - 1) * counts.segments + after.segment - 1;
  for (let i = 1; i <= Math.min(total, MOST_TRACES + 1); i++) {
    const n = (start + i) % total;
    const trace = {
      channel: Math.floor(n / (counts.trcs * counts.segments)) + 1,
      trc: (Math.floor(n / counts.segments) % counts.trcs) + 1,
      segment: (n % counts.segments) + 1,
    };
    if (!shown.some((t) => sameTrace(t, trace))) {
      return trace;
    }
  }
  return null;
}

function Selector({
  name,
  most,
  value,
  onValue,
}: {
  readonly name: string;
  readonly most: number;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  const id = useId();
  return (
    <span className="selector">
      <label htmlFor={id}>{name}</label>
      {most <= 500 ? (
        <select id={id} value={value} disabled={most === 1} onChange={(e) => onValue(Number(e.target.value))}>
          {Array.from({ length: most }, (_x, i) => (
            <option key={i} value={i + 1}>
              {i + 1}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          min={1}
          max={most}
          value={value}
          onChange={(e) => {
            const n = Number(e.target.value);
            if (Number.isInteger(n) && n >= 1 && n <= most) {
              onValue(n);
            }
          }}
        />
      )}
      <span className="faint">of {most}</span>
    </span>
  );
}
