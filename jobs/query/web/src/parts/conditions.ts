import { type Cell, type Condition, type Test, TESTS } from '../api/tables';
import { formatUtc } from '../units/quantity';

/** Conditions as a link has them: `state = failed; bytes > 1000`. A semicolon in a value is doubled. */
export function formatConditions(conditions: readonly Condition[]): string {
  return conditions
    .map((c) => (takesValue(c.test) ? `${c.column} ${c.test} ${c.value}` : `${c.column} ${c.test}`).replaceAll(';', ';;'))
    .join('; ');
}

const BY_LENGTH: readonly Test[] = [...TESTS].sort((a, b) => b.length - a.length);

export function parseConditions(text: string): Condition[] {
  return text
    .split(/(?<!;); /)
    .map((part) => parseCondition(part.replaceAll(';;', ';')))
    .filter((c): c is Condition => c !== null);
}

function parseCondition(text: string): Condition | null {
  const space = text.indexOf(' ');
  if (space <= 0) {
    return null;
  }
  const column = text.slice(0, space);
  const rest = text.slice(space + 1);
  const test = BY_LENGTH.find((t) => rest === t || rest.startsWith(`${t} `));
  return test === undefined ? null : { column, test, value: rest.slice(test.length + 1) };
}

export function takesValue(test: Test): boolean {
  return test !== 'is null' && test !== 'is not null';
}

export function isNumeric(type: string): boolean {
  return /^(byte|short|int|integer|long|float|double|decimal|tinyint|smallint|bigint|real)/i.test(type);
}

/** The tests that make sense for a column. */
export function testsFor(type: string): readonly Test[] {
  if (/^bool/i.test(type)) {
    return ['=', 'is null', 'is not null'];
  }
  return /^(string|varchar)/i.test(type) ? TESTS : TESTS.filter((t) => t !== 'contains');
}

/** A value as text: moments in UTC, lists and records as JSON, nothing for null. */
export function cellText(cell: Cell, type: string): string {
  if (cell === null) {
    return '';
  }
  if (typeof cell === 'string') {
    return /^timestamp/i.test(type) ? formatUtc(cell) : cell;
  }
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
