// What a learner does in the editor, as steps for tests.
import { expect, type Locator, type Page } from '@playwright/test';

/** Replaces a file's whole text. */
export async function setText(page: Page, file: string, text: string): Promise<void> {
  await page.evaluate(
    ([name, whole]) => window.__servicepath?.editor?.setValue(name ?? '', whole ?? ''),
    [file, text],
  );
}

export const textOf = (page: Page, file: string): Promise<string> =>
  page.evaluate((name) => window.__servicepath?.editor?.getValue(name) ?? '', file);

export const problems = (page: Page): Locator => page.locator('[data-testid="editor-problems"] li');
export const sync = (page: Page): Locator => page.locator('[data-testid="editor-sync"]');
export const fileTab = (page: Page, file: string): Locator =>
  page.locator('[data-testid="editor"] [role="tab"]').filter({ hasText: file });

/** Chooses from the editor's menu; by the entry's place, so that the language does not matter. */
export async function choose(page: Page, entry: MenuEntry): Promise<void> {
  await page.locator('[data-testid="editor-menu"]').click();
  await page.locator('[data-testid="editor"] [role^="menuitem"]').nth(ENTRIES.indexOf(entry)).click();
}

const ENTRIES = ['new', 'duplicate', 'rename', 'delete', 'format', 'compare', 'asYouType', 'plain'] as const;
export type MenuEntry = (typeof ENTRIES)[number];

/** The page answers at once: a frame is drawn and a key is taken within the time (ms). */
export async function expectResponsive(page: Page, within = 1_000): Promise<void> {
  const took = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
      }),
  );
  expect(took).toBeLessThan(within);
}
