import { useId, useState, type ReactNode } from 'react';
import { Problem, setApiKey } from '../api/http';

/** Nothing here yet, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state" role="status">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Something is under way; shown late, so that quick answers don't flicker. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="state loading" role="status">
      <span className="spinner" aria-hidden="true" />
      <p>Loading {what} …</p>
    </div>
  );
}

/** What went wrong and how to go on. */
export function Failure({ fault, retry }: { readonly fault: unknown; readonly retry?: () => void }) {
  if (fault instanceof Problem && (fault.status === 401 || fault.status === 403)) {
    return <KeyNeeded fault={fault} />;
  }
  const problem = fault instanceof Problem ? fault : null;
  return (
    <div className="state failure" role="alert">
      <h2>{problem?.title ?? 'This did not work'}</h2>
      <p>{problem === null ? String(fault instanceof Error ? fault.message : fault) : problem.detail}</p>
      <p className="advice">{advice(problem)}</p>
      {problem?.traceId !== undefined && (
        <p className="faint">
          Trace <code>{problem.traceId}</code>
        </p>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

function advice(problem: Problem | null): string {
  if (problem === null) {
    return 'If it happens again, the log of the service has more.';
  }
  switch (problem.status) {
    case 0:
      return 'Start it again with “cornerturn serve”, then try again.';
    case 404:
      return 'It may have been moved or replaced since this link was made. Go back to the list and pick it anew.';
    case 413:
    case 422:
      return 'Ask for less at once: a smaller window, fewer rows, fewer columns.';
    case 429:
      return 'Too many requests for now. Wait a moment.';
    case 502:
    case 503:
      return 'The store behind the service is not answering. It may recover by itself.';
    default:
      return problem.status >= 500 ? 'The log of the service says more under this trace.' : '';
  }
}

function KeyNeeded({ fault }: { readonly fault: Problem }) {
  const [key, setKey] = useState('');
  const id = useId();
  return (
    <form
      className="state"
      onSubmit={(event) => {
        event.preventDefault();
        setApiKey(key.trim() === '' ? null : key.trim());
        window.location.reload();
      }}
    >
      <h2>{fault.status === 401 ? 'This service asks for a key' : 'Your key does not reach this'}</h2>
      <p>{fault.detail}</p>
      <label htmlFor={id}>API key or token</label>
      <div className="row">
        <input
          id={id}
          type="password"
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" className="primary">
          Use it in this tab
        </button>
      </div>
      <p className="faint">
        Whoever runs the service makes keys with <code>cornerturn serve keys</code>.
      </p>
    </form>
  );
}
