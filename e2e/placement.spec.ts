// The placement test of stage 1: drawn by a cluster in a worker, answered, explained; passing marks the stage as known, apart from done.
import { expect, test, type Page } from '@playwright/test';
import { placementTest } from '../lib/course/placement/placement-test';
import { expectAccessible } from './support/axe';
import { WRITTEN } from './support/course';
import { watchProblems } from './support/page-problems';

const WORDS = {
  zh: { begin: '开始测验', answer: '提交全部答案', again: '换一个集群再做一次', forget: '不再记为已掌握' },
  en: {
    begin: 'Begin the test',
    answer: 'Hand in all answers',
    again: 'Try again with another cluster',
    forget: 'No longer mark as known',
  },
} as const;

const questions = (page: Page) => page.locator('[data-question]');
const option = (page: Page, id: string, i: number) =>
  page.locator(`[data-question="${id}"] input[type="radio"]`).nth(i);

/** The seed on show: the same questions can be drawn here, with their answers. */
async function drawn(page: Page) {
  await expect(questions(page)).toHaveCount(8);
  const seed = Number(/(\d+)\D*$/.exec(await page.locator('main').innerText())?.[1]);
  return placementTest(seed);
}

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: passed, stage 1 is known and apart from done; each answer is explained; it can be taken back`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    const words = WORDS[locale];
    await page.goto(`/${locale}`);
    await page.locator(`main a[href="/${locale}/placement"]`).click();
    await page.getByRole('button', { name: words.begin }).click();
    const test = await drawn(page);
    await expect(option(page, test[0]?.id ?? '', 0)).toBeFocused();
    await page.getByRole('button', { name: words.answer }).click();
    await expect(page.getByRole('status').filter({ hasText: '8' })).toBeVisible();
    // Two wrong ones still pass.
    for (const [i, { id, correct }] of test.entries())
      await option(page, id, i < 2 ? (correct + 1) % 4 : correct).check();
    await page.getByRole('button', { name: words.answer }).click();
    await expect(page.getByTestId('result')).toHaveAttribute('data-passed', 'true');
    await expect(page.getByTestId('result')).toContainText('6');
    await expect(page.getByTestId('result')).toBeFocused();
    for (const { lesson } of test)
      await expect(page.locator(`a[href="/${locale}/learn#lesson-${lesson}"]`).first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    const after = WRITTEN.find((id) => !id.startsWith('1.')) ?? '';
    await expect(page.getByTestId('result').getByRole('link')).toHaveAttribute(
      'href',
      `/${locale}/learn/${after}`,
    );
    await page.goto(`/${locale}/learn`);
    await expect(page.locator('[data-stage="1"] [data-standing="known"]')).toHaveCount(
      WRITTEN.filter((id) => id.startsWith('1.')).length,
    );
    await expect(page.locator('[data-stage="1"] [data-standing="done"]')).toHaveCount(0);
    await expect(page.locator(`main a[href="/${locale}/learn/${after}"]`).first()).toBeVisible();
    await page.getByRole('button', { name: words.forget }).click();
    await expect(page.locator('[data-standing="known"]')).toHaveCount(0);
    problems.expectNone();
  });

test('missed, nothing is marked; another try draws other questions', async ({ page }) => {
  await page.goto('/en/placement');
  await page.getByRole('button', { name: WORDS.en.begin }).click();
  const first = await drawn(page);
  for (const { id, correct } of first) await option(page, id, (correct + 1) % 4).check();
  await page.getByRole('button', { name: WORDS.en.answer }).click();
  await expect(page.getByTestId('result')).toHaveAttribute('data-passed', 'false');
  await page.getByRole('button', { name: WORDS.en.again }).click();
  await expect(page.getByTestId('result')).toBeHidden();
  const second = await drawn(page);
  expect(JSON.stringify(second)).not.toBe(JSON.stringify(first));
  await page.goto('/en/learn');
  await expect(page.locator('[data-standing="known"]')).toHaveCount(0);
});

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('the questions do not scroll the page sideways', async ({ page }) => {
    await page.goto('/zh/placement');
    await page.getByRole('button', { name: WORDS.zh.begin }).click();
    await expect(questions(page)).toHaveCount(8);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  });
});
