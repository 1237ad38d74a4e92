// Takes the pictures of the documentation: the page on whatever the service at the given address has.
// Arguments: address, Chromium's program, folder, an HDF5 file, a dataset in it, a waveform.
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [base, program, folder, file, dataset, waveform] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: program,
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});

async function picture(name, place, ready, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: options.height ?? 800 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(`${base}/${place}`);
  await ready(page);
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

const drawn = async (page) => {
  await page.locator('.trace-plot').nth(2).locator('.trace-summary', { hasText: 'mV' }).waitFor();
  await page.waitForFunction(() => document.querySelector('.trace-summary[data-loading]') === null);
};
const place = `#/waveforms?product=${waveform}`;

await picture('page-overview', '', (page) => page.locator('table').nth(1).waitFor(), { height: 520 });
await picture('page-overview-dark', '', (page) => page.locator('table').nth(1).waitFor(), { height: 520, dark: true });
await picture('page-hdf5', `#/files?file=${file}&path=${dataset}`, (page) => page.locator('.hdf5-app canvas').first().waitFor());
await picture('page-hdf5-dark', `#/files?file=${file}&path=${dataset}`, (page) => page.locator('.hdf5-app canvas').first().waitFor(), { dark: true });
await picture('page-waveform', place, drawn, { height: 900 });
await picture('page-waveform-dark', `${place}&traces=1.1.1,2.1.1`, drawn, { height: 900, dark: true });
await picture(
  'page-calibration',
  '#/calibration?antenna=DSA-4',
  (page) => page.getByRole('region', { name: 'G_2' }).getByText('minutes after').first().waitFor(),
  { height: 1000 },
);
await picture('page-tables', '#/tables?table=runs', (page) => page.locator('.grid td').first().waitFor(), { height: 560 });
await browser.close();
