import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMoment, timeUnit, trim } from '../units/quantity';
import { traceColour } from './colours';
import { bucketsOf, bucketTimes, commonExtremes, paddedRange, type Envelope } from './envelope';
import { traceName, type Trace } from './traces';
import { WindowFrame } from './WindowFrame';
import { scaled, shifted, type Span, width } from './windows';

export interface TracePlotProps {
  readonly title: string;
  /** what the plot shows */
  readonly span: Span;
  readonly envelopes: readonly Envelope[];
  readonly traces: readonly Trace[];
  readonly theme: 'light' | 'dark';
  readonly height: number;
  /** the window of the next plot, shown as a frame that can be dragged */
  readonly inner?: Span;
  /** a window was drawn or dragged: the inner one where there is one, else the plot's own */
  readonly onWindow: (span: Span) => void;
  /** wheel and keys: the window that this plot zooms */
  readonly zoomed: Span;
  readonly onZoomed: (span: Span) => void;
  readonly onReset: () => void;
  /** one step of the window's size: 1 wider, -1 narrower */
  readonly onStep: (by: 1 | -1) => void;
  readonly onWidth: (pixels: number) => void;
  readonly loading: boolean;
  /** the range of values to show, where it is not the plot's own */
  readonly range?: readonly [number, number];
  /** gives the drawn canvas away, for export as a picture */
  readonly onCanvas?: (canvas: HTMLCanvasElement) => void;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function fade(hex: string, alpha: number): string {
  const value = Number.parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${alpha})`;
}

/** Values of one trace drawn as an area between minimum and maximum; single samples as line and points. */
function series(index: number, theme: 'light' | 'dark'): uPlot.Series[] {
  const stroke = traceColour(index, theme);
  const one: uPlot.Series = {
    stroke,
    width: 1,
    points: {
      show: (u, _series, from, to) => {
        const shown = to - from;
        return shown > 0 && u.bbox.width / uPlot.pxRatio / shown > 7;
      },
      size: 5,
      fill: stroke,
    },
  };
  return [one, { ...one }];
}

function axis(label: string | undefined, size: number, values: uPlot.Axis.DynamicValues): uPlot.Axis {
  return {
    stroke: () => colour('--text-faint'),
    grid: { stroke: () => colour('--line-faint'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1, size: 4 },
    font: '11px system-ui, sans-serif',
    labelFont: '11px system-ui, sans-serif',
    size,
    gap: 4,
    values,
    ...(label === undefined ? {} : { label, labelSize: 14, labelGap: 0 }),
  };
}

function timeValues(u: uPlot, splits: number[]): string[] {
  const x = u.scales['x'];
  const span = (x?.max ?? 1) - (x?.min ?? 0);
  const unit = timeUnit(Math.max(span, Math.abs(x?.max ?? 0) / 1000));
  const step = (splits[1] ?? 0) - (splits[0] ?? 0);
  const decimals = step > 0 ? Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / unit.seconds) - 1e-6))) : 0;
  return splits.map((t, i) => {
    const text = (t / unit.seconds).toFixed(decimals);
    return i === splits.length - 1 ? `${text} ${unit.name}` : text;
  });
}

export function TracePlot(props: TracePlotProps) {
  const { envelopes, traces, span, theme, height, onWidth } = props;
  const host = useRef<HTMLDivElement | null>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [over, setOver] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState(0);
  const [cursor, setCursor] = useState<{ x: number; t: number } | null>(null);
  const describedBy = useId();

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      const pixels = Math.floor(entry?.contentRect.width ?? 0);
      if (pixels > 0) {
        setSize(pixels);
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const unit = envelopes[0]?.unit ?? '';
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || size === 0) {
      return undefined;
    }
    const u = new uPlot(
      {
        width: size,
        height,
        pxAlign: 1,
        legend: { show: false },
        cursor: { drag: { x: false, y: false, setScale: false }, y: false, points: { show: false } },
        scales: {
          x: { time: false, range: () => [latest.current.span.t0, latest.current.span.t1] },
          y: { range: () => range(latest.current) },
        },
        axes: [
          axis(undefined, 26, timeValues),
          axis(unit, 54, (_u, splits) => splits.map((v) => trim(v, 6))),
        ],
        series: [{}, ...traces.flatMap((_t, i) => series(i, theme))],
        bands: traces.map((_t, i) => ({
          series: [i * 2 + 2, i * 2 + 1] as [number, number],
          fill: fade(traceColour(i, theme), 0.28),
        })),
        hooks: {
          setCursor: [
            (self) => {
              const x = self.cursor.left ?? -1;
              setCursor(x < 0 ? null : { x, t: self.posToVal(x, 'x') });
            },
          ],
          draw: [(self) => latest.current.onCanvas?.(self.ctx.canvas)],
        },
      },
      [[]],
      element,
    );
    u.ctx.canvas.setAttribute('aria-hidden', 'true');
    plot.current = u;
    setOver(u.over);
    latest.current.onWidth(Math.round(u.bbox.width / uPlot.pxRatio));
    return () => {
      plot.current = null;
      setOver(null);
      u.destroy();
    };
    // A new plot for what uPlot can't change; data and windows are set below.
  }, [size, height, theme, traces.length, unit, onWidth]);

  useEffect(() => {
    const u = plot.current;
    const first = envelopes[0];
    if (u === null || first === undefined) {
      return;
    }
    const n = first.min.length;
    const data: (Float64Array | (number | null)[])[] = [bucketTimes(first)];
    for (let i = 0; i < traces.length; i++) {
      const envelope = envelopes[i];
      const same = envelope !== undefined && envelope.min.length === n;
      data.push(same ? gaps(envelope.min) : new Array<null>(n).fill(null));
      data.push(same ? gaps(envelope.max) : new Array<null>(n).fill(null));
    }
    u.setData(data as unknown as uPlot.AlignedData, true);
  }, [over, envelopes, traces.length]);

  useEffect(() => {
    plot.current?.redraw(false, true);
    plot.current?.setScale('x', { min: span.t0, max: span.t1 });
  }, [over, span.t0, span.t1, props.range?.[0], props.range?.[1]]);

  const keys = useCallback((event: React.KeyboardEvent) => {
    const p = latest.current;
    const by = event.shiftKey ? width(p.zoomed) : width(p.zoomed) / 10;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => p.onZoomed(shifted(p.zoomed, -by)),
      ArrowRight: () => p.onZoomed(shifted(p.zoomed, by)),
      ArrowUp: () => p.onStep(-1),
      ArrowDown: () => p.onStep(1),
      '+': () => p.onStep(-1),
      '=': () => p.onStep(-1),
      '-': () => p.onStep(1),
      '0': () => p.onReset(),
      Home: () => p.onZoomed(shifted(p.zoomed, -1e30)),
      End: () => p.onZoomed(shifted(p.zoomed, 1e30)),
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      move();
    }
  }, []);

  useEffect(() => {
    if (over === null) {
      return undefined;
    }
    // Not through React, whose wheel listeners may not prevent scrolling.
    const wheel = (event: WheelEvent) => {
      const p = latest.current;
      const u = plot.current;
      if (u === null || event.ctrlKey) {
        return;
      }
      event.preventDefault();
      const along = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(along) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        p.onZoomed(shifted(p.zoomed, (along / 600) * width(p.zoomed)));
        return;
      }
      const anchor = u.posToVal(event.clientX - u.over.getBoundingClientRect().left, 'x');
      p.onZoomed(scaled(p.zoomed, Math.exp(Math.max(-240, Math.min(240, event.deltaY)) / 400), anchor));
    };
    over.addEventListener('wheel', wheel, { passive: false });
    return () => over.removeEventListener('wheel', wheel);
  }, [over]);

  const summary = summarise(envelopes, span);
  return (
    <section className="trace-plot" aria-label={props.title}>
      <div
        ref={host}
        className="trace-canvas"
        role="group"
        aria-roledescription="plot"
        aria-label={`${props.title}: plot. Arrow keys pan and zoom.`}
        aria-describedby={describedBy}
        tabIndex={0}
        style={{ height }}
        onKeyDown={keys}
        onDoubleClick={() => props.onReset()}
      />
      {over !== null && (
        <WindowFrame over={over} span={span} {...(props.inner ? { inner: props.inner } : {})} onWindow={props.onWindow} />
      )}
      <p id={describedBy} className="trace-summary" data-loading={props.loading || undefined}>
        {summary}
        <span className="trace-readout">{cursor === null ? '' : readout(cursor.t, envelopes, traces, span)}</span>
      </p>
    </section>
  );
}

function range(p: TracePlotProps): [number, number] {
  return p.range === undefined ? paddedRange(commonExtremes(p.envelopes, p.span)) : [p.range[0], p.range[1]];
}

function gaps(values: Float64Array): Float64Array | (number | null)[] {
  return values.some(Number.isNaN) ? Array.from(values, (v) => (Number.isNaN(v) ? null : v)) : values;
}

function summarise(envelopes: readonly Envelope[], span: Span): string {
  const first = envelopes[0];
  const extremes = commonExtremes(envelopes, span);
  if (first === undefined || extremes === null) {
    return '';
  }
  const per =
    first.samplesPerBucket === 1 ? 'every sample' : `${first.samplesPerBucket.toLocaleString('en')} samples a column`;
  return `min ${trim(extremes.min, 6)} ${first.unit}   max ${trim(extremes.max, 6)} ${first.unit}   ${per}`;
}

function readout(t: number, envelopes: readonly Envelope[], traces: readonly Trace[], span: Span): string {
  const parts = [formatMoment(t, width(span))];
  envelopes.forEach((envelope, i) => {
    const [index] = bucketsOf(envelope, { t0: t - envelope.dt / 2, t1: t + envelope.dt / 2 });
    const min = envelope.min[index];
    const max = envelope.max[index];
    const trace = traces[i];
    if (min !== undefined && max !== undefined && trace !== undefined) {
      const value = min === max ? trim(min, 6) : `${trim(min, 6)} … ${trim(max, 6)}`;
      parts.push(`${envelopes.length > 1 ? `${traceName(trace)} ` : ''}${value} ${envelope.unit}`);
    }
  });
  return parts.join('   ');
}
