import { App, H5GroveProvider } from '@h5web/app';
import '@h5web/app/styles.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fetchFolder, fetchForH5web, type Folder } from '../api/files';
import { apiKey } from '../api/http';
import { useChanges } from '../api/useChanges';
import { useRequest } from '../api/useRequest';
import { formatPlace, replacePlace, usePlace } from '../app/route';
import { Empty, Failure, Loading } from '../parts/states';
import { formatBytes, formatUtc } from '../units/quantity';

/** HDF5 files: a picker over the roots, and h5web on the file that was picked. */
export function FilesView() {
  const { place } = usePlace();
  const file = place.parameters['file'] ?? '';
  return file === '' ? (
    <Picker prefix={place.parameters['in'] ?? ''} />
  ) : (
    <Browser key={file} file={file} path={place.parameters['path'] ?? '/'} />
  );
}

/** The folder that a file or folder lies in. */
function parent(key: string): string {
  return key.replace(/\/+$/, '').replace(/[^/]+$/, '');
}

function Picker({ prefix }: { readonly prefix: string }) {
  const { go } = usePlace();
  const [turn, setTurn] = useState(0);
  const [filter, setFilter] = useState('');
  const changes = useChanges();
  const list = useRequest(`folder ${prefix}`, (signal) => fetchFolder(prefix, signal), turn + changes);
  useEffect(() => setFilter(''), [prefix]);
  return (
    <div className="page-column">
      <header className="view-head">
        <div>
          <h2 className="title">HDF5 files</h2>
          <Crumbs prefix={prefix} />
        </div>
        <input
          type="search"
          data-search
          className="search"
          placeholder="Filter this folder  /"
          aria-label="Filter this folder"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </header>
      {list.state === 'failed' ? (
        <Failure fault={list.fault} retry={() => setTurn((t) => t + 1)} />
      ) : list.value === undefined ? (
        <Loading what="files" />
      ) : (
        <FolderTable folder={list.value} filter={filter} onFile={(key) => go('files', { file: key })} />
      )}
    </div>
  );
}

function Crumbs({ prefix }: { readonly prefix: string }) {
  const parts = prefix.split('/').filter((part) => part !== '');
  return (
    <nav aria-label="Folder" className="crumbs">
      <a href={formatPlace('files')}>All roots</a>
      {parts.map((part, i) => (
        <span key={parts.slice(0, i + 1).join('/')}>
          {' / '}
          <a href={formatPlace('files', { in: `${parts.slice(0, i + 1).join('/')}/` })}>{part}</a>
        </span>
      ))}
    </nav>
  );
}

function FolderTable({
  folder,
  filter,
  onFile,
}: {
  readonly folder: Folder;
  readonly filter: string;
  readonly onFile: (key: string) => void;
}) {
  const wanted = filter.trim().toLowerCase();
  const folders = folder.folders.filter((f) => f.name.toLowerCase().includes(wanted));
  const files = folder.files.filter((f) => f.name.toLowerCase().includes(wanted));
  if (folder.folders.length + folder.files.length === 0) {
    return (
      <Empty title="No HDF5 files here">
        <p>
          The service shows what lies in its roots. Start it with the folder or bucket of your files as one:
        </p>
        <pre>cornerturn serve --root night=/data/night --root lake=s3a://bucket/lake</pre>
      </Empty>
    );
  }
  if (folders.length + files.length === 0) {
    return <Empty title={`Nothing here is called “${filter}”`} />;
  }
  return (
    <>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="number">Size</th>
            <th scope="col">Changed (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {folders.map((f) => (
            <tr key={f.prefix}>
              <td>
                <a className="folder" href={formatPlace('files', { in: f.prefix })}>
                  {f.name}/
                </a>
              </td>
              <td />
              <td />
            </tr>
          ))}
          {files.map((f) => (
            <tr key={f.key}>
              <td>
                <button type="button" className="link" onClick={() => onFile(f.key)}>
                  {f.name}
                </button>
              </td>
              <td className="number">{formatBytes(f.size)}</td>
              <td className="moment">{formatUtc(f.modified)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {folder.truncated && (
        <p className="faint">There is more here than one list holds; go into a folder to see the rest.</p>
      )}
    </>
  );
}

function Browser({ file, path }: { readonly file: string; readonly path: string }) {
  const { go } = usePlace();
  const [told, setTold] = useState('');
  const first = useRef(path);
  const changes = useChanges();
  const reset = useMemo(() => [file, changes], [file, changes]);
  const host = useRef<HTMLDivElement | null>(null);
  useSelectedPath(host, file);
  const exportUrl = useCallback(
    (format: string, dataset: { readonly path: string }, selection: string | undefined) => {
      if (format === 'json' || apiKey() !== null) {
        return undefined; // h5web makes JSON and CSV by itself of what it shows
      }
      const url = new URL('/h5grove/data/', window.location.origin);
      url.searchParams.set('file', file);
      url.searchParams.set('path', dataset.path);
      url.searchParams.set('format', format);
      if (selection !== undefined && selection !== '') {
        url.searchParams.set('selection', selection);
      }
      return url;
    },
    [file],
  );
  return (
    <div className="hdf5">
      <div className="hdf5-bar">
        <button type="button" onClick={() => go('files', { in: parent(file) })}>
          ← Files
        </button>
        <h2 className="title">{file}</h2>
        <span className="spacer" />
        <span className="told" role="status">
          {told}
        </span>
        <button
          type="button"
          onClick={() =>
            navigator.clipboard.writeText(window.location.href).then(
              () => setTold('Link copied'),
              () => setTold('The address bar has the link'),
            )
          }
        >
          Copy link
        </button>
      </div>
      <div className="hdf5-app" ref={host}>
        <H5GroveProvider
          url="/h5grove"
          filepath={file}
          fetcher={fetchForH5web}
          resetKeys={reset}
          getExportURL={exportUrl}
        >
          <App initialPath={first.current} disableDarkMode />
        </H5GroveProvider>
      </div>
    </div>
  );
}

/** Keeps the address at what h5web shows: the entry of its tree that is selected. */
function useSelectedPath(host: React.RefObject<HTMLElement | null>, file: string): void {
  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const update = () => {
      const item = element.querySelector('[role="treeitem"][aria-selected="true"]');
      const path = item?.getAttribute('data-path');
      if (path) {
        replacePlace('files', { file, path });
      }
    };
    const observer = new MutationObserver(update);
    observer.observe(element, { subtree: true, attributes: true, attributeFilter: ['aria-selected'], childList: true });
    return () => observer.disconnect();
  }, [host, file]);
}
