import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { replacePlace, usePlace } from '../app/route';
import { save } from '../api/http';
import { useRequest } from '../api/useRequest';
import { fetchWaveform, fetchWaveforms, type Waveform } from '../api/waveforms';
import { Empty, Failure, Loading } from '../parts/states';
import { formatCount, formatMoment, formatTime } from '../units/quantity';
import { commonExtremes, exportColumns, paddedRange, toCsv, toNpy } from '../waveform/envelope';
import { neighbouringStep } from '../waveform/steps';
import { TraceChooser } from '../waveform/TraceChooser';
import { TracePlot } from '../waveform/TracePlot';
import { formatTraces, parseTraces, traceName, type Trace } from '../waveform/traces';
import { useEnvelopes } from '../waveform/useEnvelopes';
import { formatSpan, parseWindows } from '../waveform/windowLinks';
import { WindowControls } from '../waveform/WindowControls';
import {
  firstWindows,
  type Nested,
  resized,
  type Span,
  whole,
  width,
  windowSizes,
  withZoom1,
  withZoom2,
} from '../waveform/windows';

/** The waveform viewer: the whole trace, a window of it, and a window of that. */
export function WaveformView({ theme }: { readonly theme: 'light' | 'dark' }) {
  const { place } = usePlace();
  const id = place.parameters['product'] ?? '';
  return id === '' ? <WaveformList /> : <OneWaveform key={id} id={id} theme={theme} />;
}

