// Benchmarks of the built pages in a real Chromium: bytes, first picture, and what a keystroke costs until the chains are painted.
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { ms, summary, type Measured, type Row } from './measure';

const PORT = 3191;
const BASE = `http://127.0.0.1:${PORT}`;
const LESSON = '/en/learn/2.3';
const KEYSTROKES = 40;

export interface PageOptions {
  readonly root: string;
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** All figures of the lesson page. The app must be built. */
export async function pageRows(options: PageOptions): Promise<readonly Row[]> {
  const server = startServer(options.root);
  const browser = await chromium.launch({
    executablePath: options.executablePath,
    args: [...options.args],
  });
  try {
    await answering();
    const rows = [...(await bytesRows(browser))];
    for (const rate of [1, 4]) rows.push(...(await loadRows(browser, rate)));
    for (const size of [100, 10_000]) rows.push(...(await keystrokeRows(browser, size)));
    return rows;
  } finally {
    await browser.close();
    server.kill();
  }
}

function startServer(root: string): ChildProcess {
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  return spawn(process.execPath, [next, 'start', '-p', String(PORT), '-H', '127.0.0.1'], {
    cwd: root,
    stdio: 'ignore',
  });
}

async function answering(): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const reply = await fetch(`${BASE}/en`).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server does not answer: build first (npm run build)');
}

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB gzip`;

/** JavaScript of the lesson page: what the HTML itself asks for, then all that the whole workbench loads. */
async function bytesRows(browser: Browser): Promise<readonly Row[]> {
  const page = await browser.newPage();
  const sizes = new Map<string, number>();
  const html = await (await fetch(`${BASE}${LESSON}`)).text();
  page.on('response', (response) => {
    if (/\.js(\?|$)/.test(response.url()))
      void response.body().then(
        (body) => sizes.set(new URL(response.url()).pathname, gzipSync(body, { level: 6 }).length),
        () => undefined,
      );
  });
  await page.goto(`${BASE}${LESSON}`);
  await editorReady(page);
  await page.waitForLoadState('networkidle');
  await page.close();
  const first = new Set([...html.matchAll(/<script[^>]+src="([^"?]+\.js)[^"]*"/g)].map((m) => m[1] ?? ''));
  const sum = (wanted: (file: string) => boolean): number =>
    [...sizes].filter(([file]) => wanted(file)).reduce((total, [, size]) => total + size, 0);
  return [
    {
      what: 'lesson page before the workbench: JavaScript',
      value: kb(sum((file) => first.has(file))),
      limit: '≤ 165 KB gzip',
    },
    { what: 'lesson page with the whole workbench: JavaScript of the page', value: kb(sum(() => true)) },
  ];
}

const editorReady = (page: Page): Promise<unknown> =>
  page.waitForSelector('[data-testid="editor"][data-ready="true"]', { timeout: 60_000 });

/** Largest contentful paint, chain drawn, editor ready; at this factor of CPU slowdown. */
async function loadRows(browser: Browser, rate: number): Promise<readonly Row[]> {
  const times: Record<'lcp' | 'chain' | 'editor', number[]> = { lcp: [], chain: [], editor: [] };
  for (let run = 0; run < 3; run++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    await page.addInitScript(() => {
      const seen: Record<string, number> = {};
      Reflect.set(window, 'benchSeen', seen);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen['lcp'] = entry.startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      const look = (): void => {
        if (document.querySelector('[data-kind="sep"]')) seen['chain'] ??= performance.now();
        if (document.querySelector('[data-testid="editor"][data-ready="true"]'))
          seen['editor'] ??= performance.now();
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(`${BASE}${LESSON}`);
    await editorReady(page);
    await page.waitForSelector('[data-kind="sep"]');
    const seen = (await page.evaluate(() => Reflect.get(window, 'benchSeen') as unknown)) as Record<
      string,
      number
    >;
    for (const key of ['lcp', 'chain', 'editor'] as const) times[key].push(seen[key] ?? NaN);
    await context.close();
  }
  const row = (what: string, key: 'lcp' | 'chain' | 'editor', limit: string): Row => ({
    what: `${what}, CPU ×1/${rate}`,
    value: ms(summary(times[key]).p50),
    ...(rate === 4 ? { limit } : {}),
  });
  return [
    row('largest contentful paint', 'lcp', '≤ 0.8 s'),
    row('chain drawn', 'chain', '≤ 1.5 s'),
    row('editor accepts keys', 'editor', '≤ 3.0 s'),
  ];
}

/** A digit of the Service's port is typed; the clock stops two frames after the new port stands in the chains. */
async function keystrokeRows(browser: Browser, size: number): Promise<readonly Row[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(`${BASE}${LESSON}?services=${size}`);
  await editorReady(page);
  await page.waitForSelector('[data-kind="sep"]', { timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  const painted: number[] = [];
  const worked: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const before = await taskSeconds(cdp);
    const time = await keystroke(page, i % 2 === 0 ? 81 : 80);
    const after = await taskSeconds(cdp);
    if (i > 1) {
      painted.push(time);
      worked.push((after - before) * 1000);
    }
  }
  await context.close();
  const name = `keystroke → chains painted, ${size} Services`;
  return [
    {
      what: `${name}: in all`,
      value: both(summary(painted)),
      limit: size > 100 ? '≤ 100 ms p95' : '≤ 50 ms p95',
    },
    {
      what: `${name}: main-thread work`,
      value: both(summary(worked)),
      ...(size > 100 ? {} : { limit: '≤ 16 ms p95' }),
    },
  ];
}

const both = ({ p50, p95 }: Measured): string => `${ms(p50)} p50, ${ms(p95)} p95`;

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((m) => m.name === name)?.value ?? 0;
  return of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration');
}

/** Changes the Service's port through the editor's model and resolves to the milliseconds until the new picture is painted. */
const keystroke = (page: Page, port: number): Promise<number> =>
  page.evaluate(async (wanted) => {
    const editor = window.__servicepath?.editor;
    const file = 'service.yaml';
    const text = (editor?.getValue(file) ?? '').replace(/port: 8[01]\b/, `port: ${wanted}`);
    const shown = (): boolean =>
      [...document.querySelectorAll('[data-kind="services"]')].some((box) =>
        (box.textContent ?? '').includes(`dpt:${wanted}`),
      );
    const drawn = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!shown()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const started = performance.now();
    editor?.setValue(file, text);
    await drawn;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now() - started;
  }, port);
