// A learner opens lesson 2.3, edits YAML and sees the real chains change, in both languages.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { watchProblems } from './support/page-problems';

async function openLesson(page: Page, locale: string): Promise<void> {
  await page.goto(`/${locale}/learn/2.3?e2e`);
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await expect(page.locator('[data-kind="sep"]')).toHaveCount(3);
}

async function replace(page: Page, file: string, from: string, to: string): Promise<void> {
  await page.evaluate(
    ({ name, before, after }) => {
      const editor = window.__servicepath?.editor;
      editor?.setValue(name, (editor.getValue(name) ?? '').replace(before, after));
    },
    { name: file, before: from, after: to },
  );
}

for (const locale of ['zh', 'en'])
  test(`lesson 2.3, ${locale}: edits change the chains; a refused edit changes nothing`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);
    await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 4');
    await expect(page.locator('[data-kind="sep"]')).toHaveCount(4);
    await replace(page, 'service.yaml', 'port: 80 ', 'port: 99999 ');
    await expect(page.locator('[data-testid="editor-problems"]')).toContainText(
      'must be between 1 and 65535, inclusive',
    );
    await expect(page.locator('[data-kind="sep"]')).toHaveCount(4);
    await replace(page, 'service.yaml', 'port: 99999 ', 'port: 80 ');
    await replace(page, 'service.yaml', 'app: my-web-app', 'app: my-web-ap');
    await expect(page.locator('[data-kind="reject"]')).toHaveCount(1);
    await expectAccessible(page, { exclude: ['.monaco-editor'] });
    expect(problems).toBeDefined();
  });
