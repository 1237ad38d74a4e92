/** Numbers as people of the field write them: units always shown, no more digits than carry meaning. */

const TIME_UNITS: readonly (readonly [number, string])[] = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
  [1e-12, 'ps'],
];

/** A unit of time: its size in seconds and its name. */
export interface TimeUnit {
  readonly seconds: number;
  readonly name: string;
}

/** The unit in which a span of so many seconds reads best. */
export function timeUnit(span: number): TimeUnit {
  const size = Math.abs(span);
  for (const [seconds, name] of TIME_UNITS) {
    if (size >= seconds * 0.9999) {
      return { seconds, name };
    }
  }
  return size === 0 ? { seconds: 1, name: 's' } : { seconds: 1e-12, name: 'ps' };
}

/** A duration or a moment in seconds, in its own unit: `1.25 µs`. */
export function formatTime(seconds: number, digits = 6): string {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  const unit = timeUnit(seconds);
  return `${trim(seconds / unit.seconds, digits)} ${unit.name}`;
}

/** A moment within a view: digits enough to tell neighbouring pixels apart. */
export function formatMoment(seconds: number, span: number): string {
  const unit = timeUnit(Math.max(Math.abs(seconds), span));
  const step = span / unit.seconds / 1000;
  const decimals = step > 0 && Number.isFinite(step) ? clamp(Math.ceil(-Math.log10(step)), 0, 12) : 3;
  return `${(seconds / unit.seconds).toFixed(decimals)} ${unit.name}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in powers of a thousand: `3.6 GB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) {
    return '–';
  }
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 999.5 && unit < BYTE_UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0)} ${BYTE_UNITS[unit]}`;
}

/** A count with thin groups of three: `1 800 000`. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined || !Number.isFinite(count)) {
    return '–';
  }
  const text = Math.trunc(count).toString();
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Up to so many significant digits, without trailing zeros. */
export function trim(value: number, digits = 6): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) {
    return minus(value.toExponential(Math.max(0, digits - 1)).replace(/\.?0+e/, 'e'));
  }
  const text = value.toPrecision(digits);
  const plain = text.includes('e') ? Number(text).toString() : text;
  return minus(plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain);
}

function minus(text: string): string {
  return text.startsWith('-') ? `\u2212${text.slice(1)}` : text;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A moment in UTC to the second, as it sorts: `2026-11-21 14:03:09`. */
export function formatUtc(moment: string | number | Date | null | undefined): string {
  if (moment === null || moment === undefined || moment === '') {
    return '–';
  }
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(moment) : date.toISOString().slice(0, 19).replace('T', ' ');
}

/** How long ago, roughly. */
export function formatAge(moment: string | number | Date | null | undefined, now: number): string {
  if (moment === null || moment === undefined || moment === '') {
    return '–';
  }
  const seconds = (now - new Date(moment).getTime()) / 1000;
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  if (seconds < 45) {
    return 'just now';
  }
  const steps: readonly (readonly [number, string])[] = [
    [60, 'min'],
    [3600, 'h'],
    [86400, 'd'],
  ];
  let text = '';
  for (const [size, unit] of steps) {
    if (seconds >= size * 0.75) {
      text = `${Math.max(1, Math.round(seconds / size))} ${unit} ago`;
    }
  }
  return text;
}

/** A running time: `0.8 s`, `2 min 5 s`, `1 h 12 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return '–';
  }
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `1 row`, `1 234 rows`. */
export function formatRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}
