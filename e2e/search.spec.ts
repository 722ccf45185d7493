// The search: opened from every page by button or key, used by keyboard alone, in both languages, with its states.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { openLesson } from './support/lesson';
import { watchProblems } from './support/page-problems';

const field = (page: Page) => page.getByRole('dialog').getByRole('combobox');
const options = (page: Page) => page.getByRole('dialog').getByRole('option');
/** Opens the search; keys and clicks before the page has begun to run are nobody's. */
const open = (page: Page, how: () => Promise<void>): Promise<void> =>
  expect(async () => {
    const dialog = page.getByRole('dialog');
    if (!(await dialog.isVisible())) await how();
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass();
const active = (page: Page) => page.getByRole('dialog').locator('[role="option"][aria-selected="true"]');

const QUERIES = {
  zh: { words: '会话保持', other: 'English', name: '搜索' },
  en: { words: 'session affinity', other: 'Chinese', name: 'Search' },
} as const;

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: words of the text lead to a heading of a lesson, by keyboard alone`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn`);
    await open(page, () => page.keyboard.press('Control+k'));
    await expect(field(page)).toBeFocused();
    await field(page).fill(QUERIES[locale].words);
    await expect(options(page).first()).toBeVisible();
    for (const name of ['KUBE-SEP', 'affinity', 'ndots']) {
      await field(page).fill(name);
      if (name !== 'ndots') await expect(options(page).first()).toBeVisible();
    }
    await field(page).fill('KUBE-SEP');
    const section = page.locator(`[role="option"][href*="/${locale}/learn/2.3#"]`).first();
    await expect(section).toBeVisible();
    const href = (await section.getAttribute('href')) ?? '';
    while ((await active(page).getAttribute('href')) !== href) await page.keyboard.press('ArrowDown');
    await expect(field(page)).toHaveAttribute(
      'aria-activedescendant',
      (await active(page).getAttribute('id')) ?? '',
    );
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(
      (url) => decodeURIComponent(url.pathname + url.hash) === decodeURIComponent(href),
    );
    await expect(page.locator(`[id="${decodeURIComponent(href.split('#')[1] ?? '')}"]`)).toBeInViewport();
    await expect(field(page)).toBeHidden();
    problems.expectNone();
  });

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: it says which language it searches, offers the other, and says when nothing is found`, async ({
    page,
  }) => {
    await page.goto(`/${locale}`);
    await open(page, () => page.getByRole('button', { name: QUERIES[locale].name, exact: true }).click());
    await field(page).fill('zzzzqqqq');
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('zzzzqqqq');
    await expect(options(page)).toHaveCount(0);
    const other = locale === 'zh' ? 'en' : 'zh';
    await field(page).fill(QUERIES[other].words);
    await page.getByRole('dialog').getByRole('button').nth(1).click();
    await expect(page.locator(`[role="option"][href^="/${other}/learn"]`).first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: QUERIES[locale].name, exact: true })).toBeFocused();
  });

test('without the index it says so, and tries again when asked', async ({ page }) => {
  let broken = true;
  await page.route('**/en/search.json', (route) => (broken ? route.abort() : route.continue()));
  await page.goto('/en/learn');
  await open(page, () => page.keyboard.press('/'));
  await expect(page.getByRole('alert').filter({ hasText: 'index' })).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await field(page).fill('kube-proxy');
  await expect(options(page).first()).toBeVisible();
});

test('in the editor and the terminal the keys belong to them', async ({ page }) => {
  await openLesson(page, 'en');
  await page.locator('.monaco-editor textarea, .monaco-editor [role="textbox"]').first().focus();
  await page.keyboard.press('Control+k');
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveCount(0);
  await page.locator('article h1').click();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
});

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('the search fits', async ({ page }) => {
    await page.goto('/zh');
    await open(page, () => page.getByRole('button', { name: '搜索', exact: true }).click());
    await field(page).fill('KUBE');
    await expect(options(page).first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide).toBe(false);
    const dialog = await page.getByRole('dialog').boundingBox();
    expect(dialog && dialog.x >= 0 && dialog.x + dialog.width <= 390).toBe(true);
  });
});
