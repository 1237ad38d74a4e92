import { useId, useState } from 'react';
import type { Column, Condition, Test } from '../api/tables';
import { takesValue, testsFor } from './conditions';

/** Conditions on a table: those in force, each with a way to take it away, and one being written. */
export function ConditionBar({
  columns,
  conditions,
  onConditions,
}: {
  readonly columns: readonly Column[];
  readonly conditions: readonly Condition[];
  readonly onConditions: (conditions: readonly Condition[]) => void;
}) {
  const id = useId();
  const [column, setColumn] = useState(columns[0]?.name ?? '');
  const [test, setTest] = useState<Test>('=');
  const [value, setValue] = useState('');
  const type = columns.find((c) => c.name === column)?.type ?? 'string';
  const tests = testsFor(type);
  const chosen = tests.includes(test) ? test : '=';
  return (
    <form
      className="conditions"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        const condition: Condition = { column, test: chosen, value: takesValue(chosen) ? value : '' };
        onConditions([...conditions, condition]);
        setValue('');
      }}
    >
      <ul className="chips" aria-label="Conditions">
        {conditions.map((c, i) => (
          <li key={`${c.column} ${c.test} ${c.value}`} className="chip">
            <span className="chip-text">
              {c.column} {c.test} {c.value}
            </span>
            <button
              type="button"
              className="remove"
              aria-label={`Remove ${c.column} ${c.test} ${c.value}`}
              onClick={() => onConditions(conditions.filter((_c, j) => j !== i))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <label className="sr-only" htmlFor={`${id}-column`}>
        Column
      </label>
      <select id={`${id}-column`} value={column} onChange={(e) => setColumn(e.target.value)}>
        {columns.map((c) => (
          <option key={c.name} value={c.name}>
            {c.name}
          </option>
        ))}
      </select>
      <label className="sr-only" htmlFor={`${id}-test`}>
        Test
      </label>
      <select id={`${id}-test`} value={chosen} onChange={(e) => setTest(e.target.value as Test)}>
        {tests.map((t) => (
          <option key={t} value={t}>
            {t}
          </option>
        ))}
      </select>
      <label className="sr-only" htmlFor={`${id}-value`}>
        Value
      </label>
      <input
        id={`${id}-value`}
        data-search
        type="text"
        placeholder={takesValue(chosen) ? 'value  /' : ''}
        disabled={!takesValue(chosen)}
        value={takesValue(chosen) ? value : ''}
        onChange={(e) => setValue(e.target.value)}
      />
      <button type="submit">Filter</button>
    </form>
  );
}
