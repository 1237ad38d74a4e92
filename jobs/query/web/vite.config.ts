import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Maven gives the place of the bundle; `npm run dev` passes the API on to a service at its default port.
export default defineConfig({
  base: './',
  // These two make program text at run time, which the page's security policy forbids.
  resolve: {
    alias: [
      { find: /^ndarray$/, replacement: here('src/arrays/ndarray.ts') },
      { find: /^ndarray-ops$/, replacement: here('src/arrays/ndarrayOps.ts') },
    ],
  },
  build: {
    outDir: process.env['CORNERTURN_WEB_OUT'] ?? '../target/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // The licences of all that is bundled go along with it.
    license: { fileName: 'licenses.md' },
    // "use client" marks of libraries mean nothing here.
    rolldownOptions: { onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning) },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/h5grove', '/hdf5', '/zarr', '/raw', '/limits', '/health', '/ready'].map((route) => [
        route,
        'http://127.0.0.1:8420',
      ]),
    ),
  },
});
