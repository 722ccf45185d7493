// Both labs solved in terminals: kubectl on the control machine, curl on a node and in Pods; predictions and chains are clicked.
import { expect, test, type Page } from '@playwright/test';
import { boxes, openLesson, predict, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

test.setTimeout(120_000);

const LOCALES = ['zh', 'en'] as const;
type Locale = (typeof LOCALES)[number];

/** Shows a console, opened from the menu if it has no tab yet, and takes the keys there. */
async function toTerminal(page: Page, name: string, locale: Locale): Promise<void> {
  const tabOf = (console: string): string =>
    `[role="tab"][aria-controls="console-${console.replaceAll(/[^\w-]/g, '_')}"]`;
  // Which tabs there are can be asked only when the terminals are loaded; this one is always among them.
  await expect(page.locator(tabOf('control'))).toBeVisible({ timeout: 100_000 });
  const tab = page.locator(tabOf(name));
  if ((await tab.count()) === 0) {
    await page.getByRole('button', { name: locale === 'zh' ? '打开' : 'Open', exact: true }).click();
    await page.keyboard.type(name);
    await page.locator('li button', { hasText: name }).first().click();
  } else await tab.click();
  await expect(page.getByTestId(`console-${name}`)).toContainText(name.includes('/') ? '/ #' : `@${name}`);
  await page.getByTestId(`console-${name}`).locator('textarea').focus();
}
const run = (page: Page, line: string): Promise<void> => page.keyboard.type(`${line}\n`);
const printed = (page: Page, text: string | RegExp): Promise<void> =>
  expect(page.getByTestId('terminal-output')).toContainText(text);
const done = (page: Page, id: string): Promise<void> =>
  expect(task(page, id)).toHaveAttribute('data-status', 'done');

/** Selects a chain; its drawer is closed again, so that it covers nothing. */
async function pickChain(page: Page, kind: string, index = 0): Promise<void> {
  await boxes(page, kind).nth(index).click();
  await expect(page.getByTestId('chain-drawer')).toBeVisible();
  await page.keyboard.press('Escape');
}

for (const locale of LOCALES) {
  test(`${locale}: lesson 1.2 in the terminal`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn/1.2?e2e`);
    await toTerminal(page, 'default/client', locale);
    await run(page, 'curl http://my-web-service');
    await printed(page, 'Could not resolve host');
    await predict(page, 'too-early', 0);
    await toTerminal(page, 'control', locale);
    await run(
      page,
      'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=8080',
    );
    await done(page, 'write');
    await expect(boxes(page, 'sep')).toHaveCount(3);
    await predict(page, 'arrives-with', 2);
    await pickChain(page, 'sep');
    await done(page, 'read-chain');
    await toTerminal(page, 'default/client', locale);
    await run(page, 'curl -s http://my-web-service');
    await done(page, 'call');
    problems.expectNone();
  });

  test(`${locale}: lesson 2.3 in the terminal; what it did is there after a reload`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);
    await pickChain(page, 'svc');
    await done(page, 'find-chain');

    await predict(page, 'second-rule', 1);
    await toTerminal(page, 'control', locale);
    await run(page, 'kubectl scale deployment my-web-app --replicas=4');
    await done(page, 'scale');
    await expect(boxes(page, 'sep')).toHaveCount(4);

    await predict(page, 'mark-who', 1);
    await toTerminal(page, 'control', locale);
    await run(page, "kubectl get service my-web-service -o jsonpath='{.spec.clusterIP}'");
    await printed(page, /10\.96\.\d+\.\d+/);
    const ip = (await page.getByTestId('terminal-output').textContent()) ?? '';
    await toTerminal(page, 'node-1', locale);
    await run(page, `curl -s http://${ip.trim()}`);
    await done(page, 'mark');

    await predict(page, 'hairpin-source', 2);
    await toTerminal(page, 'control', locale);
    await run(page, "POD=$(kubectl get pods -l app=my-web-app -o jsonpath='{.items[0].metadata.name}')");
    await run(
      page,
      "kubectl exec $POD -- sh -c 'for i in $(seq 40); do curl -s http://my-web-service; done'",
    );
    await done(page, 'hairpin');

    await predict(page, 'affinity-rules', 2);
    await toTerminal(page, 'control', locale);
    await run(page, `kubectl patch service my-web-service -p '{"spec":{"sessionAffinity":"ClientIP"}}'`);
    await expect(boxes(page, 'svc').first()).toContainText('--rcheck --seconds 10800 --reap');
    await pickChain(page, 'sep', 1);
    await done(page, 'affinity');

    await predict(page, 'no-endpoints', 0);
    await toTerminal(page, 'control', locale);
    await run(page, 'kubectl set selector service my-web-service app=my-web-ap');
    await done(page, 'break');
    await expect(boxes(page, 'reject')).toHaveCount(1);

    await page.reload();
    await expect(boxes(page, 'reject')).toHaveCount(1);
    await done(page, 'break');
    await toTerminal(page, 'control', locale);
    await run(page, 'kubectl apply -f service.yaml');
    await done(page, 'mend');
    await expect(boxes(page, 'sep')).toHaveCount(4);
    problems.expectNone();
  });
}

for (const locale of LOCALES) {
  const words =
    locale === 'zh'
      ? { save: '保存并关闭', cancel: '不保存，关闭' }
      : { save: 'Save and close', cancel: 'Close without saving' };
  test(`${locale}: kubectl edit opens the page's editor`, async ({ page }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn/1.2?e2e`);
    await toTerminal(page, 'control', locale);
    await run(page, 'kubectl create service clusterip other --tcp=80:8080');
    await printed(page, 'service/other created');
    await run(page, 'kubectl edit service other');
    const text = page.getByRole('textbox', { name: /kubectl-edit-.*\.yaml/ });
    await expect(text).toBeFocused();
    const opened = await text.inputValue();
    expect(opened).toContain('# Please edit the object below.');
    await text.fill(opened.replace('port: 80', 'port: 0'));
    await page.getByRole('button', { name: words.save }).click();
    // What the server refuses comes back with the reason above.
    await expect(text).toHaveValue(/# services "other" was not valid:/);
    await text.fill((await text.inputValue()).replace('port: 0', 'port: 81'));
    await text.press('Control+s');
    await printed(page, 'service/other edited');
    await expect(text).toHaveCount(0);
    await page.getByTestId('console-control').locator('textarea').focus();
    await run(page, 'kubectl edit service other');
    await page.getByRole('button', { name: words.cancel }).click();
    await printed(page, 'Edit cancelled, no changes made.');
    problems.expectNone();
  });
}
