import { useEffect, useState } from 'react';
import { apiKey } from './http';

/**
 * A number that goes up when the service tells of a change: something else was published, a run
 * began or ended, files came. The browser connects again by itself and says where it had got to.
 * With a key there is no stream, since the browser can't send one along; then every half minute.
 */
export function useChanges(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let waiting: number | undefined;
    const changed = () => {
      // Several events of one moment are one change.
      waiting ??= window.setTimeout(() => {
        waiting = undefined;
        setTurn((t) => t + 1);
      }, 300);
    };
    if (apiKey() !== null) {
      const timer = window.setInterval(changed, 30_000);
      return () => {
        window.clearInterval(timer);
        window.clearTimeout(waiting);
      };
    }
    let source: EventSource | null = null;
    const follow = () => {
      source = new EventSource('/api/v1/events');
      for (const kind of ['job_update', 'product_update', 'files_update', 'reset']) {
        source.addEventListener(kind, changed);
      }
    };
    const leave = () => {
      source?.close();
      source = null;
    };
    // A browser has few connections to one service: tabs that nobody sees keep none.
    const seen = () => {
      if (document.hidden) {
        leave();
      } else if (source === null) {
        follow();
        changed();
      }
    };
    if (!document.hidden) {
      follow();
    }
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      leave();
      window.clearTimeout(waiting);
    };
  }, []);
  return turn;
}
