// Reads a whole HDF5 file through h5web's own H5GroveProvider, as the page does: a JSON line for all paths,
// then one for each path with its kind, the values of its attributes and, of a dataset, its value.
// Arguments: address of the H5Grove API, name of the file.
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { H5GroveProvider, hasNonNullShape, useDataContext } from '@h5web/app';

const [url, filepath] = process.argv.slice(2);
let data;
function Reader() {
  data = useDataContext();
  return null;
}
renderToString(createElement(H5GroveProvider, { url, filepath }, createElement(Reader)));

/** Waits for what a store hands out by suspending. */
async function read(store, key) {
  for (;;) {
    try {
      return store.get(key);
    } catch (thrown) {
      if (typeof thrown?.then !== 'function') {
        throw thrown;
      }
      await thrown;
    }
  }
}

/** JSON of a value; whole numbers of 64 bits with all their digits, and null for what is no number. */
function json(value) {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return `[${Array.from(value, json).join(',')}]`;
  }
  return JSON.stringify(value) ?? 'null';
}

async function told(path) {
  const entity = await read(data.entitiesStore, path);
  const parts = [`"path":${json(path)}`, `"kind":${json(entity.kind)}`];
  if (entity.attributes.length > 0) {
    const values = await read(data.attrValuesStore, entity);
    parts.push(`"attributes":{${Object.entries(values).map(([name, v]) => `${json(name)}:${json(v)}`)}}`);
  }
  if (entity.kind === 'dataset') {
    parts.push(`"class":${json(entity.type.class)}`);
    if (hasNonNullShape(entity)) {
      parts.push(`"value":${json(await read(data.valuesStore, { dataset: entity }))}`);
    }
  }
  return `{${parts.join(',')}}`;
}

const paths = await data.getSearchablePaths('/');
console.log(json(paths));
for (const path of paths) {
  try {
    console.log(await told(path));
  } catch (fault) {
    console.log(json({ path, fault: String(fault.message ?? fault) }));
  }
}
process.exit(0);
