import { type Extent, type Nested, type Span, whole, withZoom1, withZoom2 } from './windows';

/** A window as a link has it: two moments in seconds, exact to far below a sample. */
export function formatSpan(span: Span): string {
  return `${brief(span.t0)},${brief(span.t1)}`;
}

function brief(seconds: number): string {
  return String(Number(seconds.toPrecision(12)));
}

function parseSpan(text: string | undefined): Span | null {
  const [t0 = NaN, t1 = NaN] = (text ?? '').split(',').map(Number);
  return text !== undefined && text !== '' && Number.isFinite(t0) && Number.isFinite(t1) && t1 > t0 ? { t0, t1 } : null;
}

/** The windows of a link, made to fit the trace; null where the link has none. */
export function parseWindows(parameters: Readonly<Record<string, string>>, extent: Extent): Nested | null {
  const zoom1 = parseSpan(parameters['zoom1']);
  const zoom2 = parseSpan(parameters['zoom2']);
  if (zoom1 === null && zoom2 === null) {
    return null;
  }
  let nested: Nested = { zoom1: whole(extent), zoom2: whole(extent) };
  if (zoom1 !== null) {
    nested = withZoom1(nested, zoom1, extent);
  }
  return zoom2 === null ? nested : withZoom2(nested, zoom2, extent);
}
