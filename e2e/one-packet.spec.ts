// Lesson 2.4 as a learner does it: foretells a connection's addresses, makes it, corrects what was not so, reads conntrack, and puts the
// stations in order.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { openLesson, predict, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const LOCALES = ['zh', 'en'] as const;

const table = (page: Page, id: string): Locator => page.locator(`[data-journey="${id}"]`);
const record = (page: Page, id: string): Promise<void> => table(page, id).locator('> button').click();
const row = (page: Page, id: string, point: string): Locator =>
  table(page, id).locator(`[data-point="${point}"]`);

async function fill(page: Page, id: string, ways: readonly string[]): Promise<void> {
  for (const [i, way] of ways.entries()) await table(page, id).locator('select').nth(i).selectOption(way);
  await record(page, id);
}

/** Sends one packet from an end of the packet view, given by how its value begins. */
async function send(page: Page, from: string): Promise<void> {
  const pane = page.locator('#pane-packet');
  const select = pane.locator('select').first();
  const option = select.locator(`option[value^="${from}"]`);
  await select.selectOption((await option.getAttribute('value')) ?? '');
  await pane.locator('[data-pane-focus]').click();
}

const act = (page: Page, text: string): Promise<void> => page.locator(`[data-act="${text}"]`).press('Enter');
const done = (page: Page, id: string): Promise<void> =>
  expect(task(page, id)).toHaveAttribute('data-status', 'done');

const WAYS = {
  pod: ['client>pod', 'client>pod', 'client>pod', 'pod>client', 'service>client'],
  masqueraded: ['client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client'],
} as const;

for (const locale of LOCALES)
  test(`${locale}: one connection foretold, made and read, for three callers`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale, '2.4');

    // A row that is not so is told once the connection is there, and corrected.
    await fill(page, 'from-pod', ['client>service', ...WAYS.pod.slice(1)]);
    await expect(row(page, 'from-pod', 'translated')).not.toContainText('10.244.');
    await act(page, 'run default/client curl -s http://my-web-service');
    await expect(row(page, 'from-pod', 'translated')).toContainText('✕');
    await expect(row(page, 'from-pod', 'back')).toContainText(/✓.*10\.96\.\d+\.\d+:80 → 10\.244\.3\.2:\d+/);
    await expect(task(page, 'from-pod').locator('[data-testid="task-now"]')).toContainText('nat PREROUTING');
    await fill(page, 'from-pod', WAYS.pod);
    await done(page, 'from-pod');

    await predict(page, 'entry', 2);
    await predict(page, 'back-rule', 3);
    await act(page, 'run node-3 conntrack -L -p tcp');
    await done(page, 'entry');

    await fill(page, 'from-node', WAYS.masqueraded);
    await send(page, 'node/node-1');
    await expect(row(page, 'from-node', 'leaving')).toContainText(
      /✓.*10\.244\.1\.1:\d+ → 10\.244\.1\.3:8080/,
    );
    await done(page, 'from-node');

    await fill(page, 'to-itself', WAYS.masqueraded);
    await send(page, 'pod/default/my-web-app-');
    await done(page, 'itself');
    await predict(page, 'own-entry', 1);
    await act(page, 'run node-1 conntrack -L --src-nat');
    await done(page, 'own-entry');

    await page.reload();
    await expect(row(page, 'to-itself', 'leaving')).toContainText('10.244.1.1:');
    await expect(table(page, 'from-pod').locator('select').first()).toHaveValue('client>pod');
    problems.expectNone();
  });

test('a table that is not filled in is not recorded', async ({ page }) => {
  await openLesson(page, 'en', '2.4');
  await record(page, 'from-pod');
  await expect(table(page, 'from-pod').getByRole('alert')).toContainText('every row');
});

for (const theme of ['light', 'dark'] as const)
  test(`${theme}: the tables are accessible, and fit a narrow screen`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: theme });
    const page = await context.newPage();
    await page.goto('/zh/learn/2.4');
    await expect(table(page, 'from-pod').locator('> button')).toBeEnabled();
    await fill(page, 'from-pod', WAYS.masqueraded);
    await act(page, 'run default/client curl -s http://my-web-service');
    await page.getByRole('tab').first().click();
    await expect(row(page, 'from-pod', 'leaving')).toContainText('✕');
    await expectAccessible(page, { exclude: ['.monaco-editor', '.xterm'] });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await context.close();
  });
