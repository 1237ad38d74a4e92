import { useEffect, useRef, type ReactNode } from 'react';
import { fetchProduct, fetchRun } from '../api/runs';
import { useRequest } from '../api/useRequest';
import { formatPlace } from '../app/route';
import { Failure, Loading } from '../parts/states';
import { State } from '../parts/State';
import { formatBytes, formatCount, formatDuration, formatUtc } from '../units/quantity';

function Panel({ title, onClose, children }: { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="panel" aria-labelledby="panel-title" onClose={onClose}>
      <header>
        <h2 id="panel-title">{title}</h2>
        <form method="dialog">
          <button type="submit" aria-label="Close">
            ×
          </button>
        </form>
      </header>
      {children}
    </dialog>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** All that is known of a run. */
export function RunPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const found = useRequest(`run ${id}`, (signal) => fetchRun(id, signal));
  const run = found.value;
  return (
    <Panel title={run === undefined ? 'Run' : `Run of ${run.verb}`} onClose={onClose}>
      {found.state === 'failed' && <Failure fault={found.fault} />}
      {found.state === 'loading' && run === undefined && <Loading what="the run" />}
      {run !== undefined && (
        <Facts
          facts={[
            ['State', <State key="state" state={run.state} />],
            ...(run.message === null ? [] : [['Why', run.message] as const]),
            ['Command', <code key="command">cornerturn {run.arguments.join(' ')}</code>],
            ['Started', `${formatUtc(run.started)} UTC`],
            ['Ended', run.ended === null ? '–' : `${formatUtc(run.ended)} UTC`],
            ['Took', formatDuration(run.seconds)],
            ['Read', formatBytes(run.bytes_in)],
            ['Written', formatBytes(run.bytes_out)],
            ['Exit code', run.exit ?? '–'],
            [
              'Products',
              run.products.length === 0 ? (
                '–'
              ) : (
                <ul key="products">
                  {run.products.map((p) => (
                    <li key={p}>
                      <a href={formatPlace('', { product: p })}>{p}</a>
                    </li>
                  ))}
                </ul>
              ),
            ],
            ['Who', `${run.user ?? '–'} on ${run.host ?? '–'}`],
            ['Version', run.version ?? '–'],
            ['Id', <code key="id">{run.run}</code>],
          ]}
        />
      )}
    </Panel>
  );
}

/** All that is known of a product, and ways to look at it. */
export function ProductPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const found = useRequest(`product ${id}`, (signal) => fetchProduct(id, signal));
  const product = found.value;
  return (
    <Panel title={id} onClose={onClose}>
      {found.state === 'failed' && <Failure fault={found.fault} />}
      {found.state === 'loading' && product === undefined && <Loading what="the product" />}
      {product !== undefined && (
        <>
          <Facts
            facts={[
              ['State', <State key="state" state={product.state} />],
              ['Place', <code key="root">{product.root}</code>],
              ['Made by', product.verb],
              ['Size', formatBytes(product.bytes)],
              ['Tasks', formatCount(product.chunks)],
              ['Published', `${formatUtc(product.published)} UTC`],
              ['Run', product.run === null ? '–' : <a key="run" href={formatPlace('', { run: product.run })}>{product.run}</a>],
              ['Fingerprint', <code key="fingerprint">{product.fingerprint ?? '–'}</code>],
              ['Version', product.version ?? '–'],
            ]}
          />
          <p className="row">
            <a className="button" href={formatPlace('waveforms')}>
              Waveforms
            </a>
            <a className="button" href={formatPlace('tables')}>
              Tables
            </a>
          </p>
        </>
      )}
    </Panel>
  );
}
