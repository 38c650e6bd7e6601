import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CANDIDATES = [process.env['NBSLIM_CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome'].filter(
  (one) => one !== undefined,
);

/** What starts a Chromium; undefined where there is none. */
export const browser = CANDIDATES.find((one) => spawnSync(one, ['--version']).status === 0);

export const HOW_TO_INSTALL = `none of ${CANDIDATES.join(', ')} starts: apt-get install chromium, or set NBSLIM_CHROMIUM`;

export type Scheme = 'light' | 'dark';

/** Has Chromium do something with a page, in a profile of its own that is gone afterwards. */
async function run(url: string, scheme: Scheme, directory: string, ...flags: string[]): Promise<string> {
  if (browser === undefined) throw new Error(HOW_TO_INSTALL);
  const { stdout } = await promisify(execFile)(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${join(directory, 'profile')}`,
      `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
      ...flags,
      url,
    ],
    { maxBuffer: 1 << 26, timeout: 50_000 },
  );
  return stdout;
}

/** Chromium gives up now and then where a machine is very busy; what it is asked for is then not there. */
const ATTEMPTS = 4;

async function inDirectory<T>(work: (directory: string) => Promise<T | null>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const directory = await mkdtemp(join(tmpdir(), 'nbslim-browser-'));
    try {
      const result = await work(directory);
      if (result !== null) return result;
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  throw new Error(`Chromium gave nothing in ${ATTEMPTS} attempts`);
}

/**
 * The document as it is when all of its scripts have run.
 *
 * @param end what is in it then
 */
export function dumpDom(url: string, scheme: Scheme, end: string): Promise<string> {
  return inDirectory(async (directory) => {
    const dom = await run(url, scheme, directory, '--virtual-time-budget=5000', '--dump-dom');
    return dom.includes(end) ? dom : null;
  });
}

/** A PNG of the window. */
export function screenshot(url: string, scheme: Scheme, width: number, height: number): Promise<Buffer> {
  return inDirectory(async (directory) => {
    const file = join(directory, 'page.png');
    await run(url, scheme, directory, `--window-size=${width},${height}`, `--screenshot=${file}`);
    return existsSync(file) ? readFile(file) : null;
  });
}

/** Serves pages by their paths, and keeps what was asked for. */
export async function serve(pages: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const page = pages[path];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
