// What a learner does is a log: it is shared as an address, comes back after a reload, can be taken back, and replays in Node to the
// same cluster.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { boxes, openLesson, predict, replace, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const DEPLOYMENT = 'deployment.yaml';

/** Names of the chains in view, and what they state; which node is looked at does not count. */
const picture = (page: Page): Promise<readonly string[]> =>
  page
    .locator('[data-testid="chain-view"] [data-node]:not([data-ghost])')
    .evaluateAll((all) =>
      all
        .map((box) => (box.getAttribute('data-name') ?? '') + box.textContent.replace(', this node', ''))
        .sort(),
    );

interface Shared {
  readonly address: string;
  readonly digest: string;
}

async function share(page: Page): Promise<Shared> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = page.getByLabel('Address of this state');
  await expect(field).toHaveValue(/#s=/);
  const text = await page.locator('dialog[open]').innerText();
  const shared = {
    address: await field.inputValue(),
    digest: /Fingerprint of the cluster: ([0-9a-f]+)/.exec(text)?.[1] ?? '',
  };
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  return shared;
}

async function inFreshProfile<T>(browser: Browser, act: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  const result = await act(await context.newPage());
  await context.close();
  return result;
}

/** Waits until the browser keeps this of the lesson. */
const kept = (page: Page, text: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => localStorage.getItem('servicepath.lesson.2.3'))).toContain(text);

/** A learner in the middle of the lab. */
async function work(page: Page): Promise<void> {
  await openLesson(page, 'en');
  await boxes(page, 'svc').click();
  await page.keyboard.press('Escape');
  await predict(page, 'second-rule', 0);
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 4');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByTestId('packet')).toContainText('answers');
}

test('an address opens the same rules, predictions and ticks in a fresh profile', async ({
  page,
  browser,
}) => {
  const problems = watchProblems(page);
  await work(page);
  const { address, digest } = await share(page);
  const before = await picture(page);
  await inFreshProfile(browser, async (other) => {
    await other.goto(address);
    await expect(boxes(other, 'sep')).toHaveCount(4);
    await expect(other.locator('[data-notice="shared"]')).toBeVisible();
    expect(await picture(other)).toEqual(before);
    await expect(task(other, 'scale')).toHaveAttribute('data-status', 'done');
    await expect(other.locator('[data-prediction="second-rule"]')).toContainText('0.2500000000');
    expect((await share(other)).digest).toBe(digest);
    // It is the other's own from here on.
    expect(new URL(other.url()).hash).toBe('');
    await other.reload();
    await expect(boxes(other, 'sep')).toHaveCount(4);
  });
  problems.expectNone();
});

