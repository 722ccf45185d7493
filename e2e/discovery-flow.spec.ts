// Lesson 2.1 as a learner does it, with the keyboard alone where that matters: hold the clock, ask for a Pod, say what comes next, step,
// and put the events in order.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { openLesson, predict, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const LOCALES = ['zh', 'en'] as const;

const figure = (page: Page): Locator => page.locator('[data-testid="discovery-flow"]');
const controls = (page: Page): Locator => figure(page).locator('button');
const [HOLD, STEP, BACK] = [0, 1, 2] as const;
const told = (page: Page): Locator => figure(page).locator('[data-testid="step-told"]');
const row = (page: Page, name: string): Locator => figure(page).locator(`[data-flow="${name}"]`);
const items = (page: Page): Locator => page.locator('[data-order="flow"] ol > li');

/** Presses Step and waits until the figure tells of the turn. */
async function step(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const before = await told(page).textContent();
    await controls(page).nth(STEP).press('Enter');
    await expect(told(page)).not.toHaveText(before ?? '');
  }
}

/** Asks for a third Pod, by the lesson's own link. */
async function scale(page: Page): Promise<void> {
  await page.locator('[data-act^="run control kubectl scale"]').press('Enter');
  await expect(figure(page).locator('[data-testid="flow-server"]')).toContainText('spec.replicas');
}

/** Moves the item that holds a text up to a place, by keyboard, without touching the pointer or losing the focus. */
async function raise(page: Page, text: string, place: number): Promise<void> {
  const item = items(page).filter({ hasText: text });
  const up = item.locator('button').first();
  await up.focus();
  for (let i = 0; i < 10; i++) {
    const at = await items(page).evaluateAll(
      (all, wanted) => all.findIndex((one) => one.textContent?.includes(wanted)),
      text,
    );
    if (at <= place) return;
    await page.keyboard.press('Enter');
    await expect(up).toBeFocused();
    await expect(items(page).nth(at - 1)).toContainText(text);
  }
  throw new Error(`${text} does not go to ${place}`);
}

const ORDER = {
  en: [
    'kubectl changes',
    'the deployment controller changes',
    'the replicaset controller creates',
    'the scheduler',
    'the kubelet',
    'the endpointslice',
    'kube-proxy on',
  ],
  zh: [
    'kubectl 修改',
    'deployment controller 修改',
    'replicaset controller',
    'scheduler',
    'kubelet 启动',
    'endpointslice',
    'kube-proxy',
  ],
} as const;

for (const locale of LOCALES)
  test(`${locale}: the flow stepped from a Deployment to the rules of every node`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale, '2.1');
    await controls(page).nth(HOLD).press('Enter');
    await expect(controls(page).nth(HOLD)).toHaveAttribute('aria-pressed', 'true');
    await scale(page);
    await expect(task(page, 'hold')).toHaveAttribute('data-status', 'done');

    await predict(page, 'first-write', 1);
    await step(page, 3);
    await expect(row(page, 'replicaset-controller')).toHaveAttribute('data-state', 'turn');
    await expect(task(page, 'pod')).toHaveAttribute('data-status', 'done');
    await predict(page, 'no-node', 2);
    await step(page, 3);
    await expect(row(page, 'scheduler')).toContainText('spec.nodeName: node-2');
    await expect(row(page, 'kubelet')).toHaveAttribute('data-state', 'next');
    await predict(page, 'bound', 0);
    await step(page, 2);
    await expect(row(page, 'kubelet')).toContainText('status.podIP: 10.244.2.');
    await predict(page, 'ready', 3);
    await step(page, 3);
    await expect(row(page, 'endpointslice-controller')).toHaveAttribute('data-state', 'turn');
    await predict(page, 'listed', 1);
    await step(page, 2);
    const reach = figure(page).locator('[data-testid="flow-reach"] tr');
    await expect(reach.nth(2)).toContainText(/3( of |\/)3/);
    await expect(reach.nth(3)).toContainText(/2( of |\/)3/);
    await step(page, 2);
    await expect(reach.nth(4)).toContainText(/3( of |\/)3/);
    await expect(task(page, 'rules')).toHaveAttribute('data-status', 'done');

    // One of the wrong orders, then the right one: another try is free.
    const check = page.locator('[data-order="flow"] > button');
    await check.press('Enter');
    await expect(task(page, 'order')).toHaveAttribute('data-status', 'now');
    for (const [place, text] of ORDER[locale].entries()) await raise(page, text, place);
    await check.press('Enter');
    await expect(task(page, 'order')).toHaveAttribute('data-status', 'done');
    await page.reload();
    await expect(items(page).first()).toContainText(ORDER[locale][0]);
    problems.expectNone();
  });

test('who steps first is told so, and a step back lets him say it', async ({ page }) => {
  await openLesson(page, 'en', '2.1');
  await controls(page).nth(HOLD).click();
  await scale(page);
  await step(page, 3);
  await expect(task(page, 'pod').locator('[data-testid="task-now"]')).toContainText(
    'This has happened already',
  );
  for (let i = 0; i < 2; i++) {
    const before = await told(page).textContent();
    await controls(page).nth(BACK).click();
    await expect(told(page)).not.toHaveText(before ?? '');
  }
  await predict(page, 'first-write', 0);
  await step(page, 2);
  await expect(task(page, 'pod')).toHaveAttribute('data-status', 'done');
});

for (const theme of ['light', 'dark'] as const)
  test(`${theme}: the figure and the question are accessible, and fit a narrow screen`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: theme });
    const page = await context.newPage();
    await page.goto('/zh/learn/2.1');
    await expect(controls(page).nth(HOLD)).toBeEnabled();
    await controls(page).nth(HOLD).click();
    await page.locator('[data-order="flow"] > button').click();
    await expectAccessible(page, { exclude: ['.monaco-editor'] });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await context.close();
  });
