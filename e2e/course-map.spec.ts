// The map of the course: progress, paths, where to go on; lessons to come are no links.
import { expect, test, type Page } from '@playwright/test';
import { PATHS } from '../lib/course/paths';
import { expectAccessible } from './support/axe';
import { WRITTEN } from './support/course';
import { openLesson, predict, replace, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const row = (page: Page, id: string) => page.locator(`main [data-lesson="${id}"]`);
const WORDS = {
  zh: { start: '开始', continue: '从上次的地方继续', sre: 'SRE' },
  en: { start: 'Start', continue: 'Continue where you were', sre: 'SRE' },
} as const;

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: work in a lesson shows on the map, and “continue” leads back to it`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn`);
    await expect(row(page, '2.3')).toHaveAttribute('data-standing', 'new');
    await expect(page.getByRole('link', { name: WORDS[locale].start, exact: true })).toHaveAttribute(
      'href',
      `/${locale}/learn/${WRITTEN[0]}`,
    );
    await openLesson(page, locale);
    await predict(page, 'second-rule', 1);
    await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 4');
    await expect(task(page, 'scale')).toHaveAttribute('data-status', /./);
    await page.goto(`/${locale}/learn`);
    await expect(row(page, '2.3')).toHaveAttribute('data-standing', 'started');
    await page.getByRole('link', { name: WORDS[locale].continue }).click();
    await expect(page).toHaveURL(`/${locale}/learn/2.3`);
    await page.goto(`/${locale}`);
    await expect(row(page, '2.3')).toHaveAttribute('data-standing', 'started');
    problems.expectNone();
  });

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: a path is chosen by keyboard, shows its order and reason, and is remembered`, async ({
    page,
  }) => {
    await page.goto(`/${locale}/learn`);
    const path = PATHS.find(({ id }) => id === 'sre');
    await page.getByRole('radio', { name: 'SRE' }).check();
    const box = page.getByTestId('path');
    await expect(box).toContainText(path?.reason[locale] ?? 'no such path');
    const steps = (await box.getByRole('listitem').allInnerTexts()).map((text) => /\d\.\d/.exec(text)?.[0]);
    expect(steps).toEqual(path?.lessons);
    await page.reload();
    await expect(page.getByRole('radio', { name: 'SRE' })).toBeChecked();
    const first = path?.lessons.find((id) => WRITTEN.includes(id));
    await expect(page.getByRole('link', { name: WORDS[locale].start, exact: true })).toHaveAttribute(
      'href',
      `/${locale}/learn/${first}`,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });

test('lessons to come say so and are no links; written ones are', async ({ page }) => {
  await page.goto('/en/learn');
  const coming = page.locator('main [data-standing="toCome"]');
  await expect(coming).toHaveCount(31 - WRITTEN.length);
  await expect(coming.getByRole('link')).toHaveCount(0);
  await expect(coming.first()).toContainText('to come');
  for (const id of WRITTEN)
    await expect(row(page, id).getByRole('link')).toHaveAttribute('href', `/en/learn/${id}`);
});

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const path of ['/en', '/zh/learn'])
    test(`${path} does not scroll sideways with a path chosen`, async ({ page }) => {
      await page.goto('/zh/learn');
      await page.getByRole('radio', { name: 'SRE' }).check();
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    });
});

test('progress goes to a file and comes back in another browser; ticks of both are kept', async ({
  page,
  browser,
}) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await predict(page, 'second-rule', 1);
  await page.goto('/en/learn');
  await expect(row(page, '2.3')).toHaveAttribute('data-standing', 'started');
  await page.getByRole('radio', { name: 'Architect' }).check();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save progress to a file' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^servicepath-progress-\d{4}-\d\d-\d\d\.json$/);
  const path = await file.path();

  const other = await (await browser.newContext()).newPage();
  await other.goto('/en/learn');
  const chooser = other.getByLabel('Import progress from a file');
  await chooser.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":1}'),
  });
  await expect(other.getByRole('status').last()).toContainText('no Servicepath progress');
  await chooser.setInputFiles(path);
  await expect(other.getByRole('status').last()).toContainText('2.3 imported');
  await expect(row(other, '2.3')).toHaveAttribute('data-standing', 'started');
  await expect(other.getByRole('radio', { name: 'Architect' })).toBeChecked();
  await openLesson(other, 'en');
  await expect(other.locator('[data-prediction="second-rule"]')).toContainText('Your prediction was right');
  problems.expectNone();
});

for (const width of [390, 700, 1024])
  test(`at ${width} px everything in a lesson’s header is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const locale of ['zh', 'en']) {
      await page.goto(`/${locale}/learn/2.3`);
      for (const control of await page.locator('header').first().locator('button, a, select').all()) {
        const box = await control.boundingBox();
        if (!box || box.width <= 1) continue;
        expect(box.x + box.width, (await control.innerText()) || 'a control').toBeLessThanOrEqual(width);
      }
    }
  });

test('an address without a page leads to the map in both languages', async ({ page }) => {
  for (const path of ['/zh/learn/9.9', '/en/nothing/here']) {
    expect((await page.goto(path))?.status()).toBe(404);
    for (const locale of ['zh', 'en']) await expect(page.locator(`a[href="/${locale}/learn"]`)).toBeVisible();
    await expectAccessible(page);
  }
});
