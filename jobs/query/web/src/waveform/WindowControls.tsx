import { useId } from 'react';
import { formatTime } from '../units/quantity';
import { nearestStep, neighbouringStep } from './steps';
import { atPosition, position, resized, type Span, width } from './windows';

/** Size of a window in 1-2-5 steps, and where it stands. */
export function WindowControls({
  name,
  span,
  outer,
  sizes,
  onSpan,
}: {
  readonly name: string;
  readonly span: Span;
  readonly outer: Span;
  readonly sizes: readonly number[];
  readonly onSpan: (span: Span) => void;
}) {
  const id = useId();
  const nearest = nearestStep(width(span), sizes);
  const onStep = sizes.includes(nearest) && Math.abs(nearest / width(span) - 1) < 1e-6;
  return (
    <span className="window-controls">
      <button
        type="button"
        aria-label={`${name}: narrower window`}
        title="Narrower (↑)"
        onClick={() => onSpan(resized(span, neighbouringStep(width(span), -1, sizes)))}
      >
        −
      </button>
      <label className="sr-only" htmlFor={`${id}-size`}>
        {name}: size of the window
      </label>
      <select
        id={`${id}-size`}
        value={onStep ? String(nearest) : 'other'}
        onChange={(event) => onSpan(resized(span, Number(event.target.value)))}
      >
        {!onStep && (
          <option value="other" disabled>
            {formatTime(width(span), 4)}
          </option>
        )}
        {sizes.map((size) => (
          <option key={size} value={String(size)}>
            {formatTime(size)}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={`${name}: wider window`}
        title="Wider (↓)"
        onClick={() => onSpan(resized(span, neighbouringStep(width(span), 1, sizes)))}
      >
        +
      </button>
      <label className="sr-only" htmlFor={`${id}-place`}>
        {name}: position of the window, per cent
      </label>
      <input
        id={`${id}-place`}
        type="range"
        min={0}
        max={100}
        step={0.1}
        value={position(span, outer) * 100}
        onChange={(event) => onSpan(atPosition(span, outer, Number(event.target.value) / 100))}
      />
      <output htmlFor={`${id}-place`} className="percent">
        {(position(span, outer) * 100).toFixed(1)} %
      </output>
    </span>
  );
}
