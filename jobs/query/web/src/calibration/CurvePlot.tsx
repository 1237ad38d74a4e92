import { useId } from 'react';
import { traceColour } from '../waveform/colours';
import { trim } from '../units/quantity';
import { type Curve, polylines, rangeOf, ticksOf } from './curves';

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 58;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 38;

/** Curves over a common axis, each in its colour; a point alone is a dot. */
export function CurvePlot({
  title,
  unit,
  across,
  curves,
  theme,
}: {
  readonly title: string;
  readonly unit: string;
  readonly across: string;
  readonly curves: readonly Curve[];
  readonly theme: 'light' | 'dark';
}) {
  const id = useId();
  const x = rangeOf(curves.flatMap((c) => c.x));
  const y = rangeOf(curves.flatMap((c) => c.y));
  const label = unit === '' ? title : `${title}, ${unit}`;
  if (x === null || y === null) {
    return (
      <figure className="curves">
        <figcaption>{label}</figcaption>
        <p className="faint">There is no gain: all of them are flagged.</p>
      </figure>
    );
  }
  const toX = (v: number) => LEFT + ((v - x[0]) / (x[1] - x[0])) * (WIDTH - LEFT - RIGHT);
  const toY = (v: number) => TOP + ((y[1] - v) / (y[1] - y[0])) * (HEIGHT - TOP - BOTTOM);
  return (
    <figure className="curves">
      <figcaption id={id}>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={id}>
        {ticksOf(x[0], x[1]).map((t) => (
          <g key={`x${t}`}>
            <line className="grid-line" x1={toX(t)} x2={toX(t)} y1={TOP} y2={HEIGHT - BOTTOM} />
            <text x={toX(t)} y={HEIGHT - BOTTOM + 15} textAnchor="middle">
              {trim(t, 6)}
            </text>
          </g>
        ))}
        {ticksOf(y[0], y[1]).map((t) => (
          <g key={`y${t}`}>
            <line className="grid-line" x1={LEFT} x2={WIDTH - RIGHT} y1={toY(t)} y2={toY(t)} />
            <text x={LEFT - 6} y={toY(t) + 4} textAnchor="end">
              {trim(t, 5)}
            </text>
          </g>
        ))}
        <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
          {across}
        </text>
        {curves.map((curve, i) =>
          polylines(curve, toX, toY).map((points, n) =>
            points.includes(' ') ? (
              <polyline key={`${curve.name} ${n}`} points={points} stroke={traceColour(i, theme)} />
            ) : (
              <circle
                key={`${curve.name} ${n}`}
                cx={points.split(',')[0]}
                cy={points.split(',')[1]}
                r={2.5}
                fill={traceColour(i, theme)}
              />
            ),
          ),
        )}
      </svg>
    </figure>
  );
}
