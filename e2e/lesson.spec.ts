// A learner opens lesson 2.3, edits YAML, sees the real chains change, and solves the lab, in both languages.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { boxes, openLesson, predict, replace, task } from './support/lesson';
import { expectNoCspViolations, watchProblems } from './support/page-problems';

const SERVICE = 'service.yaml';
const DEPLOYMENT = 'deployment.yaml';
const LOCALES = ['zh', 'en'] as const;

/** The probabilities on the edges, as the rules state them; a sign before one says that the last edit changed it. */
const probabilities = (page: Page): Promise<readonly string[]> =>
  page
    .locator('[data-testid="chain-view"] svg text')
    .evaluateAll((texts) =>
      texts.map((t) => (t.textContent ?? '').replace(/^[+~]\s*/, '')).filter((t) => /^(0\.\d+|1)$/.test(t)),
    );

for (const locale of LOCALES)
  test(`${locale}: each edit changes the chains as kube-proxy would`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);
    await expect(boxes(page, 'sep')).toHaveCount(3);
    const before = await boxes(page, 'svc').getAttribute('data-name');

    await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 4');
    await expect(boxes(page, 'sep')).toHaveCount(4);
    expect(await probabilities(page)).toEqual(expect.arrayContaining(['0.25', '0.3333', '0.5', '1']));
    expect(await boxes(page, 'svc').getAttribute('data-name')).toBe(before);

    await replace(
      page,
      SERVICE,
      /- protocol: TCP\n\s+port: 80 /,
      '- name: http\n      protocol: TCP\n      port: 80 ',
    );
    await replace(
      page,
      SERVICE,
      /(targetPort: 8080[^\n]*\n)/,
      '$1    - name: admin\n      port: 9090\n      targetPort: 9090\n',
    );
    await expect(boxes(page, 'svc')).toHaveCount(2);
    await expect(boxes(page, 'sep')).toHaveCount(8);

    await replace(page, SERVICE, 'spec:\n', 'spec:\n  sessionAffinity: ClientIP\n');
    await expect(boxes(page, 'svc').first()).toContainText('--rcheck --seconds 10800 --reap');

    await replace(page, SERVICE, 'app: my-web-app', 'app: my-web-ap');
    await expect(boxes(page, 'reject')).toHaveCount(1);
    await expect(page.locator('[data-node="filter/KUBE-SERVICES"]')).toContainText('tcp dpt:9090');
    await expect(page.locator('[data-node="filter/KUBE-SERVICES"]')).toContainText('tcp dpt:80');
    await expect(boxes(page, 'sep')).toHaveCount(0);
    problems.expectNone();
  });

for (const locale of LOCALES)
  test(`${locale}: the lab solved in the editor; wrong attempts are told what is wrong`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);

    await boxes(page, 'sep').first().click();
    await expect(task(page, 'find-chain').getByTestId('task-now')).toContainText('KUBE-SEP');
    await expect(task(page, 'find-chain')).toHaveAttribute('data-status', 'now');
    await boxes(page, 'svc').click();
    await expect(task(page, 'find-chain')).toHaveAttribute('data-status', 'done');

    await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 5');
    await expect(boxes(page, 'sep')).toHaveCount(5);
    await expect(task(page, 'scale')).toHaveAttribute('data-status', 'now');
    await predict(page, 'second-rule', 1);
    await replace(page, DEPLOYMENT, 'replicas: 5', 'replicas: 4');
    await expect(task(page, 'scale')).toHaveAttribute('data-status', 'done');

    await predict(page, 'affinity-rules', 0);
    await replace(page, SERVICE, 'spec:\n', 'spec:\n  sessionAffinity: ClientIp\n');
    await expect(page.getByTestId('editor-problems')).toContainText('supported values: "ClientIP", "None"');
    await replace(page, SERVICE, 'ClientIp', 'ClientIP');
    await boxes(page, 'sep').nth(1).click();
    await expect(task(page, 'affinity')).toHaveAttribute('data-status', 'done');

    await predict(page, 'no-endpoints', 0);
    await replace(page, SERVICE, 'app: my-web-app', 'app: my-web-ap');
    await expect(task(page, 'break')).toHaveAttribute('data-status', 'done');
    await replace(page, SERVICE, 'app: my-web-ap', 'app: my-web-app');
    await expect(task(page, 'mend')).toHaveAttribute('data-status', 'done');
    problems.expectNone();
  });

test('an invalid edit never disturbs the cluster, and is told at its line in the server’s words', async ({
  page,
}) => {
  await openLesson(page, 'en');
  const before = await boxes(page, 'sep').evaluateAll((all) => all.map((b) => b.getAttribute('data-name')));
  await replace(page, SERVICE, 'port: 80 ', 'port: 99999 ');
  await expect(page.getByTestId('editor-problems')).toContainText(
    'spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
  );
  const after = await boxes(page, 'sep').evaluateAll((all) => all.map((b) => b.getAttribute('data-name')));
  expect(after).toEqual(before);
});

test('what was done is there after a reload, until the lab is reset', async ({ page }) => {
  await openLesson(page, 'en');
  await boxes(page, 'svc').click();
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 4');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await expect(task(page, 'find-chain')).toHaveAttribute('data-status', 'done');
  await page.reload();
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await expect(task(page, 'find-chain')).toHaveAttribute('data-status', 'done');
  await page.getByRole('button', { name: 'Reset the lab' }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await expect(task(page, 'find-chain')).toHaveAttribute('data-status', 'now');
});

test('a rule and its YAML lines point at each other', async ({ page }) => {
  await openLesson(page, 'en');
  // The row of a rule, not the box around it.
  await boxes(page, 'svc').getByText('! -s 10.244.0.0/16', { exact: true }).click();
  const drawer = page.getByTestId('chain-drawer');
  await expect(drawer).toBeVisible();
  await expect(drawer.getByTestId('chain-rule').first()).toContainText('-A KUBE-SVC-');
  await expect(drawer).toContainText('service.yaml');
});

for (const locale of LOCALES)
  for (const scheme of ['light', 'dark'] as const)
    test(`${locale}, ${scheme}: accessible, and within the Content-Security-Policy`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await expectNoCspViolations(page, `/${locale}/learn/2.3?e2e`, async () => {
        await expect(boxes(page, 'sep')).toHaveCount(3);
        await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
        await boxes(page, 'svc').click();
        await expectAccessible(page, { exclude: ['.monaco-editor'] });
      });
    });

test('390 px: every part is a tab, nothing is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/zh/learn/2.3?e2e');
  await expect(page.getByTestId('tasks')).toBeVisible();
  const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(390);
  for (const name of ['编辑器', '视图']) {
    await page.getByRole('tab', { name }).click();
    expect(await width()).toBeLessThanOrEqual(390);
  }
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await expectAccessible(page, { exclude: ['.monaco-editor'] });
});

test('10 000 Services: the edited one in full, the rest folded, another one found by search', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openLesson(page, 'en', '2.3', '&services=10000');
  await expect(boxes(page, 'sep')).toHaveCount(3, { timeout: 40_000 });
  await expect(page.locator('[data-kind="others"]')).toContainText('10,002 Services');
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 4');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await page
    .getByRole('combobox')
    .filter({ hasNot: page.locator('option') })
    .first()
    .fill('shop-09999');
  await page.getByRole('option', { name: /shop-09999/ }).click();
  await expect(boxes(page, 'sep')).toHaveCount(5);
});
