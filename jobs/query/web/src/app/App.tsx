import { Component, lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { Failure, Loading, Empty } from '../parts/states';
import { HomeView } from '../views/HomeView';
import { TablesView } from '../views/TablesView';
import { KeyHelp } from './KeyHelp';
import { ShortcutProvider, useShortcuts } from './keys';
import { formatPlace, usePlace } from './route';
import { useTheme } from './theme';

// These come when they are first needed.
const FilesView = lazy(() => import('../views/FilesView').then((m) => ({ default: m.FilesView })));
const WaveformView = lazy(() => import('../views/WaveformView').then((m) => ({ default: m.WaveformView })));
const CalibrationView = lazy(() =>
  import('../views/CalibrationView').then((m) => ({ default: m.CalibrationView })),
);

const VIEWS = [
  { view: '', name: 'Overview', key: 'o' },
  { view: 'files', name: 'HDF5 files', key: 'f' },
  { view: 'waveforms', name: 'Waveforms', key: 'w' },
  { view: 'calibration', name: 'Calibration', key: 'c' },
  { view: 'tables', name: 'Tables', key: 't' },
] as const;

export function App() {
  return (
    <ShortcutProvider>
      <Shell />
    </ShortcutProvider>
  );
}

function Shell() {
  const { place, go } = usePlace();
  const { theme, choice, next } = useTheme();
  const [help, setHelp] = useState(false);
  const shortcuts = useMemo(
    () => [
      ...VIEWS.map(({ view, name, key }) => ({ keys: `g ${key}`, does: `Go to ${name}`, run: () => go(view) })),
      { keys: 'd', does: 'Light, dark, or as the system', run: next },
      { keys: '?', does: 'This help', run: () => setHelp((h) => !h) },
      {
        keys: '/',
        does: 'Search or filter',
        run: () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
      },
    ],
    [go, next],
  );
  useShortcuts(shortcuts);
  const name = VIEWS.find((v) => v.view === place.view)?.name ?? 'Not found';
  document.title = place.view === '' ? 'Cornerturn' : `${name} · Cornerturn`;
  return (
    <div className="shell">
      <a className="skip" href="#content" onClick={(event) => skip(event)}>
        Skip to content
      </a>
      <header className="top">
        <a className="brand" href="#/" aria-label="Cornerturn: overview">
          <Mark />
          Cornerturn
        </a>
        <nav aria-label="Views">
          {VIEWS.map((v) => (
            <a key={v.view} href={formatPlace(v.view)} aria-current={v.view === place.view ? 'page' : undefined}>
              {v.name}
            </a>
          ))}
        </nav>
        <span className="spacer" />
        <a className="quiet-link" href="/docs/" target="_blank" rel="noopener">
          API
        </a>
        <button type="button" className="quiet" onClick={() => setHelp(true)} title="Keys (?)">
          Keys
        </button>
        <button type="button" className="quiet" onClick={next} title="Light, dark, or as the system (d)">
          {{ system: 'Auto', light: 'Light', dark: 'Dark' }[choice]}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        <h1 className="sr-only">{document.title}</h1>
        <Boundary key={place.view}>
          <Suspense fallback={<Loading what={name} />}>{content(place.view, theme)}</Suspense>
        </Boundary>
      </main>
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

function content(view: string, theme: 'light' | 'dark'): ReactNode {
  switch (view) {
    case '':
      return <HomeView />;
    case 'files':
      return <FilesView />;
    case 'waveforms':
      return <WaveformView theme={theme} />;
    case 'calibration':
      return <CalibrationView theme={theme} />;
    case 'tables':
      return <TablesView />;
    default:
      return (
        <Empty title="There is nothing at this address">
          <p>
            The link may be cut short. Begin at the <a href="#/">overview</a>.
          </p>
        </Empty>
      );
  }
}

/** The fragment of the address is the page's place, so the link moves the focus by itself. */
function skip(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M8 9h10v4H8zM8 15h4v8H8z" fill="var(--on-accent)" />
      <path d="M20 9h4v14h-4zM14 19h4v4h-4z" fill="var(--on-accent)" opacity=".6" />
    </svg>
  );
}

/** What a view throws while it is drawn is shown in its place; the rest of the page stays. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly fault: unknown }> {
  override state: { readonly fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown): { readonly fault: unknown } {
    return { fault };
  }

  override render(): ReactNode {
    return this.state.fault === null ? (
      this.props.children
    ) : (
      <Failure fault={this.state.fault} retry={() => this.setState({ fault: null })} />
    );
  }
}
