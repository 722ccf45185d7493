// A learner's hands on the terminals of a lesson.
import { expect, type Page } from '@playwright/test';

const tabOf = (page: Page, name: string) =>
  page.locator(`[role="tab"][aria-controls="console-${name.replaceAll(/[^\w-]/g, '_')}"]`);

/** Brings a console to the front, opened from the menu if it has no tab yet, and takes the keys there. */
export async function toTerminal(page: Page, name: string, locale: 'zh' | 'en'): Promise<void> {
  // Which tabs there are can be asked only when the terminals are loaded; this one is always among them.
  await expect(tabOf(page, 'control')).toBeVisible({ timeout: 100_000 });
  const tab = tabOf(page, name);
  if ((await tab.count()) === 0) {
    await page.getByRole('button', { name: locale === 'zh' ? '打开' : 'Open', exact: true }).click();
    await page.keyboard.type(name);
    await page.locator('li button', { hasText: name }).first().click();
  } else await tab.click();
  await settled(page, name);
  await page.getByTestId(`console-${name}`).locator('textarea').focus();
}

/** Waits until a console takes the next line: all that runs before its prompt has ended. */
export const settled = (page: Page, name: string): Promise<void> =>
  expect.poll(() => page.evaluate((at) => window.__lesson?.ready(at), name), { timeout: 60_000 }).toBe(true);

/** Types a line into a console and waits until it is done. */
export async function runIn(page: Page, name: string, line: string, locale: 'zh' | 'en'): Promise<void> {
  await toTerminal(page, name, locale);
  for (const [i, part] of line.split('\n').entries()) {
    if (i > 0) await page.keyboard.press('Enter');
    await page.keyboard.insertText(part);
  }
  await page.keyboard.press('Enter');
  await settled(page, name);
}
