import { address, apiKey, json } from './http';

/** A folder of the roots: what lies in it. */
export interface Folder {
  readonly prefix: string;
  readonly folders: readonly { readonly name: string; readonly prefix: string }[];
  readonly files: readonly StoredFile[];
  readonly truncated: boolean;
}

export interface StoredFile {
  readonly name: string;
  readonly key: string;
  readonly size: number;
  readonly modified: string | null;
}

interface BrowseBody {
  readonly prefix: string;
  readonly folders: readonly { readonly name: string; readonly prefix: string }[];
  readonly files: readonly {
    readonly name: string;
    readonly key: string;
    readonly size: number;
    readonly last_modified?: string | null;
  }[];
  readonly truncated?: boolean;
}

/** HDF5 files and folders under a prefix; `''` lists the roots. */
export async function fetchFolder(prefix: string, signal: AbortSignal): Promise<Folder> {
  const body = await json<BrowseBody>(address('/api/v1/folders', { prefix }), signal);
  return {
    prefix: body.prefix,
    folders: body.folders.map(({ name, prefix: inside }) => ({ name, prefix: inside })),
    files: body.files.map((f) => ({
      name: f.name,
      key: f.key,
      size: f.size,
      modified: f.last_modified ?? null,
    })),
    truncated: body.truncated ?? false,
  };
}

/** What h5web fetches with: the key of this tab goes along, progress comes back. */
export async function fetchForH5web(
  url: string,
  parameters: Record<string, string>,
  options?: { abortSignal?: AbortSignal; onProgress?: (progress: number) => void },
): Promise<ArrayBuffer> {
  const key = apiKey();
  const response = await fetch(`${url}?${new URLSearchParams(parameters)}`, {
    ...(key === null ? {} : { headers: { Authorization: `Bearer ${key}` } }),
    ...(options?.abortSignal ? { signal: options.abortSignal } : {}),
  });
  if (!response.ok) {
    throw new H5webFault(response.status, response.statusText, await response.arrayBuffer());
  }
  return received(response, options?.onProgress);
}

/** h5web reads `data` to tell the faults apart. */
class H5webFault extends Error {
  constructor(
    readonly status: number,
    statusText: string,
    readonly data: ArrayBuffer,
  ) {
    super(statusText || `Status ${status}`);
  }
}

async function received(response: Response, onProgress?: (progress: number) => void): Promise<ArrayBuffer> {
  const total = Number(response.headers.get('Content-Length') ?? 0);
  if (onProgress === undefined || response.body === null || !(total > 0)) {
    return response.arrayBuffer();
  }
  const reader = response.body.getReader();
  const all = new Uint8Array(total);
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    if (at + value.length > total) {
      throw new Error('more bytes came than were announced');
    }
    all.set(value, at);
    at += value.length;
    onProgress(at / total);
  }
  if (at < total) {
    throw new Error('the answer broke off');
  }
  return all.buffer;
}
