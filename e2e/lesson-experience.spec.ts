// What helps a learner through a lesson: the goal beside the present, the solution line by line and shown, links to tasks.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { boxes, openLesson, predict, replace, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const LOCALES = ['zh', 'en'] as const;
const WORDS = {
  zh: {
    hint: '提示',
    next: '答案',
    show: '演示给我看',
    start: '到本任务的起点',
    there: '集群已经是目标的样子。',
  },
  en: {
    hint: 'Hint',
    next: 'Solution',
    show: 'Show me',
    start: 'Go to the start of this task',
    there: 'The cluster is as it should be.',
  },
} as const;

for (const locale of LOCALES) {
  const words = WORDS[locale];

  test(`${locale}: the goal is drawn beside the present, and the present follows the learner`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);
    await boxes(page, 'svc').click();
    const goal = task(page, 'scale').getByTestId('goal');
    await expect(goal.locator('[data-change="removed"]').first()).toContainText('3');
    await expect(goal.locator('[data-change="added"]').first()).toContainText('4');
    await expect(goal).not.toContainText(words.there);
    await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 4');
    // The prediction is still to be answered: the task goes on, and the picture says that the cluster is there.
    await expect(goal).toContainText(words.there);
    await expect(goal.locator('[data-change="added"], [data-change="removed"]')).toHaveCount(0);
    problems.expectNone();
  });

  test(`${locale}: after three hints the solution comes line by line, with what its fields mean`, async ({
    page,
  }) => {
    await page.goto(`/${locale}/learn/1.2?e2e`);
    const write = task(page, 'write');
    for (let i = 0; i < 3; i++) await write.getByRole('button', { name: words.hint }).click();
    const next = write.getByRole('button', { name: words.next });
    const solution = write.getByTestId('solution');
    await next.click();
    await expect(solution).not.toContainText('apiVersion');
    await next.click();
    await expect(solution).toContainText('apiVersion: v1');
    await expect(solution).not.toContainText('kind: Service');
    for (let i = 0; i < 9; i++) await next.click();
    await expect(solution).toContainText('spec.ports.port');
    await page.reload();
    await expect(write.getByTestId('solution')).toContainText('spec.ports.port');
  });

  test(`${locale}: “show me” plays the whole lab in editor, chains and packet view, as actions that can be undone`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openShown(page, locale);
    await predict(page, 'too-early', 2);
    for (const id of ['write', 'read-chain', 'call']) {
      await task(page, id).getByRole('button', { name: words.show }).click();
      await expect(task(page, id)).toHaveAttribute('data-status', 'done');
    }
    await expect(page.locator('[data-testid="editor"]')).toContainText('my-web-app');
    await expect(page.getByTestId('packet')).toContainText('KUBE-SERVICES');
    await page
      .getByRole('button', { name: /^(撤销|Undo)/ })
      .first()
      .click();
    await expect(boxes(page, 'svc')).toHaveCount(0);
    problems.expectNone();
  });

  test(`${locale}: a link to a task makes it current and leads to its start`, async ({ page }) => {
    await page.goto(`/${locale}/learn/2.3?e2e#task-4`);
    const hairpin = task(page, 'hairpin');
    await expect(hairpin).toHaveAttribute('data-status', 'now');
    await expect(hairpin).toBeInViewport();
    await hairpin.getByRole('button', { name: words.start }).click();
    for (const id of ['find-chain', 'scale', 'mark'])
      await expect(task(page, id)).toHaveAttribute('data-status', 'done');
    await expect(hairpin).toHaveAttribute('data-status', 'now');
    await expect(boxes(page, 'sep')).toHaveCount(4);
    await expect(hairpin.getByRole('link')).toHaveAttribute('href', '#task-4');
  });
}

