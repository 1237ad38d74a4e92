import { useEffect, useRef, useState } from 'react';
import { isAbort } from './http';

export type Loaded<T> =
  | { readonly state: 'loading'; readonly value: T | undefined }
  | { readonly state: 'failed'; readonly fault: unknown; readonly value: T | undefined }
  | { readonly state: 'ready'; readonly value: T };

/**
 * The answer to a question, asked anew when `key` or `turn` changes; an answer that nobody waits for
 * any more is cancelled. While the same key is asked again, the old answer stays in view.
 *
 * @param key what the question is; null asks nothing
 */
export function useRequest<T>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<T>,
  turn = 0,
): Loaded<T> {
  const [loaded, setLoaded] = useState<{ key: string | null; outcome: Loaded<T> }>({
    key: null,
    outcome: { state: 'loading', value: undefined },
  });
  const question = useRef(ask);
  question.current = ask;
  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    const controller = new AbortController();
    setLoaded((old) => ({
      key,
      outcome: { state: 'loading', value: old.key === key ? old.outcome.value : undefined },
    }));
    question.current(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) {
          setLoaded({ key, outcome: { state: 'ready', value } });
        }
      },
      (fault: unknown) => {
        if (!controller.signal.aborted && !isAbort(fault)) {
          setLoaded((old) => ({ key, outcome: { state: 'failed', fault, value: old.outcome.value } }));
        }
      },
    );
    return () => controller.abort();
  }, [key, turn]);
  return loaded.key === key ? loaded.outcome : { state: 'loading', value: undefined };
}
