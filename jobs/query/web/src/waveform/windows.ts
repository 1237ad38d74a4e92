import { clamp } from '../units/quantity';
import { nearestStep, stepsBetween } from './steps';

/** A half-open stretch of time, seconds from the trace's first sample. */
export interface Span {
  readonly t0: number;
  readonly t1: number;
}

/** The two nested windows of a trace: zoom 2 lies in zoom 1, and zoom 1 in the trace. */
export interface Nested {
  readonly zoom1: Span;
  readonly zoom2: Span;
}

/** What bounds the windows of a trace. */
export interface Extent {
  /** duration of the whole trace, seconds */
  readonly total: number;
  /** from sample to sample, seconds */
  readonly interval: number;
}

/** The smallest window of any use: four samples. */
export function shortest(extent: Extent): number {
  return Math.min(extent.total, extent.interval * 4);
}

export function width(span: Span): number {
  return span.t1 - span.t0;
}

export function middle(span: Span): number {
  return (span.t0 + span.t1) / 2;
}

/** The window sizes on offer: 1-2-5 steps below the whole trace. */
export function windowSizes(extent: Extent): number[] {
  return stepsBetween(shortest(extent), extent.total);
}

/** `span` moved, and if need be cut, so that it lies in `outer`. */
export function within(span: Span, outer: Span): Span {
  const size = Math.min(width(span), width(outer));
  const t0 = clamp(span.t0, outer.t0, Math.max(outer.t0, outer.t1 - size));
  return { t0, t1: t0 + size };
}

/** A window of a given size around a moment. */
export function around(moment: number, size: number): Span {
  return { t0: moment - size / 2, t1: moment + size / 2 };
}

export function shifted(span: Span, by: number): Span {
  return { t0: span.t0 + by, t1: span.t1 + by };
}

/** Zoomed by `factor` (below 1: closer) with the moment `anchor` staying where it is on screen. */
export function scaled(span: Span, factor: number, anchor: number): Span {
  return {
    t0: anchor - (anchor - span.t0) * factor,
    t1: anchor + (span.t1 - anchor) * factor,
  };
}

/** Resized about its middle. */
export function resized(span: Span, size: number): Span {
  return around(middle(span), size);
}

/** The whole trace. */
export function whole(extent: Extent): Span {
  return { t0: 0, t1: extent.total };
}

function limited(span: Span, least: number, outer: Span): Span {
  const size = clamp(width(span), Math.min(least, width(outer)), width(outer));
  return within(size === width(span) ? span : resized(span, size), outer);
}

/**
 * Zoom 1 set anew. Zoom 2 keeps its place in time where that is still inside, moves along where it
 * is not, and stays smaller than zoom 1.
 */
export function withZoom1(nested: Nested, zoom1: Span, extent: Extent): Nested {
  const least = shortest(extent);
  const outer = limited(zoom1, Math.min(extent.total, least * 2), whole(extent));
  const moved =
    width(outer) === width(nested.zoom1) ? shifted(nested.zoom2, outer.t0 - nested.zoom1.t0) : nested.zoom2;
  const most = Math.max(least, width(outer) / 2);
  const inner = width(moved) > most ? resized(moved, most) : moved;
  return { zoom1: outer, zoom2: limited(inner, least, outer) };
}

/** Zoom 2 set anew; where it would leave zoom 1, that is pulled along, and grows if it must. */
export function withZoom2(nested: Nested, zoom2: Span, extent: Extent): Nested {
  const least = shortest(extent);
  const most = Math.max(least, extent.total / 2);
  const smaller = width(zoom2) > most ? resized(zoom2, most) : zoom2;
  const inner = limited(smaller, least, whole(extent));
  let outer = nested.zoom1;
  if (width(inner) * 2 > width(outer)) {
    outer = within(resized(inner, Math.min(extent.total, width(inner) * 2)), whole(extent));
  }
  if (inner.t0 < outer.t0) {
    outer = shifted(outer, inner.t0 - outer.t0);
  } else if (inner.t1 > outer.t1) {
    outer = shifted(outer, inner.t1 - outer.t1);
  }
  return { zoom1: within(outer, whole(extent)), zoom2: inner };
}

/** The windows at first: about a tenth and about a hundredth of the trace, in its middle. */
export function firstWindows(extent: Extent): Nested {
  const sizes = windowSizes(extent);
  const size1 = sizes.length > 0 ? nearestStep(extent.total / 10, sizes) : extent.total / 2;
  const size2 = sizes.length > 0 ? nearestStep(extent.total / 100, sizes) : extent.total / 4;
  const start = { zoom1: whole(extent), zoom2: whole(extent) };
  const nested = withZoom1(start, around(extent.total / 2, size1), extent);
  return withZoom2(nested, around(extent.total / 2, Math.min(size2, size1 / 2)), extent);
}

/** Where a window stands on the way from the outer one's beginning (0) to its end (1). */
export function position(span: Span, outer: Span): number {
  const way = width(outer) - width(span);
  return way > 0 ? clamp((span.t0 - outer.t0) / way, 0, 1) : 0;
}

/** The window of the same size at such a position. */
export function atPosition(span: Span, outer: Span, where: number): Span {
  const t0 = outer.t0 + (width(outer) - width(span)) * clamp(where, 0, 1);
  return { t0, t1: t0 + width(span) };
}