test('“show me” types as one can follow, and Esc stops it; what was typed stays', async ({ page }) => {
  await openShown(page, 'en');
  await predict(page, 'too-early', 2);
  await task(page, 'write').getByRole('button', { name: 'Show me' }).click();
  const text = (): Promise<string> =>
    page.evaluate(() => window.__servicepath?.editor?.getValue('service.yaml') ?? '');
  await expect.poll(text).toContain('kind');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('show-bar')).toHaveCount(0);
  const stopped = await text();
  expect(stopped).not.toContain('type: ClusterIP');
  await expect(page.getByTestId('notice')).toContainText('Stopped');
  expect(await text()).toBe(stopped);
  // The learner's own answer stands.
  await expect(page.locator('[data-prediction="too-early"] button').nth(2)).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

for (const locale of LOCALES)
  test(`${locale}: a prediction that guards holds links and “show me” until it is answered or skipped`, async ({
    page,
  }) => {
    await openShown(page, locale);
    const guard = page.locator('[data-prediction="too-early"]');
    await page.locator('[data-act="chain KUBE-SVC"]').first().click();
    await expect(guard.getByRole('button').first()).toBeFocused();
    await page.keyboard.press('Alt+Shift+S');
    await expect(guard.getByRole('button').first()).toBeFocused();
    await expect(page.getByTestId('show-bar')).toHaveCount(0);
    await guard.getByRole('button', { name: { zh: '跳过', en: 'Skip' }[locale] }).click();
    await page.keyboard.press('Alt+Shift+S');
    await expect(page.getByTestId('show-bar')).toBeVisible();
    await expect(task(page, 'write')).toHaveAttribute('data-status', 'done');
  });

test('a note is kept in the browser, a lesson each, by keyboard alone', async ({ page }) => {
  await page.goto('/zh/learn/1.2?e2e');
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await page.keyboard.press('Alt+Shift+N');
  await expect(page.getByTestId('note').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('DNAT 在客户端的节点上');
  await page.reload();
  await page.getByRole('button', { name: '笔记' }).click();
  await expect(page.getByTestId('note').getByRole('textbox')).toHaveValue('DNAT 在客户端的节点上');
  await page.goto('/zh/learn/2.3?e2e');
  await page.getByRole('button', { name: '笔记' }).click();
  await expect(page.getByTestId('note').getByRole('textbox')).toHaveValue('');
});

test('a report says where, in which version, and how to come there; nothing is sent by itself', async ({
  page,
}) => {
  await openLesson(page, 'en');
  await page.locator('article h2').filter({ hasText: 'The arithmetic' }).scrollIntoViewIfNeeded();
  await page
    .locator('article h2')
    .filter({ hasText: 'The arithmetic' })
    .evaluate((head) => head.scrollIntoView());
  await page.getByRole('button', { name: 'Report an error' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('The third row is wrong.');
  const report = dialog.getByRole('textbox').last();
  await expect(report).toHaveValue(
    /^The third row is wrong\.[^]*Lesson: 2\.3 [^]*Section: The arithmetic\n[^]*Kubernetes v1\.32, kube-proxy in iptables mode\nState: http:\/\/127\.0\.0\.1:\d+\/en\/learn\/2\.3#s=/,
  );
  await expectAccessible(page, { exclude: ['.monaco-editor'] });
});

for (const locale of LOCALES)
  test(`${locale}: what holds in some versions only follows the version that is picked`, async ({ page }) => {
    await openLesson(page, locale);
    const since = page.locator('[data-version="1.31"]').first();
    await expect(since).toHaveAttribute('data-holds', 'true');
    await page.getByRole('combobox').filter({ hasText: 'v1.29' }).selectOption('1.29');
    await expect(since).toHaveAttribute('data-holds', 'false');
    await expect(since).toContainText('v1.29');
    await expect(since).toBeVisible();
  });

test('on paper there is the lesson alone, with the answers of predictions', async ({ page }) => {
  await openLesson(page, 'en');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('#pane-editor')).toBeHidden();
  await expect(page.getByRole('banner').first()).toBeHidden();
  await expect(page.locator('[data-prediction="second-rule"]')).toContainText('Answer: 0.3333333333');
  await expect(
    page.locator('[data-prediction="second-rule"]').getByText('Answer: 0.3333333333'),
  ).toBeVisible();
  await expect(task(page, 'mend').getByText('find all of its Pods again').first()).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  const whole = await page
    .locator('[data-lesson-text]')
    .evaluate((lesson) => [lesson.scrollHeight, lesson.clientHeight]);
  expect(whole[0]).toBe(whole[1]);
});

test('goal, solution and link notice are accessible at 390 px', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/zh/learn/2.3?e2e#task-2');
  const scale = task(page, 'scale');
  for (let i = 0; i < 3; i++) await scale.getByRole('button', { name: '提示' }).click();
  await scale.getByRole('button', { name: '答案' }).click();
  await expect(scale.getByTestId('goal').locator('[data-change="added"]').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});

/** Lesson 1.2 before there is a Service: no chain to wait for. */
async function openShown(page: Page, locale: string): Promise<void> {
  await page.goto(`/${locale}/learn/1.2?e2e`);
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await expect(
    task(page, 'write').getByTestId('goal').locator('[data-change="added"]').first(),
  ).toBeVisible();
}
