// How a learner uses the lesson page, as steps for tests.
import { expect, type Locator, type Page } from '@playwright/test';

/** Opens a lesson and waits until its editor accepts keys and its cluster runs. */
export async function openLesson(page: Page, locale: string, id = '2.3', query = ''): Promise<void> {
  await page.goto(`/${locale}/learn/${id}?e2e${query}`);
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  // A large cluster takes its time to come to rest.
  await expect(page.locator('[data-node]').first()).toBeVisible({ timeout: 100_000 });
}

/** Changes a file in the editor as one edit. */
export async function replace(page: Page, file: string, from: string | RegExp, to: string): Promise<void> {
  const changed = await page.evaluate(
    ({ name, before, flags, after }) => {
      const editor = window.__servicepath?.editor;
      const old = editor?.getValue(name) ?? '';
      const next = old.replace(flags === null ? before : new RegExp(before, flags), after);
      editor?.setValue(name, next);
      return next !== old;
    },
    {
      name: file,
      before: typeof from === 'string' ? from : from.source,
      flags: typeof from === 'string' ? null : from.flags,
      after: to,
    },
  );
  expect(changed, `${file} has ${String(from)}`).toBe(true);
}

/** Boxes of a kind in the chain view, without those that are on their way out. */
export const boxes = (page: Page, kind: string): Locator =>
  page.locator(`[data-testid="chain-view"] [data-kind="${kind}"][data-node]:not([data-ghost])`);

export const task = (page: Page, id: string): Locator => page.locator(`[data-task="${id}"]`);

/** Answers a prediction box with its option of this number, from 0. */
export const predict = (page: Page, id: string, option: number): Promise<void> =>
  page.locator(`[data-prediction="${id}"] button`).nth(option).click();
