import { useEffect, useMemo, useState } from 'react';
import { download } from '../api/http';
import {
  type Cell,
  type Column,
  type Condition,
  fetchHistory,
  fetchRows,
  fetchTable,
  fetchTables,
  type Page,
  rowsAddress,
  type TableDetail,
  type TableQuery,
  type TableSummary,
} from '../api/tables';
import { useChanges } from '../api/useChanges';
import { useRequest } from '../api/useRequest';
import { formatPlace, usePlace } from '../app/route';
import { ConditionBar } from '../parts/ConditionBar';
import { cellText, formatConditions, isNumeric, parseConditions } from '../parts/conditions';
import { Empty, Failure, Loading } from '../parts/states';
import { formatCount, formatRows, formatUtc } from '../units/quantity';

const PAGE = 200;
const FORMATS = [
  { format: 'csv', name: 'CSV', ending: 'csv' },
  { format: 'json', name: 'JSON', ending: 'json' },
  { format: 'arrow', name: 'Arrow', ending: 'arrows' },
  { format: 'parquet', name: 'Parquet', ending: 'parquet' },
] as const;

/** The warehouse's tables: a list beside one table with filters, order, versions and downloads. */
export function TablesView() {
  const { place } = usePlace();
  const [turn, setTurn] = useState(0);
  const changes = useChanges();
  const list = useRequest('tables', fetchTables, turn + changes);
  if (list.state === 'failed') {
    return <Failure fault={list.fault} retry={() => setTurn((t) => t + 1)} />;
  }
  if (list.value === undefined) {
    return <Loading what="tables" />;
  }
  if (list.value.length === 0) {
    return (
      <Empty title="This warehouse has no tables yet">
        <p>Every run leaves rows in “runs” and “products”; an index of files makes three more tables:</p>
        <pre>cornerturn index /data/night</pre>
      </Empty>
    );
  }
  const name = place.parameters['table'] ?? list.value[0]?.name ?? '';
  return (
    <div className="tables">
      <TableList tables={list.value} chosen={name} />
      <OneTable key={name} name={name} />
    </div>
  );
}

