import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { median, round } from './figures.ts';
import { CHROMIUM } from './inChromium.ts';
import { LISTS, type ListBench, type ListFigure, type ListName } from './list/listPage.ts';

const USAGE = `Compares the thread of ChatWindow with a plain list and with a public kit (chatscope): the same messages, in the
same page of Chromium, in turns.

  npm run bench:list -- [--messages 10000] [--rounds 3] [--json FILE]
`;

declare const listBench: ListBench;

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
  const folder = await mkdtemp(join(tmpdir(), 'push-chat-list-'));
  const shared = { configFile: false, root: 'bench/list', logLevel: 'error' } as const;
  await build({
    ...shared,
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 10_000 },
  });
  const server = await preview({ ...shared, build: { outDir: folder }, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const figures = new Map<ListName, ListFigure[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const name of LISTS) {
        // A page for each: what one has left behind is no burden of the next.
        const page = await browser.newPage({ viewport: { width: 420, height: 660 } });
        await page.goto(server.resolvedUrls?.local[0] ?? '');
        await page.waitForFunction(() => 'listBench' in globalThis);
        const figure = await page.evaluate(([list, count]) => listBench.measure(list, count), [
          name,
          messages,
        ] as const);
        figures.set(name, [...(figures.get(name) ?? []), figure]);
        await page.close();
      }
    }
    const medians = Object.fromEntries([...figures].map(([name, all]) => [name, mediansOf(all)]));
    process.stdout.write(table(messages, medians));
    if (values.json)
      await writeFile(values.json, JSON.stringify({ messages, rounds, medians, figures: [...figures] }, null, 2));
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

type Figures = Readonly<Record<string, number>>;

const mediansOf = (all: readonly ListFigure[]): Figures =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((key) => [key, round(median(all.map((one) => one[key as keyof ListFigure])))]),
  );

function table(messages: number, medians: Readonly<Record<string, Figures>>): string {
  const names = Object.keys(medians['ours'] ?? {});
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell, place) => (place === 0 ? String(cell).padEnd(24) : String(cell).padStart(12))).join('');
  return [
    `${messages} messages, medians in ms`,
    line(['', ...LISTS]),
    ...names.map((name) => line([name, ...LISTS.map((list) => medians[list]?.[name] ?? '')])),
    '',
  ].join('\n');
}
