// Walks through the page with Chromium, as a person would, and says what it found: one JSON line for
// each scenario. The service it walks through is the one at the given address, on data that PageTest
// made, or with `calibrated` as the last argument on tables that `cornerturn calibrate` wrote. Arguments:
// address, Chromium's program, folder for pictures of failures.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [base, named, pictures, data] = process.argv.slice(2);
const program = execFileSync('sh', ['-c', `command -v ${named}`], { encoding: 'utf8' }).trim();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SPIKE = 4321;

// Milliseconds for whatever must happen, however busy the machine is.
const PATIENCE = 90_000;

const browser = await chromium.launch({
  executablePath: program,
  timeout: PATIENCE,
  args: ['--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});

function expect(truth, what) {
  if (!truth) {
    throw new Error(what);
  }
}

/** Waits until something is so. */
async function until(truth, what) {
  const end = Date.now() + PATIENCE;
  while (!(await truth())) {
    expect(Date.now() < end, what);
    await new Promise((ready) => setTimeout(ready, 50));
  }
}

/** A fresh page that notes everything it should not do. */
async function open(place, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    colorScheme: options.dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  const expected = options.expected ?? [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.some((e) => message.text().includes(e))) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (fault) => faults.push(`error: ${fault.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith(`blob:${base}`)) {
      faults.push(`request to ${url}`);
    }
  });
  await page.goto(`${base}/${place}`);
  return { page, context, faults };
}

/** What axe finds, h5web's own parts left out on request: they are not ours to change. */
async function accessible(page, without = []) {
  // The policy of the page forbids scripts from elsewhere; a debugger's evaluation is exempt from it.
  const found = await page.evaluate(
    `(() => { ${axe}; return axe.run({ exclude: ${JSON.stringify(without)} }, { resultTypes: ['violations'] }); })()`,
  );
  const faults = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} (${n.failureSummary})`).join(' | ')}`);
  expect(faults.length === 0, `axe: ${faults.join('\n')}`);
}

const scenarios = {
  'the overview lists runs and products, and tells all about one': async () => {
    const { page, context, faults } = await open('');
    await page.getByRole('link', { name: 'night.zarr' }).waitFor();
    const failed = page.getByRole('region', { name: 'Runs' }).getByText('failed');
    await failed.waitFor();
    await until(async () => (await failed.count()) === 1, 'one failed run');
    await accessible(page);
    await page.getByRole('region', { name: 'Runs' }).getByRole('link', { name: 'convert' }).first().click();
    const panel = page.getByRole('dialog');
    await panel.getByText('cornerturn convert').waitFor();
    await until(() => page.url().includes('run='), 'the run is in the address');
    await accessible(page);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    return { context, faults, page };
  },

  'an HDF5 file is picked, browsed and plotted': async () => {
    const { page, context, faults } = await open('#/files');
    await page.getByRole('link', { name: 'lake/' }).click();
    await page.getByRole('link', { name: 'night/' }).click();
    await page.getByRole('searchbox').fill('scan');
    await accessible(page);
    await page.getByRole('button', { name: 'scan.h5' }).click();
    const tree = page.getByRole('tree');
    await tree.waitFor();
    await page.getByRole('treeitem', { name: 'spectrum' }).click();
    await page.locator('.hdf5-app canvas').first().waitFor();
    await page.waitForFunction(() => document.querySelector('.hdf5-app svg text')?.textContent !== undefined);
    await page.waitForFunction(() => window.location.hash.includes('path=/spectrum'));
    await page.getByRole('treeitem', { name: 'image' }).click();
    await page.getByRole('tab', { name: 'Heatmap' }).waitFor();
    await page.locator('.hdf5-app canvas').first().waitFor();
    await accessible(page, ['.hdf5-app']);
    return { context, faults, page };
  },

  'a link leads into an HDF5 file': async () => {
    const { page, context, faults } = await open('#/files?file=lake/night/scan.h5&path=/about');
    await page.getByText('a test of the page').waitFor();
    return { context, faults, page };
  },

  'a spike of one sample is seen at every level, down to the samples': async () => {
    const { page, context, faults } = await open('#/waveforms');
    await page.getByRole('button', { name: 'spike.h5' }).click();
    const plots = page.locator('.trace-plot');
    await plots.nth(2).waitFor();
    const summary = (i) => plots.nth(i).locator('.trace-summary');
    await page.waitForFunction(
      (spike) => document.querySelector('.trace-summary')?.textContent?.includes(`max ${spike} mV`),
      SPIKE,
    );
    await until(() => spikeDrawn(plots.nth(0)), 'the spike is drawn in the overview');
    await accessible(page);
    // To the spike, which is at seven tenths; the frame of zoom 1 jumps there by a click.
    const box = await plots.nth(0).locator('.u-over').boundingBox();
    await page.mouse.click(box.x + box.width * 0.7, box.y + 20);
    await contains(summary(1), `max ${SPIKE} mV`);
    // Zoom 2 to the highest column of zoom 1, which is zoomed there, until that draws single samples.
    for (let step = 0; !(await summary(1).textContent()).includes('every sample'); step++) {
      expect(step < 30, 'the wheel leads to single samples');
      await settled(page);
      const zoom1 = await plots.nth(1).locator('.u-over').boundingBox();
      const peak = zoom1.x + (await highest(plots.nth(1)));
      await page.mouse.click(peak, zoom1.y + 10);
      await contains(summary(2), `max ${SPIKE} mV`);
      await page.mouse.wheel(0, -240);
      await settled(page);
      await contains(summary(1), `max ${SPIKE} mV`);
    }
    await contains(summary(1), `max ${SPIKE} mV`);
    await until(() => spikeDrawn(plots.nth(1)), 'the spike is drawn among single samples');
    await contains(summary(2), 'every sample');
    await contains(summary(2), `max ${SPIKE} mV`);
    await plots.nth(2).locator('.trace-canvas').focus();
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('+');
    }
    await contains(summary(2), 'every sample');
    // The address follows a moment later.
    await page.waitForFunction(() => {
      const [, from, to] = /zoom2=([^,]+),([^&]+)/.exec(window.location.hash) ?? [];
      return Number(to) - Number(from) < 2e-7;
    });
    const zoomed = page.url();
    const again = await open(zoomed.slice(base.length + 1));
    await contains(again.page.locator('.trace-plot').nth(2).locator('.trace-summary'), 'every sample');
    faults.push(...again.faults);
    await again.context.close();
    return { context, faults, page };
  },

  'windows are dragged, zoomed with the wheel, stepped and reset': async () => {
    const { page, context, faults } = await open('#/waveforms?product=lake/night/spike.h5');
    const plots = page.locator('.trace-plot');
    await plots.nth(2).locator('.trace-summary', { hasText: 'mV' }).waitFor();
    const place = page.getByLabel('Zoom 1: position of the window, per cent');
    const size = page.getByLabel('Zoom 1: size of the window');
    const before = Number(await place.inputValue());
    const box = await plots.nth(0).locator('.u-over').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.25, box.y + 40, { steps: 6 });
    await page.mouse.up();
    await until(async () => Number(await place.inputValue()) < before - 15, 'dragging moves the window');
    const width = await size.inputValue();
    await page.mouse.wheel(0, -240);
    await page.waitForFunction((w) => document.querySelector('.window-controls select').value !== w, width);
    await page.getByRole('button', { name: 'Zoom 1: wider window' }).click();
    await until(async () => (await size.inputValue()) !== 'other', 'a step of 1-2-5');
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await until(async () => {
      const drawn = Number(await place.inputValue());
      return drawn > 60 && drawn < 90;
    }, 'a drawn window is where it was drawn');
    await plots.nth(0).locator('.u-over').dblclick({ position: { x: box.width * 0.9, y: 20 } });
    await page.waitForFunction(() => Math.abs(document.querySelector('.window-controls input').value - 50) < 1);
    await page.getByRole('button', { name: 'Add trace' }).click();
    await page.getByLabel('Segment').selectOption('2');
    await page.locator('.chip').nth(1).waitFor();
    await page.waitForFunction(() => window.location.hash.includes('traces=1.1.1,1.1.2'));
    for (const kind of ['CSV', 'NPY', 'PNG']) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('group', { name: 'Export Zoom 2' }).getByRole('button', { name: kind }).click(),
      ]);
      expect(file.suggestedFilename().endsWith(`.${kind.toLowerCase()}`), `a file of ${kind}`);
      if (kind === 'CSV') {
        const text = readFileSync(await file.path(), 'utf8').split('\r\n');
        expect(text[0] === 'time_s,ch1_trc1_seg1_mV,ch1_trc1_seg2_mV' || text[0].includes('ch1_trc1_seg1_min_mV'), text[0]);
        expect(text.length > 10, 'rows');
      }
    }
    return { context, faults, page };
  },

  'a table is filtered, sorted and downloaded': async () => {
    const { page, context, faults } = await open('#/tables?table=runs');
    const rows = page.getByRole('region', { name: 'Rows' }).getByRole('row');
    await page.getByRole('cell', { name: 'failed' }).waitFor();
    await accessible(page);
    const all = await rows.count();
    await page.getByLabel('Column', { exact: true }).selectOption('state');
    await page.getByLabel('Value').fill('failed');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (n) => document.querySelectorAll('.grid tbody tr').length < n - 1 && document.querySelectorAll('.grid tbody tr').length > 0,
      all,
    );
    await until(async () => (await rows.count()) === 2, 'the header and one failed run');
    await until(() => page.url().includes('filter=state%20%3D%20failed'), 'the filter is in the address');
    const [file] = await (async () => {
      await page.getByText('Download').click();
      return Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    })();
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    expect(lines.length === 2, `a header and one row, not ${lines.length} lines`);
    await page.getByRole('button', { name: 'Remove state = failed' }).click();
    await page.waitForFunction((n) => document.querySelectorAll('.grid tbody tr').length === n - 1, all);
    await page.getByRole('columnheader', { name: 'bytes_in' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'bytes_in' }).getByRole('button').click();
    await page.waitForFunction(() => document.querySelector('[aria-sort="descending"]') !== null);
    await page.getByLabel('Version of the table').selectOption('0');
    await page.waitForFunction((n) => document.querySelectorAll('.grid tbody tr').length < n - 1, all);
    return { context, faults, page };
  },

  'the keyboard reaches everything; light and dark are both readable': async () => {
    const { page, context, faults } = await open('', { dark: true });
    await page.getByRole('link', { name: 'night.zarr' }).waitFor();
    expect((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'dark as the system is');
    await accessible(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Go to Tables').waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'Rows' }).waitFor();
    await accessible(page);
    await page.keyboard.press('/');
    await until(() => page.evaluate(() => document.activeElement.hasAttribute('data-search')), 'a slash leads to the filter');
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.getByRole('button', { name: 'spike.h5' }).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: 'spike.h5' }).press('Enter');
    await page.locator('.trace-summary', { hasText: 'mV' }).first().waitFor();
    await accessible(page);
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await accessible(page);
    await page.evaluate(() => document.activeElement.blur());
    await page.getByRole('link', { name: 'Skip to content' }).focus();
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement.id === 'content'), 'the skip link skips');
    return { context, faults, page };
  },

  'the description of the API is shown, under its own policy': async () => {
    const { page, context, faults } = await open('docs');
    await page.locator('.opblock-tag', { hasText: 'products' }).click();
    await page.locator('[data-path="/api/v1/products"]').waitFor();
    const policy = await page.evaluate(async () => (await fetch('/docs')).headers.get('Content-Security-Policy'));
    expect(policy.includes("default-src 'none'") && policy.includes("script-src 'self';"), policy);
    return { context, faults, page };
  },

  'a calibration shows its antennas, their gains and what was measured': async () => {
    const { page, context, faults } = await open('#/calibration', { expected: ['404', 'Not Found'] });
    const antennas = page.getByRole('list', { name: 'Antennas' }).getByRole('button');
    await antennas.nth(11).waitFor();
    expect((await antennas.count()) === 12, 'all antennas');
    await contains(antennas.nth(2), 'ref');
    await contains(antennas.nth(7), '100 % flagged');
    await contains(antennas.nth(7), 'no SNR');
    await contains(antennas.nth(0), 'SNR 20');
    await contains(page.getByRole('region', { name: 'Quality' }), 'closure phase');
    await antennas.nth(3).click();
    const bandpass = page.getByRole('region', { name: 'B_1' });
    await bandpass.getByRole('img', { name: /Phase/ }).waitFor();
    expect((await bandpass.locator('polyline').count()) === 8, 'two receptors, two parts of the band, twice');
    await page.getByRole('region', { name: 'G_2' }).getByText('minutes after').first().waitFor();
    await accessible(page);
    await page.getByLabel('Term').selectOption('G_2');
    await bandpass.waitFor({ state: 'detached' });
    await contains(antennas.nth(0), '0 % flagged');
    expect(page.url().includes('term=G_2') && page.url().includes('antenna=DSA-4'), 'all of it is in the address');
    await antennas.nth(7).click();
    await page.getByText('all of them are flagged').first().waitFor();
    await page.getByRole('link', { name: /night-old/ }).click();
    await page.getByText('There are no such gains').waitFor();
    await contains(page.getByRole('region', { name: 'Quality' }), 'fail');
    return { context, faults, page };
  },

  'what is not there is told, with what to do': async () => {
    const { page, context, faults } = await open('#/waveforms?product=lake/none.zarr', { expected: ['404', 'Not Found'] });
    await page.getByRole('alert').getByText('pick it anew').waitFor();
    await accessible(page);
    await page.goto(`${base}/#/elsewhere`);
    await page.getByText('There is nothing at this address').waitFor();
    await page.goto(`${base}/#/files?file=lake/none.h5`);
    await page.getByText(/not found/i).first().waitFor();
    return { context, faults, page };
  },
};

/** What the tables of a real run of calibrate look like: chain K, B, G of 12 antennas, no noise. */
const calibrated = {
  'the tables that calibrate writes are the ones that the page reads': async () => {
    const { page, context, faults } = await open('#/calibration');
    const antennas = page.getByRole('list', { name: 'Antennas' }).getByRole('button');
    await antennas.nth(11).waitFor();
    expect((await antennas.count()) === 12, 'all antennas');
    expect((await antennas.filter({ hasText: 'ref' }).count()) === 1, 'one reference antenna');
    await contains(antennas.nth(0), '0 % flagged');
    await contains(antennas.nth(0), 'SNR');
    const quality = page.getByRole('region', { name: 'Quality' });
    await contains(quality, 'residual before');
    await contains(quality, 'residual after');
    await antennas.nth(3).click();
    for (const term of ['K_0', 'B_1', 'G_2']) {
      await page.getByRole('region', { name: term }).getByRole('img', { name: /Phase/ }).waitFor();
    }
    expect((await page.getByRole('region', { name: 'B_1' }).locator('polyline').count()) === 4, 'two receptors, twice');
    await accessible(page);
    return { context, faults, page };
  },
};

/** Waits for a text within an element. */
async function contains(element, text) {
  const end = Date.now() + 20_000;
  let last = '';
  while (Date.now() < end) {
    last = (await element.textContent()) ?? '';
    if (last.includes(text)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`“${text}” never came; there is “${last}”`);
}

async function settled(page) {
  await page.waitForFunction(() => document.querySelector('.trace-summary[data-loading]') === null);
}

/** Where a plot's line is highest: pixels from its left edge. */
async function highest(plot) {
  return plot.evaluate((element) => {
    const canvas = element.querySelector('canvas');
    const over = element.querySelector('.u-over');
    const ratio = canvas.width / canvas.clientWidth;
    const left = Math.round(over.offsetLeft * ratio);
    const width = Math.round(over.clientWidth * ratio);
    const height = Math.round(over.clientHeight * ratio);
    const pixels = canvas.getContext('2d').getImageData(left, over.offsetTop * ratio, width, height).data;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        const [r, g, b, a] = pixels.slice(at, at + 4);
        if (a > 120 && Math.max(r, g, b) - Math.min(r, g, b) > 60) {
          return x / ratio;
        }
      }
    }
    throw new Error('nothing is drawn');
  });
}

