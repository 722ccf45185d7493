// The course: lesson 1.2 from a blank file to the answer of a Pod, in both languages; the way through stages and lessons.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { WRITTEN } from './support/course';
import { boxes, openLesson, predict, task } from './support/lesson';
import { watchProblems } from './support/page-problems';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  selector:
    app: my-web-app
  ports:
    - protocol: TCP
      port: 80         # Service 暴露的端口
      targetPort: 8080 # 后端 Pod 的业务端口
  type: ClusterIP      # 默认类型，仅集群内部访问
`;

const WORDS = {
  zh: {
    send: '发送',
    selector: '选择器一个 Pod 也匹配不到',
    swapped: '两个端口写反了',
    refused: '没有程序在监听',
  },
  en: {
    send: 'Send',
    selector: 'its selector matches no Pod',
    swapped: 'the wrong way round',
    refused: 'nobody listens',
  },
} as const;
const LOCALES = ['zh', 'en'] as const;

const write = (page: Page, text: string): Promise<void> =>
  page.evaluate((value) => window.__servicepath?.editor?.setValue('service.yaml', value), text);
const told = (page: Page, id: string) => task(page, id).getByTestId('task-now');

for (const locale of LOCALES)
  test(`${locale}: lesson 1.2 in the editor and the packet view; wrong attempts are named`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    await openLessonWithoutService(page, locale);
    await expectAccessible(page, { exclude: ['.monaco-editor', '.xterm'] });
    await predict(page, 'too-early', 0);

    await write(page, SERVICE.replace('app: my-web-app', 'app: my-web-ap'));
    await expect(told(page, 'write')).toContainText(WORDS[locale].selector);
    await expect(boxes(page, 'reject')).toHaveCount(1);
    await write(
      page,
      SERVICE.replace('port: 80 ', 'port: 8080 ').replace('targetPort: 8080', 'targetPort: 80'),
    );
    await expect(told(page, 'write')).toContainText(WORDS[locale].swapped);
    await write(page, SERVICE);
    await expect(task(page, 'write')).toHaveAttribute('data-status', 'done');
    await expect(boxes(page, 'sep')).toHaveCount(3);

    await predict(page, 'arrives-with', 1);
    await boxes(page, 'sep').first().click();
    await page.keyboard.press('Escape');
    await expect(task(page, 'read-chain')).toHaveAttribute('data-status', 'done');

    await write(page, SERVICE.replace('targetPort: 8080', 'targetPort: 8008'));
    await send(page, locale);
    await expect(told(page, 'call')).toContainText(WORDS[locale].refused);
    await write(page, SERVICE);
    await send(page, locale);
    await expect(task(page, 'call')).toHaveAttribute('data-status', 'done');
    problems.expectNone();
  });

async function openLessonWithoutService(page: Page, locale: string): Promise<void> {
  await page.goto(`/${locale}/learn/1.2?e2e`);
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
}

const send = (page: Page, locale: 'zh' | 'en'): Promise<void> =>
  page.getByRole('button', { name: WORDS[locale].send, exact: true }).click();

test('the chain appears with the line that makes the Service valid', async ({ page }) => {
  await openLessonWithoutService(page, 'en');
  const lines = SERVICE.split('\n');
  const upTo = (line: string): string =>
    lines.slice(0, lines.findIndex((l) => l.includes(line)) + 1).join('\n');
  for (const line of ['kind:', 'selector:', 'ports:']) {
    await write(page, upTo(line));
    await expect(boxes(page, 'svc')).toHaveCount(0);
  }
  await write(page, upTo('port: 80 '));
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await write(page, upTo('targetPort:'));
  await expect(boxes(page, 'sep').first()).toContainText(':8080');
});

for (const locale of LOCALES)
  test(`${locale}: lesson 2.3’s connections, by packets from a node and from a Pod`, async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, locale);
    await predict(page, 'mark-who', 1);
    const from = page.getByTestId('packet').locator('select').first();
    await from.selectOption('node/node-1');
    await send(page, locale);
    await expect(task(page, 'mark')).toHaveAttribute('data-status', 'done');
    await predict(page, 'hairpin-source', 2);
    await page.evaluate(() => {
      const editor = window.__servicepath?.editor;
      const text = editor?.getValue('deployment.yaml') ?? '';
      editor?.setValue('deployment.yaml', text.replace('replicas: 3', 'replicas: 1'));
    });
    await expect(boxes(page, 'sep')).toHaveCount(1);
    // The two that are ending may still send; the one that stays is meant.
    const pods = from.locator('option[value^="pod/default/my-web-app"]');
    await expect(pods).toHaveCount(1);
    await from.selectOption((await pods.getAttribute('value')) ?? '');
    await send(page, locale);
    await expect(task(page, 'hairpin')).toHaveAttribute('data-status', 'done');
    await expect(page.getByTestId('packet')).toContainText('10.244.');
    problems.expectNone();
  });

for (const locale of LOCALES)
  test(`${locale}: the course’s page and the menu show all stages and what is still to come`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    await page.goto(`/${locale}/learn`);
    await expect(page.locator('[data-stage] h2')).toHaveCount(5);
    await expect(page.locator('main [data-lesson]')).toHaveCount(31);
    await expect(page.locator('main [data-open="true"]')).toHaveCount(WRITTEN.length);
    await expectAccessible(page);
    await page.locator('main [data-lesson="1.2"] a').click();
    await expect(page).toHaveURL(new RegExp(`/${locale}/learn/1\\.2$`));
    await page.locator('[popovertarget="course-menu"]').click();
    const menu = page.locator('#course-menu');
    await expect(menu).toBeVisible();
    await expect(menu.locator('[data-lesson="1.2"] a')).toHaveAttribute('aria-current', 'page');
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await page.locator('[data-neighbour="next"] a').click();
    await expect(page).toHaveURL(`/${locale}/learn/${WRITTEN[WRITTEN.indexOf('1.2') + 1]}`);
    problems.expectNone();
  });

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const path of ['/zh', '/en/learn', '/zh/learn/1.2'])
    test(`${path} does not scroll sideways, and is accessible in both themes`, async ({ page }) => {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wide).toBe(false);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page, { exclude: ['.monaco-editor', '.xterm'] });
      }
    });
});

test('the home page’s chain is live, and Start leads to the first lesson', async ({ page }) => {
  const problems = watchProblems(page);
  await page.goto('/en');
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await page.getByRole('button', { name: 'One replica more' }).click();
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(`/en/learn/${WRITTEN[0]}`);
  problems.expectNone();
});
