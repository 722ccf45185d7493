// Lab 1.2 solved in terminals: kubectl on the control machine, curl in the client Pod.
import { expect, test, type Page } from '@playwright/test';
import { boxes, predict, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

test.setTimeout(120_000);

/** Opens a console and waits for its prompt. */
async function toTerminal(page: Page, name: string, locale: 'zh' | 'en'): Promise<void> {
  const label = name === 'control' && locale === 'zh' ? '控制台' : name.replace(/^default\//, '');
  const tab = page.getByRole('tab', { name: label, exact: true });
  if (!(await tab.isVisible())) {
    await page.getByRole('button', { name: locale === 'zh' ? '打开' : 'Open' }).click();
    await page.keyboard.type(name);
    await page.locator('li button', { hasText: name }).first().click();
  } else await tab.click();
  await page.getByTestId(`console-${name}`).locator('textarea').focus();
}
const run = (page: Page, line: string): Promise<void> => page.keyboard.type(`${line}\n`);
const done = (page: Page, id: string): Promise<void> =>
  expect(task(page, id)).toHaveAttribute('data-status', 'done');

for (const locale of ['en'] as const)
  test(`${locale}: lesson 1.2 in the terminal`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn/1.2?e2e`);
    await expect(page.getByTestId('console-control')).toContainText('student@control');
    await toTerminal(page, 'default/client', locale);
    await run(page, 'curl http://my-web-service');
    await expect(page.getByTestId('terminal-output')).toContainText('Could not resolve host');
    await predict(page, 'too-early', 0);
    await toTerminal(page, 'control', locale);
    await run(
      page,
      'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=8080',
    );
    await done(page, 'write');
    await expect(boxes(page, 'sep')).toHaveCount(3);
    await predict(page, 'arrives-with', 2);
    await boxes(page, 'sep').first().click();
    await page.keyboard.press('Escape');
    await done(page, 'read-chain');
    await toTerminal(page, 'default/client', locale);
    await run(page, 'curl -s http://my-web-service');
    await done(page, 'call');
    problems.expectNone();
  });