test('the log of a browser replays in Node to the same cluster, byte for byte', async ({ page }) => {
  await work(page);
  const { address, digest } = await share(page);
  const folder = mkdtempSync(path.join(tmpdir(), 'servicepath-e2e-'));
  try {
    const file = path.join(folder, 'state.txt');
    writeFileSync(file, `${address}\n`);
    const run = ['lib/cli/ksvc.mjs', 'lab', 'digest', '--log', file];
    const replayed = execFileSync(process.execPath, run, { encoding: 'utf8' });
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(replayed.slice(0, digest.length)).toBe(digest);
    const check = ['lib/cli/ksvc.mjs', 'lab', 'check', '2.3', '--log', file];
    const graded = ((): string => {
      try {
        return execFileSync(process.execPath, check, { encoding: 'utf8' });
      } catch (error) {
        return String((error as { readonly stdout?: unknown }).stdout);
      }
    })();
    expect(graded).toContain('scale: solved');
    expect(graded).toContain('affinity: not solved');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a reload in the middle of the lab goes on with the same state', async ({ page }) => {
  await work(page);
  const before = await share(page);
  const rules = await picture(page);
  await page.reload();
  await expect(boxes(page, 'sep')).toHaveCount(4);
  expect(await picture(page)).toEqual(rules);
  expect(await share(page)).toEqual(before);
  await expect(page.locator('[data-prediction="second-rule"]')).toContainText('0.2500000000');
});

test('beside own work the state of a link is only shown, until the learner decides', async ({
  page,
  browser,
}) => {
  await work(page);
  const { address } = await share(page);
  await inFreshProfile(browser, async (other) => {
    await openLesson(other, 'en');
    await replace(other, DEPLOYMENT, 'replicas: 3', 'replicas: 2');
    await expect(boxes(other, 'sep')).toHaveCount(2);
    await kept(other, 'replicas: 2');
    await other.goto('/en');
    await other.goto(address);
    await expect(other.locator('[data-notice="visiting"]')).toBeVisible();
    await expect(boxes(other, 'sep')).toHaveCount(4);
    await other.getByRole('button', { name: 'Back to my own' }).click();
    await expect(boxes(other, 'sep')).toHaveCount(2);
    await other.goto('/en');
    await other.goto(address);
    await other.getByRole('button', { name: 'Keep this state' }).click();
    await expect(other.locator('[data-notice]')).toHaveCount(0);
    await kept(other, 'replicas: 4');
    await other.reload();
    await expect(boxes(other, 'sep')).toHaveCount(4);
  });
});

const packed = (value: unknown): string =>
  `#s=${deflateSync(Buffer.from(JSON.stringify(value)), { level: 9 })
    .subarray(2, -4)
    .toString('base64url')}`;
const LOG = { format: 1, engine: 999, k8s: '1.32', seed: 1, lab: '2.3', actions: [] };

for (const [what, fragment, notice] of [
  ['cut off', packed(LOG).slice(0, -8), 'linkDamaged'],
  ['of another engine', packed(LOG), 'linkEngine'],
  ['rubbish', '#s=<script>alert(1)</script>', 'linkDamaged'],
  ['a bomb', packed(' '.repeat(30_000_000)), 'linkSize'],
] as const)
  test(`a link that is ${what}: one sentence, and the lab starts fresh`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/en/learn/2.3${fragment}`);
    await expect(page.locator(`[data-notice="${notice}"]`)).toBeVisible();
    await expect(boxes(page, 'sep')).toHaveCount(3);
    await page.getByRole('button', { name: 'Understood' }).click();
    await expect(page.locator('[data-notice]')).toHaveCount(0);
    problems.expectNone();
  });

test('storage that cannot be read: one sentence, a fresh start, the old entry kept aside', async ({
  page,
}) => {
  await page.addInitScript(() => {
    if (!sessionStorage.getItem('once')) localStorage.setItem('servicepath.lesson.2.3', '{"version":2,"log"');
    sessionStorage.setItem('once', '1');
  });
  await page.goto('/zh/learn/2.3');
  await expect(page.locator('[data-notice="broken"]')).toContainText('实验从头开始');
  await expect(boxes(page, 'sep')).toHaveCount(3);
  expect(await page.evaluate(() => localStorage.getItem('servicepath.aside.2.3'))).toContain('"version":2');
  await page.reload();
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await expect(page.locator('[data-notice]')).toHaveCount(0);
});

test('Ctrl+Z outside the editor takes the last change back, Ctrl+Shift+Z does it again', async ({ page }) => {
  await openLesson(page, 'en');
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 5');
  await expect(boxes(page, 'sep')).toHaveCount(5);
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await expect
    .poll(() => page.evaluate(() => window.__servicepath?.editor?.getValue('deployment.yaml') ?? ''))
    .toContain('replicas: 3');
  await page.keyboard.press('Control+Shift+z');
  await expect(boxes(page, 'sep')).toHaveCount(5);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(boxes(page, 'sep')).toHaveCount(3);
});

test('a deep link to a task leads to it', async ({ page }) => {
  await page.goto('/en/learn/2.3#task-2');
  await expect(page.locator('#task-2')).toBeInViewport();
  expect(new URL(page.url()).hash).toBe('#task-2');
});
