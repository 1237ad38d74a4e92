import { useEffect, useState, type ReactNode } from 'react';
import { fetchProducts, fetchRuns, type Product, type Run } from '../api/runs';
import { useChanges } from '../api/useChanges';
import { type Loaded, useRequest } from '../api/useRequest';
import { formatPlace } from '../app/route';
import { usePlace } from '../app/route';
import { ProductPanel, RunPanel } from './RunPanel';
import { Empty, Failure, Loading } from '../parts/states';
import { State } from '../parts/State';
import { formatAge, formatBytes, formatDuration, formatUtc } from '../units/quantity';

const SHOWN = 50;

/** What was made, and what is being made. */
export function HomeView() {
  const { place, go } = usePlace();
  const [turn, setTurn] = useState(0);
  const changes = useChanges();
  const now = useNow(30_000);
  const runs = useRequest('runs', (signal) => fetchRuns(SHOWN, signal), turn + changes);
  const products = useRequest('products', (signal) => fetchProducts(SHOWN, signal), turn + changes);
  const again = () => setTurn((t) => t + 1);
  if (runs.state === 'failed' && products.state === 'failed') {
    return <Failure fault={runs.fault} retry={again} />;
  }
  if (runs.value?.length === 0 && products.value?.length === 0) {
    return <Beginning />;
  }
  const close = () => go('');
  return (
    <div className="home">
      <section>
        <h2 className="title">Products</h2>
        <Part loaded={products} what="products" retry={again}>
          {(rows) => <Products products={rows} now={now} />}
        </Part>
      </section>
      <section>
        <h2 className="title">
          Runs
        </h2>
        <Part loaded={runs} what="runs" retry={again}>
          {(rows) => <Runs runs={rows} now={now} />}
        </Part>
      </section>
      {place.parameters['run'] !== undefined && <RunPanel id={place.parameters['run']} onClose={close} />}
      {place.parameters['product'] !== undefined && (
        <ProductPanel id={place.parameters['product']} onClose={close} />
      )}
    </div>
  );
}

/** The time, renewed every so many milliseconds: for “3 min ago”. */
function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), every);
    return () => window.clearInterval(timer);
  }, [every]);
  return now;
}

function Part<T>({
  loaded,
  what,
  retry,
  children,
}: {
  readonly loaded: Loaded<readonly T[]>;
  readonly what: string;
  readonly retry: () => void;
  readonly children: (rows: readonly T[]) => ReactNode;
}) {
  if (loaded.state === 'failed') {
    return <Failure fault={loaded.fault} retry={retry} />;
  }
  if (loaded.value === undefined) {
    return <Loading what={what} />;
  }
  return loaded.value.length === 0 ? <p className="faint">None yet.</p> : children(loaded.value);
}

function Beginning() {
  return (
    <Empty title="Nothing has been made in this warehouse yet">
      <p>Products and runs appear here as commands make them. Two ways to begin:</p>
      <pre>
        cornerturn demo{'\n'}
        cornerturn convert FILE.h5 --output FILE.zarr
      </pre>
      <p>
        HDF5 files of the roots can be looked at right away: <a href={formatPlace('files')}>HDF5 files</a>.
      </p>
    </Empty>
  );
}

/** A root's last part: what people call the product. */
export function shortName(product: Product): string {
  return product.root.replace(/\/+$/, '').split('/').at(-1) ?? product.product;
}

function Products({ products, now }: { readonly products: readonly Product[]; readonly now: number }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Products">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">Made by</th>
            <th scope="col" className="number">Size</th>
            <th scope="col">Published</th>
          </tr>
        </thead>
        <tbody>
          {products.map((p) => (
            <tr key={`${p.product} ${p.published ?? ''}`}>
              <td>
                <a href={formatPlace('', { product: p.product })} title={p.root}>
                  {shortName(p)}
                </a>
              </td>
              <td>{p.verb}</td>
              <td className="number">{formatBytes(p.bytes)}</td>
              <td title={`${formatUtc(p.published)} UTC`}>{formatAge(p.published, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Runs({ runs, now }: { readonly runs: readonly Run[]; readonly now: number }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Runs">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Command</th>
            <th scope="col">Started</th>
            <th scope="col" className="number">Took</th>
            <th scope="col" className="number">Read</th>
            <th scope="col" className="number">Written</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((r) => (
            <tr key={r.run}>
              <td>
                <State state={r.state} />
              </td>
              <td className="command">
                <a href={formatPlace('', { run: r.run })} title={[r.verb, ...r.arguments].join(' ')}>
                  {r.verb}
                </a>{' '}
                <span className="faint">{r.arguments.filter((a) => a !== r.verb).join(' ')}</span>
              </td>
              <td title={`${formatUtc(r.started)} UTC`}>{formatAge(r.started, now)}</td>
              <td className="number">{formatDuration(r.seconds)}</td>
              <td className="number">{formatBytes(r.bytes_in)}</td>
              <td className="number">{formatBytes(r.bytes_out)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
