import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preview, type PreviewServer } from 'vite';
import { FLAGS } from '../support/chromium.ts';

/** Storybook's own, in the page of a story. */
declare const __STORYBOOK_PREVIEW__: { readonly currentRender?: { readonly phase?: string } };

/** How key stories look: a coarse picture of each, in words, so that no picture is kept with the source. */
const FILE = 'test/browser/looks.json';
/** `UPDATE_LOOKS=1` takes what is seen for right: look at the stories first. */
const update = process.env['UPDATE_LOOKS'] === '1';

const STORIES = [
  'chatwindow--conversation',
  'chatwindow--empty',
  'chatwindow--locked',
  'chatwindow--request-received',
  'chatwindow--not-encrypted',
  'chatwindow--blocked',
  'chatwindow--not-sent',
  'chatlist--chats',
  'requestlist--requests',
  'chatinbox--wide',
  'messagecontent--payment-request',
  'unlockpanel-with-a-wallet--refused',
] as const;
const LOOKS = {
  light: { globals: 'mode:light', width: 900, height: 720 },
  dark: { globals: 'mode:dark', width: 900, height: 720 },
  phone: { globals: 'mode:light', width: 390, height: 720 },
} as const;

const COLUMNS = 32;
const ROWS = 40;
/** Of 15; what a digit of a time changes stays below. */
const MOST_PER_CELL = 1;
/** Of all cells. */
const MOST_CELLS = 0.015;

let browser: Browser;
let server: PreviewServer;
let folder: string;
let canvas: Page;
let known: Record<string, string> = {};
const seen: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'push-chat-looks-'));
  await promisify(execFile)('npx', ['storybook', 'build', '--quiet', '--output-dir', folder], {
    env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' },
  });
  server = await preview({
    configFile: false,
    root: folder,
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'error',
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  canvas = await browser.newPage();
  known = JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as Record<string, string>;
}, 240_000);
afterAll(async () => {
  if (update) await writeFile(FILE, `${JSON.stringify(seen, null, 2)}\n`);
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Averages the brightness of a picture over a grid; one hexadecimal digit for each cell. */
const coarse = (png: string): Promise<string> =>
  canvas.evaluate(
    async ([source, columns, rows]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
      const small = await createImageBitmap(picture, {
        resizeWidth: columns,
        resizeHeight: rows,
        resizeQuality: 'high',
      });
      const context = new OffscreenCanvas(columns, rows).getContext('2d');
      if (!context) throw new Error('nothing to draw on');
      context.drawImage(small, 0, 0);
      const { data } = context.getImageData(0, 0, columns, rows);
      return Array.from({ length: columns * rows }, (_, cell) => {
        const [red = 0, green = 0, blue = 0] = data.slice(cell * 4);
        return Math.round((0.3 * red + 0.59 * green + 0.11 * blue) / 17).toString(16);
      }).join('');
    },
    [png, COLUMNS, ROWS] as const,
  );

/** The part of the story that is ours, once its play is over and two pictures in turn look the same. */
async function settled(page: Page): Promise<string> {
  await page.waitForFunction(() => /^(completed|finished)$/.test(__STORYBOOK_PREVIEW__.currentRender?.phase ?? ''));
  const part = page.locator('[data-pc-root] [data-pc-part]').first();
  let before = '';
  for (let turn = 0; turn < 40; turn += 1) {
    // Coarse already: a browser under load may draw the edge of a letter otherwise each time.
    const picture = await part.screenshot({ animations: 'disabled', caret: 'hide' });
    const now = await coarse(picture.toString('base64'));
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(200);
  }
  throw new Error('the story does not come to rest');
}

function different(a: string, b: string): number {
  if (a.length !== b.length) return 1;
  const cells = Array.from(a).filter(
    (digit, place) => Math.abs(Number.parseInt(digit, 16) - Number.parseInt(b.charAt(place), 16)) > MOST_PER_CELL,
  );
  return cells.length / a.length;
}

describe.each(Object.entries(LOOKS))('looks, %s', (name, { globals, width, height }) => {
  it.each(STORIES)('%s', async (story) => {
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
    try {
      const address = server.resolvedUrls?.local[0] ?? '';
      await page.goto(`${address}iframe.html?id=${story}&viewMode=story&globals=${globals}`);
      const look = await settled(page);
      const key = `${story} ${name}`;
      seen[key] = look;
      if (!update) expect(different(look, known[key] ?? '')).toBeLessThan(MOST_CELLS);
    } finally {
      await page.close();
    }
  });
});
