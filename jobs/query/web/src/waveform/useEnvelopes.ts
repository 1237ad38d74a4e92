import { useEffect, useRef, useState } from 'react';
import { isAbort } from '../api/http';
import { fetchWindow } from '../api/waveforms';
import type { Envelope } from './envelope';
import { Latest, RecentAnswers } from './latest';
import { formatTraces, type Trace } from './traces';
import { type Extent, type Span, whole, width, within } from './windows';

export interface EnvelopesAsked {
  readonly product: string;
  readonly traces: readonly Trace[];
  readonly extent: Extent;
  readonly span: Span;
  /** columns of the screen that the span fills */
  readonly pixels: number;
  /** how much more to load on both sides, as a share of the span, so that panning has something to show */
  readonly margin: number;
}

export interface Envelopes {
  /** of each trace, in the order asked; what was shown before, until the new ones are there */
  readonly envelopes: readonly Envelope[];
  /** the traces they belong to */
  readonly traces: readonly Trace[];
  readonly loading: boolean;
  readonly fault: unknown;
}

const answers = new RecentAnswers<Envelope>(48e6, (e) => e.min.byteLength + e.max.byteLength);

/** The stretch that is loaded for a view, and its width in columns. */
export function loaded(asked: EnvelopesAsked): { span: Span; pixels: number } {
  const more = width(asked.span) * asked.margin;
  const span = within({ t0: asked.span.t0 - more, t1: asked.span.t1 + more }, whole(asked.extent));
  return { span, pixels: Math.ceil((asked.pixels * width(span)) / width(asked.span)) };
}

async function load(asked: EnvelopesAsked, signal: AbortSignal): Promise<Envelope[]> {
  const { span, pixels } = loaded(asked);
  return Promise.all(
    asked.traces.map(async (trace) => {
      const key = `${asked.product} ${formatTraces([trace])} ${span.t0} ${span.t1} ${pixels}`;
      const known = answers.get(key);
      if (known !== undefined) {
        return known;
      }
      const envelope = await fetchWindow(asked.product, trace, span, pixels, signal);
      answers.put(key, envelope);
      return envelope;
    }),
  );
}

/** Envelopes of a view, loaded as it changes; requests that are out of date are cancelled. */
export function useEnvelopes(asked: EnvelopesAsked | null): Envelopes {
  const [shown, setShown] = useState<Envelopes>({ envelopes: [], traces: [], loading: true, fault: null });
  const latest = useRef<Latest<EnvelopesAsked> | null>(null);
  useEffect(() => {
    latest.current = new Latest<EnvelopesAsked>(
      async (job, signal) => {
        setShown((old) => ({ ...old, loading: true }));
        try {
          const envelopes = await load(job, signal);
          if (!signal.aborted) {
            setShown({ envelopes, traces: job.traces, loading: false, fault: null });
          }
        } catch (fault) {
          if (!isAbort(fault)) {
            setShown((old) => ({ ...old, loading: false, fault }));
          }
        }
      },
      (next, running) =>
        next.product !== running.product ||
        formatTraces(next.traces) !== formatTraces(running.traces) ||
        next.span.t1 < running.span.t0 ||
        next.span.t0 > running.span.t1 ||
        Math.abs(Math.log2(width(next.span) / width(running.span))) > 1,
    );
    return () => latest.current?.close();
  }, []);
  const key =
    asked === null
      ? null
      : `${asked.product} ${formatTraces(asked.traces)} ${asked.span.t0} ${asked.span.t1} ${asked.pixels}`;
  const question = useRef(asked);
  question.current = asked;
  useEffect(() => {
    if (key !== null && question.current !== null) {
      latest.current?.ask(question.current);
    }
  }, [key]);
  return shown;
}
