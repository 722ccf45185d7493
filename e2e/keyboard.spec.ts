// The whole of lab 2.3 by keyboard alone: predictions, chains, editor, packets and terminal. Nothing is clicked and no text is set
// but by keys; whatever is done, the focus stays somewhere on the page.
import { expect, test, type Page } from '@playwright/test';
import { boxes, openLesson, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

test.setTimeout(180_000);

const PANES = ['lesson', 'editor', 'views', 'terminal', 'packet'] as const;
type PaneId = (typeof PANES)[number];

/** Presses a key, and holds that the focus is not lost by it. */
async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => document.activeElement !== document.body);
    expect(focused, `after ${key} something has the focus`).toBe(true);
  }
}

/** Presses a key until it has led where one wants to be. */
async function pressUntil(page: Page, key: string, there: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 150; i++) {
    if (await there()) return;
    await press(page, key);
  }
  throw new Error(`${key} does not lead there`);
}

/** Whether the focus is on, or in, what the selector names. */
const isIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);

/** Goes to a pane by its digit. */
async function goTo(page: Page, pane: PaneId): Promise<void> {
  await page.keyboard.press(`Alt+Shift+Digit${PANES.indexOf(pane) + 1}`);
  await expect.poll(() => isIn(page, `#pane-${pane}`)).toBe(true);
}

/** Answers a prediction: Tab to the option, Space. */
async function answer(page: Page, id: string, option: number): Promise<void> {
  const button = `[data-prediction="${id}"] button:nth-of-type(${option + 1})`;
  await goTo(page, 'lesson');
  await pressUntil(page, 'Tab', () => isIn(page, button));
  await press(page, 'Space');
  await expect(page.locator(button)).toHaveAttribute('aria-pressed', 'true');
  expect(await isIn(page, button), 'the answer keeps the focus').toBe(true);
}

/** Opens a file in the editor from its tabs and stands at the end of a line, counted from 1. */
async function toLine(page: Page, file: string, line: number): Promise<void> {
  await goTo(page, 'editor');
  await expect.poll(() => isIn(page, '.monaco-editor')).toBe(true);
  await press(page, 'Escape');
  await pressUntil(page, 'Shift+Tab', () => isIn(page, '[role="tab"]'));
  const tab = page.locator('[data-testid="editor"] [role="tab"]').filter({ hasText: file });
  await pressUntil(page, 'ArrowRight', async () => (await tab.getAttribute('aria-selected')) === 'true');
  await goTo(page, 'editor');
  await expect.poll(() => isIn(page, '.monaco-editor')).toBe(true);
  await press(page, 'Control+Home');
  await press(page, 'ArrowDown', line - 1);
  await press(page, 'End');
}

/** Overwrites the last character of a line. */
async function retype(page: Page, file: string, line: number, text: string): Promise<void> {
  await toLine(page, file, line);
  await press(page, 'Shift+ArrowLeft');
  await page.keyboard.type(text);
}

/** Goes through the chains from the first box on until one is in focus whose words fit, and opens it. */
async function openBox(page: Page, words: RegExp): Promise<void> {
  const said = page.locator('#pane-views [role="application"] [aria-live]');
  await goTo(page, 'views');
  await expect.poll(() => isIn(page, '[role="application"]')).toBe(true);
  await press(page, 'Home');
  await pressUntil(page, 'ArrowDown', async () => words.test((await said.textContent()) ?? ''));
  await press(page, 'Enter');
  await expect(page.getByTestId('chain-drawer')).toBeVisible();
}

/** Sends a packet to the Service from the caller whose name begins so. */
async function sendFrom(page: Page, name: string, value: RegExp): Promise<void> {
  await goTo(page, 'packet');
  await expect.poll(() => isIn(page, 'button[data-pane-focus]')).toBe(true);
  await press(page, 'Tab');
  await page.keyboard.type(name);
  await expect(page.getByTestId('packet').locator('select').first()).toHaveValue(value);
  await press(page, 'Shift+Tab');
  await press(page, 'Enter');
}

const done = (page: Page, id: string): Promise<void> =>
  expect(task(page, id)).toHaveAttribute('data-status', 'done');

test('lab 2.3 by keyboard alone', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');

  await openBox(page, /KUBE-SVC-\w+, /);
  await press(page, 'Escape');
  await expect(page.getByTestId('chain-drawer')).toBeHidden();
  expect(await isIn(page, '[role="application"]'), 'Escape leads back to the drawing').toBe(true);
  await done(page, 'find-chain');

  await answer(page, 'second-rule', 1);
  await retype(page, 'deployment.yaml', 6, '4');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await done(page, 'scale');

  await answer(page, 'mark-who', 1);
  await sendFrom(page, 'node-1', /^node\/node-1$/);
  await done(page, 'mark');

  await answer(page, 'hairpin-source', 2);
  await retype(page, 'deployment.yaml', 6, '1');
  await expect(boxes(page, 'sep')).toHaveCount(1);
  await sendFrom(page, 'my-web-app', /^pod\/default\/my-web-app-/);
  await done(page, 'hairpin');
  await goTo(page, 'terminal');
  await expect(page.getByTestId('console-control')).toContainText('student@control');
  await page.keyboard.type('kubectl scale deployment my-web-app --replicas=4\n');
  await expect(page.getByTestId('terminal-output')).toContainText('deployment.apps/my-web-app scaled');
  await expect(boxes(page, 'sep')).toHaveCount(4);

  await answer(page, 'affinity-rules', 2);
  await toLine(page, 'service.yaml', 5);
  await press(page, 'Enter');
  await page.keyboard.type('sessionAffinity: ClientIP');
  await expect(boxes(page, 'svc')).toContainText('--rcheck --seconds 10800 --reap');
  await openBox(page, /KUBE-SEP-\w+, /);
  await done(page, 'affinity');

  await answer(page, 'no-endpoints', 0);
  await toLine(page, 'service.yaml', 8);
  await press(page, 'Backspace');
  await expect(boxes(page, 'reject')).toHaveCount(1);
  await done(page, 'break');
  await goTo(page, 'editor');
  await page.keyboard.type('p');
  await expect(boxes(page, 'reject')).toHaveCount(0);
  await done(page, 'mend');

  await expect(page.locator('[data-task]:not([data-status="done"])')).toHaveCount(0);
  problems.expectNone();
});

test('F6 walks to every pane and back, and Tab goes on from there', async ({ page }) => {
  await openLesson(page, 'en');
  await goTo(page, 'views');
  await press(page, 'F6');
  await expect.poll(() => isIn(page, '#pane-terminal')).toBe(true);
  await press(page, 'Shift+F6');
  await expect.poll(() => isIn(page, '#pane-views [role="application"]')).toBe(true);
  await press(page, 'ArrowRight');
  await press(page, 'Enter');
  await expect(page.getByTestId('chain-drawer')).toBeVisible();
  await press(page, 'Tab');
  expect(await isIn(page, '[data-testid="chain-drawer"]'), 'the drawer is the next stop').toBe(true);
});
