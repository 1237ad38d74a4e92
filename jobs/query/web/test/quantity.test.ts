import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatRows,
  formatDuration,
  formatMoment,
  formatTime,
  formatUtc,
  timeUnit,
  trim,
} from '../src/units/quantity';

describe('times', () => {
  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [2.5e-3, '2.5 ms'],
    [1e-6, '1 µs'],
    [5e-9, '5 ns'],
    [1.5e-10, '150 ps'],
    [-2e-6, '\u22122 µs'],
    [Number.NaN, '–'],
  ])('%d s reads %s', (seconds, text) => expect(formatTime(seconds)).toBe(text));

  it('takes the larger unit when a span fills it up to rounding', () => {
    expect(timeUnit(0.99999e-3).name).toBe('ms');
    expect(timeUnit(0.9e-3).name).toBe('µs');
  });

  it('gives a moment digits enough to tell two pixels apart', () => {
    expect(formatMoment(0.012345678, 1e-6)).toBe('12.345678 ms');
    expect(formatMoment(0.012345678, 1)).toBe('0.012 s');
  });

  it('tells running times', () => {
    expect(formatDuration(0.84)).toBe('0.8 s');
    expect(formatDuration(125)).toBe('2 min 5 s');
    expect(formatDuration(4320)).toBe('1 h 12 min');
    expect(formatDuration(null)).toBe('–');
  });

  it('tells ages', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(formatAge('2026-11-21T11:59:30Z', now)).toBe('just now');
    expect(formatAge('2026-11-21T11:40:00Z', now)).toBe('20 min ago');
    expect(formatAge('2026-11-21T07:00:00Z', now)).toBe('5 h ago');
    expect(formatAge('2026-11-18T12:00:00Z', now)).toBe('3 d ago');
    expect(formatAge(null, now)).toBe('–');
  });

  it('writes moments in UTC', () => {
    expect(formatUtc('2026-11-21T13:03:09.5+01:00')).toBe('2026-11-21 12:03:09');
    expect(formatUtc('soon')).toBe('soon');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.6, '1.00 kB'],
    [3_600_000_000, '3.60 GB'],
    [24_500_000, '24.5 MB'],
    [null, '–'],
  ])('%s bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('groups counts by thin spaces', () => {
    expect(formatCount(1_800_000)).toBe('1\u202f800\u202f000');
    expect(formatRows(1)).toBe('1 row');
    expect(formatRows(0)).toBe('0 rows');
    expect(formatCount(12)).toBe('12');
  });

  it.each([
    [0, '0'],
    [812.00001, '812'],
    [-0.125, '\u22120.125'],
    [1e-7, '1e-7'],
    [123456789, '123457000'],
    [2.5e12, '2.5e+12'],
    [Number.NaN, 'NaN'],
    [-Infinity, '−∞'],
  ])('%d is trimmed to %s', (value, text) => expect(trim(value)).toBe(text));
});
