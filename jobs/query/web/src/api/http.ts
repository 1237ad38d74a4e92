/** Requests to the service this page comes from: one place for keys, errors and cancelling. */

/** What the service says when it can't do something (RFC 9457), or what stands for it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string | undefined,
    readonly traceId: string | undefined,
  ) {
    super(detail || title);
    this.name = 'Problem';
  }
}

const KEY = 'cornerturn.key';

/** The API key of this tab, if one was given. It is forgotten when the tab closes. */
export function apiKey(): string | null {
  return window.sessionStorage.getItem(KEY);
}

export function setApiKey(key: string | null): void {
  if (key === null) {
    window.sessionStorage.removeItem(KEY);
  } else {
    window.sessionStorage.setItem(KEY, key);
  }
}

function headers(accept: string): Record<string, string> {
  const key = apiKey();
  return { Accept: accept, ...(key === null ? {} : { Authorization: `Bearer ${key}` }) };
}

/** The address of a route with its parameters; those undefined are left out. */
export function address(
  route: string,
  parameters: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      query.append(name, String(value));
    }
  }
  const text = query.toString();
  return text === '' ? route : `${route}?${text}`;
}

/** A path as part of a route: its slashes stay, all else is encoded. */
export function pathSegments(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Fetches, and throws a {@link Problem} for every answer but success. */
export async function request(url: string, accept: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers: headers(accept), ...(signal ? { signal } : {}) });
  } catch (fault) {
    if (isAbort(fault)) {
      throw fault;
    }
    throw new Problem(0, 'No answer', 'The service does not answer. Is it still running?', 'UNREACHABLE', undefined);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, say. The status tells enough.
  }
  const field = (name: string): string | undefined => {
    const value = (body as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return new Problem(
    response.status,
    field('title') ?? (response.statusText || `Status ${response.status}`),
    field('detail') ?? field('message') ?? field('error') ?? '',
    field('code'),
    field('trace_id'),
  );
}

export async function json<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await request(url, 'application/json', signal);
  return (await response.json()) as T;
}

export function isAbort(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === 'AbortError';
}

/**
 * Saves what a route answers as a file. Without a key the browser loads it by itself, at any size;
 * with one it has to pass through this page, which alone can send the key.
 */
export async function download(url: string, name: string): Promise<void> {
  if (apiKey() === null) {
    saveFrom(url, name);
    return;
  }
  const response = await request(url, '*/*');
  save(await response.blob(), name);
}

/** Saves bytes that the page has. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  saveFrom(url, name);
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function saveFrom(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
