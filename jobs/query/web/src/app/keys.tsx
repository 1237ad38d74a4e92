import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';

/** A key and what it does; `keys` as KeyboardEvent.key spells them, after `g ` for those of a pair. */
export interface Shortcut {
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

interface Registry {
  readonly add: (shortcuts: readonly Shortcut[]) => () => void;
  readonly all: () => readonly Shortcut[];
}

const Context = createContext<Registry | null>(null);

/** Whether keys go into text just now. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio'].includes(target.type)))
  );
}

/** Listens for the shortcuts of the views inside. `g` begins a pair that has to end within a second. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const sets = useRef(new Set<readonly Shortcut[]>());
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcuts) => {
        sets.current.add(shortcuts);
        return () => sets.current.delete(shortcuts);
      },
      all: () => [...sets.current].flat(),
    }),
    [],
  );
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      const pair = first !== null && event.timeStamp - first.at < 1000 ? `${first.key} ${event.key}` : null;
      first = event.key === 'g' ? { key: 'g', at: event.timeStamp } : null;
      const found = registry.all().find((s) => s.keys === (pair ?? event.key));
      if (found !== undefined) {
        event.preventDefault();
        found.run();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [registry]);
  return <Context.Provider value={registry}>{children}</Context.Provider>;
}

/** Shortcuts that hold while the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(Context);
  useEffect(() => registry?.add(shortcuts), [registry, shortcuts]);
}

/** All shortcuts in force, for the help. */
export function useAllShortcuts(): () => readonly Shortcut[] {
  const registry = useContext(Context);
  return () => registry?.all() ?? [];
}
