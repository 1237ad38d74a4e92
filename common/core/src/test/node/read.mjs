// Prints every node of a consolidated Zarr store, as zarrita sees it: one JSON object a line.
// Usage: node read.mjs STORE
import FileSystemStore from "@zarrita/storage/fs";
import * as zarr from "zarrita";

const store = await zarr.withConsolidatedMetadata(new FileSystemStore(process.argv[2]));

// Numbers as text: JSON has neither NaN nor 64-bit integers.
const plain = (value) => (typeof value === "boolean" || typeof value === "string" ? value : String(value));
const replacer = (_, value) => (typeof value === "bigint" ? value.toString() : value);

for (const { path, kind } of store.contents()) {
  const location = zarr.root(store).resolve(path);
  const node = await zarr.open(location, { kind });
  const line = { path: path.slice(1), kind, attributes: node.attrs };
  if (kind === "array") {
    line.shape = node.shape;
    line.type = node.dtype;
    line.dimensions = node.dimensionNames ?? null;
    try {
      const got = await zarr.get(node);
      // A scalar comes as it is.
      line.values = got?.data ? Array.from(got.data, plain) : [plain(got)];
    } catch (e) {
      line.error = String(e);
    }
  }
  console.log(JSON.stringify(line, replacer));
}