function TableList({ tables, chosen }: { readonly tables: readonly TableSummary[]; readonly chosen: string }) {
  return (
    <nav className="side" aria-label="Tables">
      <ul>
        {tables.map((t) => (
          <li key={t.name}>
            <a
              href={formatPlace('tables', { table: t.name })}
              aria-current={t.name === chosen ? 'true' : undefined}
              title={t.description}
            >
              <span>{t.name}</span>
              {t.rows !== null && <span className="faint">{formatCount(t.rows)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function OneTable({ name }: { readonly name: string }) {
  const { place } = usePlace();
  const version = place.parameters['version'];
  const found = useRequest(`table ${name} ${version ?? ''}`, (signal) => fetchTable(name, version, signal));
  if (found.state === 'failed') {
    return <Failure fault={found.fault} />;
  }
  if (found.value === undefined) {
    return <Loading what={name} />;
  }
  return <TableBrowser table={found.value} />;
}

function TableBrowser({ table }: { readonly table: TableDetail }) {
  const { place, go } = usePlace();
  const { filter, order, version, columns } = place.parameters;
  const conditions = useMemo(() => parseConditions(filter ?? ''), [filter]);
  const shown = useMemo(() => {
    const wanted = (columns ?? '').split(',').filter((c) => table.columns.some((known) => known.name === c));
    return wanted.length > 0 ? table.columns.filter((c) => wanted.includes(c.name)) : table.columns;
  }, [columns, table]);
  const query: TableQuery = {
    conditions,
    order,
    version,
    columns: shown.length === table.columns.length ? [] : shown.map((c) => c.name),
  };
  const change = (changed: Partial<Record<'filter' | 'order' | 'version' | 'columns', string | undefined>>) =>
    go('tables', { table: table.name, filter, order, version, columns, ...changed });
  const history = useRequest(`history ${table.name}`, (signal) => fetchHistory(table.name, signal));
  const rows = useRows(table.name, query);
  const [fault, setFault] = useState<unknown>(null);
  return (
    <section className="table-view" aria-label={table.name}>
      <header className="view-head">
        <div>
          <h2 className="title">{table.name}</h2>
          <p className="faint">
            {[table.description, table.rows === null ? '' : formatRows(table.rows)]
              .filter((t) => t !== '')
              .join(' · ')}
          </p>
        </div>
        <div className="row">
          <label>
            Version{' '}
            <select aria-label="Version of the table" value={version ?? ''} onChange={(e) => change({ version: e.target.value || undefined })}>
              <option value="">latest{table.version === null || version !== undefined ? '' : ` (${table.version})`}</option>
              {(history.value ?? []).map((v) => (
                <option key={v.version} value={String(v.version)}>
                  {v.version} · {formatUtc(v.timestamp)}
                </option>
              ))}
            </select>
          </label>
          <details className="menu">
            <summary>Columns</summary>
            <div className="menu-body">
              {table.columns.map((c) => (
                <label key={c.name} title={c.description}>
                  <input
                    type="checkbox"
                    checked={shown.includes(c)}
                    onChange={() => {
                      const kept = table.columns
                        .filter((k) => (k === c ? !shown.includes(c) : shown.includes(k)))
                        .map((k) => k.name);
                      change({ columns: kept.length === table.columns.length ? undefined : kept.join(',') });
                    }}
                  />
                  {c.name}
                </label>
              ))}
            </div>
          </details>
          <details className="menu">
            <summary>Download</summary>
            <div className="menu-body">
              {FORMATS.map((f) => (
                <button
                  key={f.format}
                  type="button"
                  onClick={() => {
                    setFault(null);
                    download(
                      rowsAddress(table.name, query, { format: f.format }),
                      `${table.name.replaceAll('/', '_')}.${f.ending}`,
                    ).catch(setFault);
                  }}
                >
                  {f.name}
                </button>
              ))}
            </div>
          </details>
        </div>
      </header>
      {fault !== null && <Failure fault={fault} />}
      <ConditionBar
        columns={table.columns}
        conditions={conditions}
        onConditions={(changed: readonly Condition[]) =>
          change({ filter: changed.length > 0 ? formatConditions(changed) : undefined })
        }
      />
      <Grid columns={shown} rows={rows} order={order} onOrder={(o) => change({ order: o })} filtered={conditions.length > 0} />
    </section>
  );
}

interface Rows {
  readonly pages: readonly Page[];
  readonly loading: boolean;
  readonly fault: unknown;
  readonly more: () => void;
}

/** Pages of rows, one after the other; a change of the question begins anew. */
function useRows(name: string, query: TableQuery): Rows {
  const key = rowsAddress(name, query, {});
  const [pages, setPages] = useState<{ key: string; pages: readonly Page[] }>({ key, pages: [] });
  const have = pages.key === key ? pages.pages : [];
  const [wanted, setWanted] = useState<{ key: string; cursor: string | undefined }>({ key, cursor: undefined });
  const cursor = wanted.key === key ? wanted.cursor : undefined;
  const page = useRequest(`${key} ${cursor ?? ''}`, (signal) => fetchRows(name, query, cursor, PAGE, signal));
  useEffect(() => {
    if (page.state === 'ready') {
      setPages((old) => {
        const before = old.key === key && cursor !== undefined ? old.pages : [];
        return before.includes(page.value) ? old : { key, pages: [...before, page.value] };
      });
    }
    // The answer alone decides; key and cursor are those it was asked with.
  }, [page]);
  const last = have.at(-1);
  return {
    pages: have,
    loading: page.state === 'loading',
    fault: page.state === 'failed' ? page.fault : null,
    more: () => {
      if (last?.next !== undefined) {
        setWanted({ key, cursor: last.next });
      }
    },
  };
}

function Grid({
  columns,
  rows,
  order,
  onOrder,
  filtered,
}: {
  readonly columns: readonly Column[];
  readonly rows: Rows;
  readonly order: string | undefined;
  readonly onOrder: (order: string | undefined) => void;
  readonly filtered: boolean;
}) {
  const count = rows.pages.reduce((n, p) => n + p.rows.length, 0);
  const more = rows.pages.at(-1)?.next !== undefined;
  if (rows.fault !== null) {
    return <Failure fault={rows.fault} />;
  }
  if (rows.pages.length === 0) {
    return <Loading what="rows" />;
  }
  return (
    <>
      <div className="grid-scroll" tabIndex={0} role="region" aria-label="Rows">
        <table className="grid">
          <thead>
            <tr>
              {columns.map((c) => (
                <th key={c.name} scope="col" className={isNumeric(c.type) ? 'number' : ''} aria-sort={sorted(c.name, order)}>
                  <button type="button" title={`${c.description}\n${c.type}`} onClick={() => onOrder(nextOrder(c.name, order))}>
                    {c.name}
                    {c.unit !== '' && <span className="unit"> {c.unit}</span>}
                    <span className="sort" aria-hidden="true" />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.pages.flatMap((p, i) =>
              p.rows.map((row, j) => (
                <tr key={`${i} ${j}`}>
                  {columns.map((c) => (
                    <Value key={c.name} cell={row[c.name] ?? null} type={c.type} />
                  ))}
                </tr>
              )),
            )}
          </tbody>
        </table>
        {count === 0 && (
          <Empty title={filtered ? 'No row fits these conditions' : 'This table has no rows'}>
            {filtered && <p>Take a condition away, or change its value.</p>}
          </Empty>
        )}
      </div>
      <footer className="grid-foot">
        <span role="status">
          {formatRows(count)}
          {more ? ' so far' : ''}
        </span>
        {more && (
          <button type="button" disabled={rows.loading} onClick={rows.more}>
            {rows.loading ? 'Loading …' : 'More rows'}
          </button>
        )}
      </footer>
    </>
  );
}

function Value({ cell, type }: { readonly cell: Cell; readonly type: string }) {
  const text = cellText(cell, type);
  return (
    <td className={isNumeric(type) ? 'number' : ''} data-null={cell === null || undefined} title={text.length > 40 ? text : undefined}>
      {text}
    </td>
  );
}

function sorted(column: string, order: string | undefined): 'ascending' | 'descending' | 'none' {
  return order === column ? 'ascending' : order === `-${column}` ? 'descending' : 'none';
}

/** Unsorted, then rising, then falling, then unsorted again. */
function nextOrder(column: string, order: string | undefined): string | undefined {
  return order === column ? `-${column}` : order === `-${column}` ? undefined : column;
}
