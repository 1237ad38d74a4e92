const KINDS: Readonly<Record<string, string>> = {
  running: 'busy',
  complete: 'good',
  published: 'good',
  incomplete: 'warn',
  refused: 'warn',
  failed: 'bad',
};

/** The state of a run or product: a mark of its own shape as well as colour, and the word. */
export function State({ state }: { readonly state: string }) {
  return (
    <span className="run-state" data-kind={KINDS[state] ?? 'plain'}>
      {state}
    </span>
  );
}
