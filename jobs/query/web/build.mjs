// Builds the page when its sources changed: npm ci when the installed packages are not those of the
// lock file, then type check and bundle. Maven calls it in every build, so it ends at once when there is
// nothing to do. Argument: the folder of the bundle.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../target/web'));
const stamp = `${out}.stamp`;

/** Runs a program to its end, which is to be a good one. */
function run(program, ...args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd: here,
      stdio: 'inherit',
      env: { ...process.env, CORNERTURN_WEB_OUT: out },
    });
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`${program} ${args.join(' ')} ended with ${code}`))));
  });
}

/** npm keeps beside the packages what it has installed; optional ones may be missing. */
function isInstalled() {
  const hidden = join(here, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) {
    return false;
  }
  const wanted = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return (
    Object.entries(wanted).every(
      ([path, p]) => path === '' || (present[path] ? present[path].integrity === p.integrity : p.optional === true),
    ) && Object.keys(present).every((path) => path in wanted)
  );
}

/** A digest over everything that the bundle is made of. */
function sources() {
  const digest = createHash('sha256');
  const add = (path) => digest.update(path).update('\0').update(readFileSync(join(here, path))).update('\0');
  const walk = (folder) => {
    for (const entry of readdirSync(join(here, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        walk(path);
      } else {
        add(path);
      }
    }
  };
  ['build.mjs', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'].forEach(add);
  ['src', 'test'].forEach(walk);
  return digest.digest('hex');
}

if (!isInstalled()) {
  await run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
}
const now = sources();
if (!existsSync(join(out, 'index.html')) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  rmSync(stamp, { force: true });
  // Each keeps one core busy.
  await Promise.all([
    run(process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.'),
    run(process.execPath, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'),
  ]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}
