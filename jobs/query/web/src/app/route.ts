import { useCallback, useSyncExternalStore } from 'react';

/**
 * A place in the page. It stands in the fragment of the address (`#/waveforms?product=night`), so a
 * link to it works from anywhere, and the service never has to know the page's places.
 */
export interface Place {
  /** `''` for the overview, else the view's name */
  readonly view: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export function parsePlace(fragment: string): Place {
  const text = fragment.replace(/^#?\/?/, '');
  const mark = text.indexOf('?');
  const view = decode(mark < 0 ? text : text.slice(0, mark)).replace(/\/+$/, '');
  const parameters: Record<string, string> = {};
  if (mark >= 0) {
    for (const [name, value] of new URLSearchParams(text.slice(mark + 1))) {
      parameters[name] = value;
    }
  }
  return { view, parameters };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray per cent sign is not an encoding
  }
}

/** The fragment of a place; parameters without a value are left out. Slashes and commas stay readable. */
export function formatPlace(view: string, parameters: Readonly<Record<string, string | undefined>> = {}): string {
  const pairs = Object.entries(parameters)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${readable(encodeURIComponent(value))}`);
  return `#/${view}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

function readable(encoded: string): string {
  return encoded.replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%3A/g, ':');
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const fragment = () => window.location.hash;

/** The place of the address, and ways to another: `go` adds to the history, `replace` does not. */
export function usePlace(): {
  place: Place;
  go: (view: string, parameters?: Readonly<Record<string, string | undefined>>) => void;
  replace: (view: string, parameters?: Readonly<Record<string, string | undefined>>) => void;
} {
  const text = useSyncExternalStore(subscribe, fragment);
  const go = useCallback((view: string, parameters: Readonly<Record<string, string | undefined>> = {}) => {
    window.location.hash = formatPlace(view, parameters);
  }, []);
  const replace = useCallback((view: string, parameters: Readonly<Record<string, string | undefined>> = {}) => {
    replacePlace(view, parameters);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  return { place: parsePlace(text), go, replace };
}

/** Changes the address without telling anyone: for what a view already shows. */
export function replacePlace(view: string, parameters: Readonly<Record<string, string | undefined>>): void {
  window.history.replaceState(window.history.state, '', formatPlace(view, parameters));
}
