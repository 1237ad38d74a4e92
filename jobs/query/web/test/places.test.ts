import { describe, expect, it } from 'vitest';
import { type Condition, filterText, rowsAddress } from '../src/api/tables';
import { formatPlace, parsePlace } from '../src/app/route';
import { cellText, formatConditions, isNumeric, parseConditions, testsFor } from '../src/parts/conditions';
import { formatTraces, parseTraces } from '../src/waveform/traces';

describe('places', () => {
  it.each([
    ['', '', {}],
    ['#/', '', {}],
    ['#/files?file=lake/a%20b.h5&path=/entry', 'files', { file: 'lake/a b.h5', path: '/entry' }],
    ['#/tables/', 'tables', {}],
    ['#/%', '%', {}],
  ])('of %s', (fragment, view, parameters) => expect(parsePlace(fragment)).toEqual({ view, parameters }));

  it('are written so that they can be read, and read back', () => {
    const parameters = { file: 'lake/a&b #1.h5', path: '/é', none: undefined, empty: '' };
    const text = formatPlace('files', parameters);
    expect(text).toBe('#/files?file=lake/a%26b%20%231.h5&path=/%C3%A9');
    expect(parsePlace(text).parameters).toEqual({ file: 'lake/a&b #1.h5', path: '/é' });
  });
});

describe('traces of a link', () => {
  const counts = { channels: 2, trcs: 1, segments: 4 };

  it('are those that exist, each once', () => {
    expect(formatTraces(parseTraces({ traces: '1.1.1,2.1.4,1.1.1,3.1.1,1.1.5,x' }, counts))).toBe('1.1.1,2.1.4');
  });

  it('may be given in the old way', () => {
    expect(formatTraces(parseTraces({ channel: '2', segment: '3' }, counts))).toBe('2.1.3');
  });

  it('are the first trace where there is none', () => {
    expect(formatTraces(parseTraces({ traces: '9.9.9' }, counts))).toBe('1.1.1');
  });
});

describe('conditions', () => {
  const conditions: Condition[] = [
    { column: 'state', test: '=', value: 'failed; or not' },
    { column: 'bytes', test: '>=', value: '1000' },
    { column: 'message', test: 'is not null', value: '' },
    { column: 'root', test: 'contains', value: 'night 1' },
  ];

  it('survive a link', () => {
    expect(parseConditions(formatConditions(conditions))).toEqual(conditions);
    expect(parseConditions('')).toEqual([]);
    expect(parseConditions('nonsense')).toEqual([]);
  });

  it('become filters of the service, one parameter each', () => {
    expect(conditions.map(filterText)).toEqual([
      'state = failed; or not',
      'bytes >= 1000',
      'message is not null',
      'root contains night 1',
    ]);
    const url = rowsAddress(
      'runs',
      { conditions: conditions.slice(0, 2), order: '-bytes', version: '3', columns: ['run', 'bytes'] },
      { limit: 5 },
    );
    expect(url).toBe(
      '/api/v1/tables/runs/rows?columns=run%2Cbytes&order=-bytes&version=3&limit=5&filter=state%20%3D%20failed%3B%20or%20not&filter=bytes%20%3E%3D%201000',
    );
  });

  it('offer what makes sense for a column', () => {
    expect(testsFor('boolean')).not.toContain('<');
    expect(testsFor('long')).not.toContain('contains');
    expect(testsFor('string')).toContain('contains');
    expect(isNumeric('double')).toBe(true);
    expect(isNumeric('string')).toBe(false);
  });

  it('show values as they are', () => {
    expect(cellText('2026-11-21T12:00:00Z', 'timestamp')).toBe('2026-11-21 12:00:00');
    expect(cellText(['a', 1], 'array<string>')).toBe('["a",1]');
    expect(cellText(null, 'string')).toBe('');
    expect(cellText(false, 'boolean')).toBe('false');
  });
});
