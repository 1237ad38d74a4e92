import { useEffect, useRef } from 'react';
import { useAllShortcuts } from './keys';

const PLOT_KEYS: readonly (readonly [string, string])[] = [
  ['← →', 'Pan a tenth of the window; with Shift, a whole one'],
  ['↑ ↓', 'Narrower or wider window, in steps of 1-2-5'],
  ['Home End', 'First or last of the trace'],
  ['0', 'Reset the window'],
  ['wheel', 'Zoom at the pointer; with Shift, pan'],
  ['drag', 'Move the frame, its edges, or draw a new one'],
];

/** All keys that do something just now. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  const shortcuts = useAllShortcuts();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {shortcuts().map((s) => (
          <div key={s.keys}>
            <dt>
              {s.keys.split(' ').map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{s.does}</dd>
          </div>
        ))}
      </dl>
      <h3>In a waveform's plot</h3>
      <dl>
        {PLOT_KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="primary">
          Close
        </button>
      </form>
    </dialog>
  );
}
