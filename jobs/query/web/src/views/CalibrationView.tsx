import { useMemo, useState } from 'react';
import {
  type Antenna,
  type CalibrationSet,
  fetchAntennas,
  fetchGains,
  fetchQuality,
  fetchSets,
  type QualityNumber,
} from '../api/calibration';
import { Problem } from '../api/http';
import { useChanges } from '../api/useChanges';
import { useRequest } from '../api/useRequest';
import { formatPlace, usePlace } from '../app/route';
import { AntennaGrid } from '../calibration/AntennaGrid';
import { CurvePlot } from '../calibration/CurvePlot';
import { curvesOf } from '../calibration/curves';
import { Empty, Failure, Loading } from '../parts/states';
import { formatUtc, trim } from '../units/quantity';
import { traceColour } from '../waveform/colours';

/** Sets of gains: how well each antenna was solved for, its curves, and what was measured. */
export function CalibrationView({ theme }: { readonly theme: 'light' | 'dark' }) {
  const { place } = usePlace();
  const [turn, setTurn] = useState(0);
  const changes = useChanges();
  const sets = useRequest('calibrations', fetchSets, turn + changes);
  if (sets.state === 'failed') {
    return <Failure fault={sets.fault} retry={() => setTurn((t) => t + 1)} />;
  }
  if (sets.value === undefined) {
    return <Loading what="calibrations" />;
  }
  if (sets.value.length === 0) {
    return (
      <Empty title="Nothing has been calibrated in this warehouse yet">
        <p>Sets of gains appear here as they are solved for:</p>
        <pre>cornerturn calibrate NIGHT.ps.zarr --solve K:inf,B:inf,G:60s</pre>
      </Empty>
    );
  }
  const { set, ms } = place.parameters;
  const chosen =
    sets.value.find((s) => s.solutions === set && (ms === undefined || s.measurement_set === ms)) ??
    (set === undefined ? sets.value[0] : undefined);
  return (
    <div className="tables">
      <nav className="side" aria-label="Sets of solutions">
        <ul>
          {sets.value.map((s) => (
            <li key={`${s.solutions} ${s.measurement_set ?? ''}`}>
              <a
                href={formatPlace('calibration', { set: s.solutions, ms: s.measurement_set ?? undefined })}
                aria-current={s === chosen ? 'true' : undefined}
                title={s.root ?? s.solutions}
              >
                <span>{s.name ?? s.solutions}</span>
                <span className="faint">{s.quality ?? s.status ?? ''}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {chosen === undefined ? (
        <Empty title="There is no such set of solutions">
          <p>It may have been taken away since this link was made. Choose one from the list.</p>
        </Empty>
      ) : (
        <OneSet key={`${chosen.solutions} ${chosen.measurement_set ?? ''}`} set={chosen} theme={theme} />
      )}
    </div>
  );
}

function OneSet({ set, theme }: { readonly set: CalibrationSet; readonly theme: 'light' | 'dark' }) {
  const { place, go } = usePlace();
  const ms = set.measurement_set ?? undefined;
  const antennas = useRequest(`antennas ${set.solutions} ${ms ?? ''}`, (signal) =>
    fetchAntennas(set.solutions, ms, signal),
  );
  const terms = useMemo(
    () => [...new Set((antennas.value ?? []).flatMap((a) => Object.keys(a.terms)))].sort(byPlace),
    [antennas.value],
  );
  const term = place.parameters['term'] ?? '';
  const antenna = place.parameters['antenna'];
  const change = (changed: Readonly<Record<string, string | undefined>>) =>
    go('calibration', { set: set.solutions, ms, term, antenna, ...changed });
  return (
    <section className="calibration" aria-label={set.name ?? set.solutions}>
      <header className="view-head">
        <div>
          <h2 className="title">{set.name ?? set.solutions}</h2>
          <p className="faint">{facts(set)}</p>
        </div>
        <label>
          Term{' '}
          <select value={term} onChange={(event) => change({ term: event.target.value })}>
            <option value="">all</option>
            {terms.map((t) => (
              <option key={t}>{t}</option>
            ))}
          </select>
        </label>
      </header>
      {antennas.state === 'failed' ? (
        <Failure fault={antennas.fault} />
      ) : antennas.value === undefined ? (
        <Loading what="antennas" />
      ) : (
        <AntennaGrid
          antennas={antennas.value}
          term={term}
          chosen={antenna}
          onChoose={(name) => change({ antenna: name })}
        />
      )}
      {antenna !== undefined && antennas.value !== undefined && (
        <Gains
          set={set}
          antenna={antennas.value.find((a) => a.name === antenna)}
          terms={term === '' ? terms : [term]}
          theme={theme}
        />
      )}
      <QualityTable solutions={set.solutions} ms={ms} />
    </section>
  );
}

/** Terms in the order of the chain: the number is at the end of their names. */
function byPlace(a: string, b: string): number {
  return Number(a.split('_')[1] ?? 0) - Number(b.split('_')[1] ?? 0);
}

function facts(set: CalibrationSet): string {
  return [
    set.status ?? '',
    (set.terms ?? []).join(', '),
    set.model === null ? '' : `model ${set.model}`,
    set.refant === null ? '' : `reference antenna ${set.refant}`,
    set.flagged === null ? '' : `${trim(100 * set.flagged, 3)} % flagged`,
    set.median_snr === null ? '' : `median SNR ${trim(set.median_snr, 3)}`,
    set.started === null ? '' : `${formatUtc(set.started)} to ${formatUtc(set.ended)} UTC`,
  ]
    .filter((t) => t !== '')
    .join(' · ');
}

function Gains({
  set,
  antenna,
  terms,
  theme,
}: {
  readonly set: CalibrationSet;
  readonly antenna: Antenna | undefined;
  readonly terms: readonly string[];
  readonly theme: 'light' | 'dark';
}) {
  if (antenna === undefined) {
    return <p className="faint">There is no such antenna in this set.</p>;
  }
  return (
    <section aria-label={`Gains of ${antenna.name}`} className="gains">
      <h3>
        Gains of {antenna.name}
        {antenna.is_refant ? ', the reference antenna' : ''}
      </h3>
      {terms
        .filter((t) => antenna.terms[t] !== undefined)
        .map((t) => (
          <Term key={t} set={set} antenna={antenna.name} term={t} theme={theme} />
        ))}
    </section>
  );
}

function Term({
  set,
  antenna,
  term,
  theme,
}: {
  readonly set: CalibrationSet;
  readonly antenna: string;
  readonly term: string;
  readonly theme: 'light' | 'dark';
}) {
  const ms = set.measurement_set ?? undefined;
  const [interval, setInterval] = useState(0);
  const gains = useRequest(`gains ${set.solutions} ${ms ?? ''} ${term} ${antenna}`, (signal) =>
    fetchGains(set.solutions, { measurement_set: ms, term, antenna }, signal),
  );
  if (gains.state === 'failed') {
    return <Failure fault={gains.fault} />;
  }
  if (gains.value === undefined) {
    return <Loading what={term} />;
  }
  const curves = curvesOf(gains.value, interval);
  const intervals = Math.max(...gains.value.map((r) => r.time.length));
  const across = curves.axis === 'frequency' ? 'MHz' : 'minutes after the first interval';
  return (
    <section aria-label={term} className="term">
      <header>
        <h3>{term}</h3>
        {gains.value.map((r, i) => (
          <span key={r.receptor} className="receptor">
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="5" fill={traceColour(i, theme)} />
            </svg>
            {r.receptor}
          </span>
        ))}
        {curves.axis === 'frequency' && intervals > 1 && (
          <label>
            Interval{' '}
            <select value={interval} onChange={(event) => setInterval(Number(event.target.value))}>
              {Array.from({ length: intervals }, (_, i) => (
                <option key={i} value={i}>
                  {i + 1} of {intervals}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <div className="plots">
        <CurvePlot title="Amplitude" unit="" across={across} curves={curves.amplitude} theme={theme} />
        <CurvePlot title="Phase" unit="degrees" across={across} curves={curves.phase} theme={theme} />
        {curves.delay.length > 0 && (
          <CurvePlot
            title="Delay"
            unit="ns"
            across="minutes after the first interval"
            curves={curves.delay}
            theme={theme}
          />
        )}
      </div>
    </section>
  );
}

function QualityTable({ solutions, ms }: { readonly solutions: string; readonly ms: string | undefined }) {
  const quality = useRequest(`quality ${solutions}`, (signal) => fetchQuality(solutions, signal));
  if (quality.state === 'failed') {
    return quality.fault instanceof Problem && quality.fault.status === 404 ? (
      <p className="faint">Nothing was measured of this set.</p>
    ) : (
      <Failure fault={quality.fault} />
    );
  }
  if (quality.value === undefined) {
    return <Loading what="quality" />;
  }
  const numbers = quality.value.numbers.filter(
    (n) => ms === undefined || n.measurement_set === null || n.measurement_set === ms,
  );
  return (
    <section aria-label="Quality" className="quality">
      <h3>
        Quality: <span data-grade={quality.value.qa_grade}>{quality.value.qa_grade}</span>
      </h3>
      <p className="faint">{quality.value.qa_summary}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Measured numbers">
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Term</th>
              <th scope="col">Antenna</th>
              <th scope="col">Measured</th>
              <th scope="col" className="number">Value</th>
              <th scope="col">Found</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map((n) => (
              <tr key={`${n.term ?? ''} ${n.antenna ?? ''} ${n.metric}`}>
                <td>{n.term ?? 'all'}</td>
                <td>{n.antenna ?? 'all'}</td>
                <td>{n.metric.replaceAll('_', ' ')}</td>
                <td className="number">{amount(n)}</td>
                <td>{n.grade === null ? '–' : <span data-grade={n.grade}>{n.finding ?? n.grade}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function amount(n: QualityNumber): string {
  return n.value === null ? '–' : `${trim(n.value, 4)}${n.unit === null ? '' : ` ${n.unit}`}`;
}
