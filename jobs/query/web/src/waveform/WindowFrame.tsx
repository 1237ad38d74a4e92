import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Span, width } from './windows';

type Grip = 'move' | 'left' | 'right' | 'draw' | 'pan';

/** Pixels at a frame's edge that take hold of the edge. */
const EDGE = 6;

/**
 * The frame of the next plot's window over a plot, and the pointer's work on it: inside the frame it
 * moves, its edges resize, elsewhere a new window is drawn. Without an inner window a drawn one is
 * the plot's own, and Shift pans. One pointer at a time; touch works as the mouse does.
 */
export function WindowFrame({
  over,
  span,
  inner,
  onWindow,
}: {
  readonly over: HTMLElement;
  readonly span: Span;
  readonly inner?: Span;
  readonly onWindow: (span: Span) => void;
}) {
  const state = useRef({ span, inner, onWindow });
  state.current = { span, inner, onWindow };
  const [drawn, setDrawn] = useState<Span | null>(null);

  useEffect(() => {
    let drag: { grip: Grip; from: number; span: Span; inner: Span | undefined } | null = null;
    const timeAt = (event: PointerEvent, of: Span) => {
      const box = over.getBoundingClientRect();
      return of.t0 + ((event.clientX - box.left) / box.width) * width(of);
    };
    const gripAt = (event: PointerEvent): Grip => {
      const { span: s, inner: i } = state.current;
      if (i === undefined) {
        return event.shiftKey ? 'pan' : 'draw';
      }
      const box = over.getBoundingClientRect();
      const x = event.clientX - box.left;
      const left = ((i.t0 - s.t0) / width(s)) * box.width;
      const right = ((i.t1 - s.t0) / width(s)) * box.width;
      const edge = Math.min(EDGE, Math.max(2, (right - left) / 4));
      // A window of few pixels can still be taken hold of.
      const slack = Math.max(0, (10 - (right - left)) / 2);
      if (right - left > 14 && Math.abs(x - left) <= edge) {
        return 'left';
      }
      if (right - left > 14 && Math.abs(x - right) <= edge) {
        return 'right';
      }
      return x >= left - slack && x <= right + slack ? 'move' : 'draw';
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0) {
        return;
      }
      const grip = gripAt(event);
      drag = { grip, from: timeAt(event, state.current.span), span: state.current.span, inner: state.current.inner };
      over.setPointerCapture(event.pointerId);
      over.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    };
    const move = (event: PointerEvent) => {
      if (drag === null) {
        over.style.cursor = { move: 'grab', pan: 'grab', draw: 'crosshair', left: 'ew-resize', right: 'ew-resize' }[
          gripAt(event)
        ];
        return;
      }
      const now = timeAt(event, drag.span);
      const by = now - drag.from;
      const i = drag.inner;
      if (drag.grip === 'draw') {
        setDrawn({ t0: Math.min(now, drag.from), t1: Math.max(now, drag.from) });
      } else if (drag.grip === 'pan') {
        state.current.onWindow({ t0: drag.span.t0 - by, t1: drag.span.t1 - by });
      } else if (i !== undefined) {
        const moved =
          drag.grip === 'move'
            ? { t0: i.t0 + by, t1: i.t1 + by }
            : drag.grip === 'left'
              ? { t0: Math.min(i.t0 + by, i.t1), t1: i.t1 }
              : { t0: i.t0, t1: Math.max(i.t1 + by, i.t0) };
        state.current.onWindow(moved);
      }
    };
    const up = (event: PointerEvent) => {
      const ended = drag;
      drag = null;
      setDrawn(null);
      if (ended?.grip === 'draw' && event.type === 'pointerup') {
        const now = timeAt(event, ended.span);
        const box = over.getBoundingClientRect();
        if ((Math.abs(now - ended.from) / width(ended.span)) * box.width >= 4) {
          state.current.onWindow({ t0: Math.min(now, ended.from), t1: Math.max(now, ended.from) });
        } else if (ended.inner !== undefined) {
          // A click beside the frame brings it here.
          const half = width(ended.inner) / 2;
          state.current.onWindow({ t0: now - half, t1: now + half });
        }
      }
    };
    over.style.touchAction = 'pan-y';
    over.addEventListener('pointerdown', down);
    over.addEventListener('pointermove', move);
    over.addEventListener('pointerup', up);
    over.addEventListener('pointercancel', up);
    return () => {
      over.removeEventListener('pointerdown', down);
      over.removeEventListener('pointermove', move);
      over.removeEventListener('pointerup', up);
      over.removeEventListener('pointercancel', up);
    };
  }, [over]);

  return createPortal(
    <>
      {inner !== undefined && <Frame kind="window-frame" span={span} of={inner} />}
      {drawn !== null && <Frame kind="window-drawn" span={span} of={drawn} />}
    </>,
    over,
  );
}

function Frame({ kind, span, of }: { readonly kind: string; readonly span: Span; readonly of: Span }) {
  const left = Math.max(0, (of.t0 - span.t0) / width(span));
  const right = Math.min(1, (of.t1 - span.t0) / width(span));
  if (right <= 0 || left >= 1) {
    return null;
  }
  return (
    <div className={kind} style={{ left: `${left * 100}%`, width: `max(3px, ${Math.max(0, right - left) * 100}%)` }} />
  );
}