function WaveformList() {
  const { place, go } = usePlace();
  const after = place.parameters['after'];
  const [turn, setTurn] = useState(0);
  const list = useRequest(`waveforms ${after ?? ''}`, (signal) => fetchWaveforms(signal, after), turn);
  if (list.state === 'failed') {
    return <Failure fault={list.fault} retry={() => setTurn((t) => t + 1)} />;
  }
  if (list.value === undefined) {
    return <Loading what="waveforms" />;
  }
  const { waveforms, unreadable, next } = list.value;
  if (waveforms.length === 0 && next === undefined) {
    return (
      <Empty title="No waveforms yet">
        <p>
          A waveform is a dataset of four axes (channel, trc, segment, sample). Convert a recording, and it
          appears here:
        </p>
        <pre>cornerturn convert recording.h5 --output recording.zarr</pre>
        <p>
          Or try it with simulated data: <code>cornerturn demo</code>.
        </p>
      </Empty>
    );
  }
  return (
    <div className="page-column">
      <h2 className="title">Waveforms</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="number">Channels</th>
            <th scope="col" className="number">Trcs</th>
            <th scope="col" className="number">Segments</th>
            <th scope="col" className="number">Samples each</th>
            <th scope="col" className="number">Duration</th>
            <th scope="col">Stored as</th>
          </tr>
        </thead>
        <tbody>
          {waveforms.map((w) => (
            <tr key={w.id}>
              <td>
                <button type="button" className="link" onClick={() => go('waveforms', { product: w.id })}>
                  {w.name}
                </button>
                <span className="faint"> {w.id.slice(0, -w.name.length)}</span>
              </td>
              <td className="number">{w.counts.channels}</td>
              <td className="number">{w.counts.trcs}</td>
              <td className="number">{w.counts.segments}</td>
              <td className="number">{formatCount(w.samples)}</td>
              <td className="number">{formatTime(w.extent.total, 4)}</td>
              <td>{w.layout}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {next !== undefined && (
        <p className="row below">
          <span className="faint">There are more places to look into.</span>
          <button type="button" onClick={() => go('waveforms', { after: next })}>
            Look further
          </button>
        </p>
      )}
      {unreadable.length > 0 && (
        <details className="below">
          <summary>{unreadable.length} could not be read</summary>
          <ul>
            {unreadable.map((u) => (
              <li key={u.product}>
                <code>{u.product}</code> {u.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function OneWaveform({ id, theme }: { readonly id: string; readonly theme: 'light' | 'dark' }) {
  const [turn, setTurn] = useState(0);
  const found = useRequest(id, (signal) => fetchWaveform(id, signal), turn);
  if (found.state === 'failed') {
    return <Failure fault={found.fault} retry={() => setTurn((t) => t + 1)} />;
  }
  if (found.value === undefined) {
    return <Loading what={id} />;
  }
  if (found.value.samples < 2) {
    return <Empty title="This waveform has no samples to draw" />;
  }
  return <Viewer waveform={found.value} theme={theme} />;
}

const PLOT_KEYS = 'Drag a window, its edges, or a new one · wheel zooms at the pointer · arrow keys pan and zoom · 0 resets';

function Viewer({ waveform, theme }: { readonly waveform: Waveform; readonly theme: 'light' | 'dark' }) {
  const { place, go } = usePlace();
  const { extent } = waveform;
  const [traces, setTraces] = useState<readonly Trace[]>(() => parseTraces(place.parameters, waveform.counts));
  const [windows, setWindows] = useState<Nested>(
    () => parseWindows(place.parameters, extent) ?? firstWindows(extent),
  );
  const [steady, setSteady] = useState(place.parameters['scale'] === 'same');
  const [pixels, setPixels] = useState(0);
  const [told, setTold] = useState('');

  useEffect(() => {
    const timer = window.setTimeout(
      () =>
        replacePlace('waveforms', {
          product: waveform.id,
          traces: formatTraces(traces),
          zoom1: formatSpan(windows.zoom1),
          zoom2: formatSpan(windows.zoom2),
          scale: steady ? 'same' : undefined,
        }),
      150,
    );
    return () => window.clearTimeout(timer);
  }, [waveform.id, traces, windows, steady]);

  const sizes = useMemo(() => windowSizes(extent), [extent]);
  const all = useMemo(() => whole(extent), [extent]);
  const views: readonly { name: string; span: Span; margin: number }[] = [
    { name: 'Whole trace', span: all, margin: 0 },
    { name: 'Zoom 1', span: windows.zoom1, margin: 0.25 },
    { name: 'Zoom 2', span: windows.zoom2, margin: 0.25 },
  ];
  const asked = (i: number) =>
    pixels > 0 && views[i] !== undefined
      ? { product: waveform.id, traces, extent, span: views[i].span, pixels, margin: views[i].margin }
      : null;
  const shown = [useEnvelopes(asked(0)), useEnvelopes(asked(1)), useEnvelopes(asked(2))] as const;
  const set1 = useCallback((span: Span) => setWindows((old) => withZoom1(old, span, extent)), [extent]);
  const set2 = useCallback((span: Span) => setWindows((old) => withZoom2(old, span, extent)), [extent]);
  const reset1 = useCallback(() => setWindows(firstWindows(extent)), [extent]);
  const reset2 = useCallback(
    () => setWindows((old) => withZoom2(old, resized(old.zoom1, width(old.zoom1) / 5), extent)),
    [extent],
  );
  const step1 = (by: number) => set1(resized(windows.zoom1, neighbouringStep(width(windows.zoom1), by, sizes)));
  const step2 = (by: number) => set2(resized(windows.zoom2, neighbouringStep(width(windows.zoom2), by, sizes)));
  const canvases = useRef<(HTMLCanvasElement | null)[]>([null, null, null]);
  const common = steady ? paddedRange(commonExtremes(shown[0].envelopes, all)) : undefined;

  const exported = (i: number) => {
    const view = views[i];
    const loaded = shown[i];
    if (view === undefined || loaded === undefined) {
      return null;
    }
    const named = loaded.envelopes.flatMap((envelope, t) => {
      const trace = loaded.traces[t];
      return trace === undefined ? [] : [{ name: traceName(trace).replaceAll(' ', '_'), envelope }];
    });
    const file = `${waveform.name.replaceAll(/[^\w.-]+/g, '_')}_${formatSpan(view.span).replace(',', '-')}s`;
    return { file, ...exportColumns(named, view.span) };
  };
  const exportAs = (i: number, kind: 'csv' | 'npy' | 'png') => {
    const data = exported(i);
    const canvas = canvases.current[i];
    if (data === null) {
      return;
    }
    if (kind === 'csv') {
      save(new Blob([toCsv(data.names, data.columns)], { type: 'text/csv' }), `${data.file}.csv`);
    } else if (kind === 'npy') {
      save(new Blob([toNpy(data.columns)], { type: 'application/octet-stream' }), `${data.file}.npy`);
    } else if (canvas) {
      picture(canvas).then(
        (blob) => save(blob, `${data.file}.png`),
        (fault: unknown) => setTold(`No picture: ${String(fault)}`),
      );
    }
  };
  const share = () => {
    navigator.clipboard.writeText(window.location.href).then(
      () => setTold('Link copied'),
      () => setTold('The browser does not allow copying; the address bar has the link'),
    );
  };

  const settings = [
    { inner: windows.zoom1, onWindow: set1, zoomed: windows.zoom1, onZoomed: set1, onReset: reset1, step: step1, height: 150 },
    { inner: windows.zoom2, onWindow: set2, zoomed: windows.zoom1, onZoomed: set1, onReset: reset1, step: step1, height: 200 },
    { inner: undefined, onWindow: set2, zoomed: windows.zoom2, onZoomed: set2, onReset: reset2, step: step2, height: 240 },
  ];
  return (
    <div className="waveform">
      <header className="view-head">
        <div>
          <h2 className="title">{waveform.name}</h2>
          <p className="faint">
            {formatCount(waveform.samples)} samples · {formatTime(extent.total, 4)} · one every{' '}
            {formatTime(extent.interval, 4)} · {waveform.layout}
          </p>
        </div>
        <div className="row">
          <label className="check">
            <input type="checkbox" checked={steady} onChange={(e) => setSteady(e.target.checked)} />
            Same scale
          </label>
          <button type="button" onClick={share}>
            Copy link
          </button>
          <button type="button" onClick={() => go('waveforms')}>
            Plot another
          </button>
        </div>
        <p className="told" role="status">
          {told}
        </p>
      </header>
      <TraceChooser counts={waveform.counts} traces={traces} onTraces={setTraces} theme={theme} />
      {views.map((view, i) => {
        const s = settings[i];
        const data = shown[i];
        if (s === undefined || data === undefined) {
          return null;
        }
        return (
          <div className="waveform-view" key={view.name}>
            <div className="waveform-bar">
              <h3>{view.name}</h3>
              {i === 0 ? (
                <span className="faint">{formatTime(extent.total, 6)}</span>
              ) : (
                <WindowControls
                  name={view.name}
                  span={view.span}
                  outer={i === 1 ? all : windows.zoom1}
                  sizes={sizes.filter((size) => i === 1 || size <= width(windows.zoom1) / 2 + extent.interval)}
                  onSpan={i === 1 ? set1 : set2}
                />
              )}
              {i > 0 && <span className="faint moment">from {formatMoment(view.span.t0, width(view.span))}</span>}
              <span className="spacer" />
              <span className="exports" role="group" aria-label={`Export ${view.name}`}>
                {(['csv', 'npy', 'png'] as const).map((kind) => (
                  <button key={kind} type="button" className="quiet" onClick={() => exportAs(i, kind)}>
                    {kind.toUpperCase()}
                  </button>
                ))}
              </span>
            </div>
            {data.fault !== null && <Failure fault={data.fault} />}
            <TracePlot
              title={view.name}
              span={view.span}
              envelopes={data.envelopes}
              traces={data.traces}
              theme={theme}
              height={s.height}
              {...(s.inner ? { inner: s.inner } : {})}
              onWindow={s.onWindow}
              zoomed={s.zoomed}
              onZoomed={s.onZoomed}
              onReset={s.onReset}
              onStep={s.step}
              onWidth={setPixels}
              loading={data.loading}
              {...(common ? { range: common } : {})}
              onCanvas={(canvas) => {
                canvases.current[i] = canvas;
              }}
            />
          </div>
        );
      })}
      <p className="faint hint">{PLOT_KEYS}</p>
    </div>
  );
}

/** The canvas on the page's ground: its own is transparent. */
function picture(canvas: HTMLCanvasElement): Promise<Blob> {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  if (context === null) {
    return Promise.reject(new Error('this browser has no canvas'));
  }
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ground').trim();
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) => {
    copy.toBlob((blob) => (blob === null ? reject(new Error('the canvas is empty')) : resolve(blob)), 'image/png');
  });
}
