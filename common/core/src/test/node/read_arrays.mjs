// Reads arrays of a consolidated Zarr store with zarrita and writes their elements, as they lie in
// memory, into a file each. Prints the type and shape of each array.
// Usage: node read_arrays.mjs STORE FOLDER PATH...
import { mkdirSync, writeFileSync } from "node:fs";
import FileSystemStore from "@zarrita/storage/fs";
import * as zarr from "zarrita";

const [root, folder, ...paths] = process.argv.slice(2);
const store = await zarr.withConsolidatedMetadata(new FileSystemStore(root));
mkdirSync(folder, { recursive: true });
for (const path of paths) {
  const node = await zarr.open(zarr.root(store).resolve("/" + path), { kind: "array" });
  const { data, shape } = await zarr.get(node);
  writeFileSync(folder + "/" + path.replaceAll("/", "."), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  console.log(JSON.stringify({ path, type: node.dtype, shape }));
}