/** Whether something is drawn in the top fifth of a plot: where nothing but the spike reaches. */
async function spikeDrawn(plot) {
  return plot.evaluate((element) => {
    const canvas = element.querySelector('canvas');
    const over = element.querySelector('.u-over');
    const ratio = canvas.width / canvas.clientWidth;
    const width = Math.round(over.clientWidth * ratio);
    const height = Math.round((over.clientHeight * ratio) / 5);
    const pixels = canvas
      .getContext('2d')
      .getImageData(over.offsetLeft * ratio, over.offsetTop * ratio, width, height).data;
    for (let i = 0; i < pixels.length; i += 4) {
      const [r, g, b, a] = pixels.slice(i, i + 4);
      if (a > 60 && Math.max(r, g, b) - Math.min(r, g, b) > 60) {
        return true;
      }
    }
    return false;
  });
}

const only = process.env.SCENARIO;
for (const [name, walk] of Object.entries(data === 'calibrated' ? calibrated : scenarios)) {
  if (only && !name.includes(only)) {
    continue;
  }
  const open = new Set(browser.contexts());
  try {
    const { context, faults } = await walk();
    await context.close();
    expect(faults.length === 0, faults.join('\n'));
    console.log(JSON.stringify({ name, ok: true }));
  } catch (fault) {
    for (const context of browser.contexts().filter((c) => !open.has(c))) {
      const file = join(pictures, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`);
      await context.pages()[0]?.screenshot({ path: file }).catch((e) => console.error(`no picture: ${e.message}`));
      await context.close();
    }
    console.log(JSON.stringify({ name, ok: false, fault: String(fault.stack ?? fault) }));
  }
}
await browser.close();
