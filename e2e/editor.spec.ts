// The YAML editor, as a learner uses it: bad input, input methods, files, explicit apply, the difference to the cluster, plain text.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { ALIAS_BOMB } from './support/alias-bomb';
import { choose, expectResponsive, fileTab, problems, setText, sync, textOf } from './support/editor';
import { boxes, replace } from './support/lesson';
import { watchProblems } from './support/page-problems';

test.setTimeout(180_000);

/** A cold start on a busy machine takes its time. */
async function openLesson(page: Page, locale: string): Promise<void> {
  await page.goto(`/${locale}/learn/2.3?e2e`);
  await page.locator('[data-testid="editor"][data-ready="true"]').waitFor({ timeout: 60_000 });
  await page.locator('[data-node]').first().waitFor({ timeout: 60_000 });
}

const MONACO = { exclude: ['.monaco-editor'] };
const EXTRA = `apiVersion: v1
kind: Service
metadata:
  name: extra
spec:
  type: NodePort
  selector:
    app: my-web-app
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
`;
async function newFile(page: Page, name: string): Promise<void> {
  await choose(page, 'new');
  await page.locator('dialog[open] input').fill(name);
  await page.keyboard.press('Enter');
  await expect(fileTab(page, name)).toHaveAttribute('aria-selected', 'true');
}

const BAD: readonly { name: string; text: string; line: number; zh: RegExp; en: RegExp }[] = [
  {
    name: 'a tab',
    text: EXTRA.replace('  type', '\ttype'),
    line: 6,
    zh: /不允许用 Tab/,
    en: /does not allow tabs/,
  },
  {
    name: '5 MB',
    text: EXTRA + `# ${'x'.repeat(98)}\n`.repeat(52_000),
    line: 1,
    zh: /超过 1 MiB/,
    en: /larger than 1 MiB/,
  },
  { name: 'an alias bomb', text: ALIAS_BOMB, line: 1, zh: /别名展开后超过/, en: /aliases expand to more/ },
  {
    name: 'a key twice',
    text: EXTRA.replace('  type', '  type: ClusterIP\n  type'),
    line: 7,
    zh: /写了两次/,
    en: /stands here twice/,
  },
  {
    name: 'a NUL',
    text: EXTRA.replace('extra', 'ex\0tra'),
    line: 4,
    zh: /控制字符/,
    en: /control character/,
  },
  {
    name: 'an unknown kind',
    text: EXTRA.replace('Service', 'Servce'),
    line: 2,
    zh: /no matches for kind "Servce"/,
    en: /no matches for kind "Servce"/,
  },
  {
    name: 'two Services on one nodePort',
    text: `${EXTRA}---\n${EXTRA.replace('extra', 'other')}`,
    line: 25,
    zh: /provided port is already allocated/,
    en: /provided port is already allocated/,
  },
];

for (const locale of ['zh', 'en'] as const)
  test(`${locale}: bad input has one sentence at its line, and the cluster stays as it was`, async ({
    page,
  }) => {
    const seen = watchProblems(page);
    await openLesson(page, locale);
    const reset = await textOf(page, 'service.yaml');
    for (const bad of BAD) {
      await test.step(bad.name, async () => {
        await setText(page, 'service.yaml', bad.text);
        await expectResponsive(page);
        await expect(problems(page)).toHaveCount(1);
        await expect(problems(page)).toContainText(bad[locale]);
        await expect(problems(page)).toContainText(`${bad.line}:`);
        await expect(sync(page)).toHaveAttribute('data-sync', 'invalid');
        await expect(boxes(page, 'sep')).toHaveCount(3);
        await setText(page, 'service.yaml', reset);
        await expect(problems(page)).toHaveCount(0);
      });
    }
    // A click on a problem leads to its line.
    await setText(page, 'service.yaml', EXTRA.replace('  type', '\ttype'));
    await problems(page).getByRole('button').click();
    await page.keyboard.press('End');
    // Once to the first letter, once to the edge.
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.type('  type: ClusterIP');
    await replace(page, 'service.yaml', '    nodePort: 30080\n', '');
    await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
    seen.expectNone();
  });

test('a paste of 5 MB leaves the page responsive, and undo takes it back', async ({ page }) => {
  await openLesson(page, 'en');
  const before = await textOf(page, 'service.yaml');
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    `# ${'x'.repeat(98)}\n`.repeat(52_000),
  );
  await expect(problems(page)).toContainText('larger than 1 MiB');
  await expectResponsive(page);
  await page.keyboard.press('Control+z');
  await expect(problems(page)).toHaveCount(0);
  expect(await textOf(page, 'service.yaml')).toBe(before);
});

test('unusual but right input is applied: CRLF, a byte order mark, JSON, a List, merge keys', async ({
  page,
}) => {
  await openLesson(page, 'en');
  await newFile(page, 'more');
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${EXTRA.trim().replaceAll('\n', '\n  ')}\n`;
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, null, '\t');
  const merged = EXTRA.replace('name: extra', 'name: extra\n  labels: &l\n    app: my-web-app').replace(
    'selector:\n    app: my-web-app',
    'selector:\n    <<: *l',
  );
  for (const text of [EXTRA.replaceAll('\n', '\r\n'), `\uFEFF${EXTRA}`, json, list, merged]) {
    await setText(page, 'more.yaml', text);
    await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
    await expect(problems(page)).toHaveCount(0);
  }
});

test('a Chinese input method: what is half typed is not applied, what is done is', async ({
  page,
  context,
}) => {
  const seen = watchProblems(page);
  await openLesson(page, 'zh');
  const input = await context.newCDPSession(page);
  const compose = async (...texts: string[]): Promise<void> => {
    for (const text of texts)
      await input.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
  };
  const states: (string | null)[] = [];
  await page.exposeFunction('syncSeen', (state: string | null) => states.push(state));
  await page.evaluate(() => {
    const chip = document.querySelector('[data-testid="editor-sync"]');
    const tell: unknown = Reflect.get(window, 'syncSeen');
    if (chip && typeof tell === 'function')
      new MutationObserver(() => tell(chip.getAttribute('data-sync'))).observe(chip, { attributes: true });
  });
  // In a value: pinyin would be refused or, worse, be a name.
  await page.locator('.view-line', { hasText: 'app: my-web-app' }).click();
  await page.keyboard.press('End');
  await compose('z', 'zh', 'zhong', "zhong'wen");
  expect(await textOf(page, 'service.yaml')).toContain("my-web-appzhong'wen");
  await expect(boxes(page, 'sep')).toHaveCount(3);
  expect(states).toEqual([]);
  await input.send('Input.insertText', { text: '中文' });
  await expect(sync(page)).toHaveAttribute('data-sync', 'invalid');
  await page.keyboard.press('Control+z');
  await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
  // In a comment, and given up halfway.
  await page.locator('.view-line', { hasText: 'kind: Service' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' # ');
  await compose('n', 'ni', 'ni hao');
  await input.send('Input.insertText', { text: '你好' });
  await compose('s', 'shi');
  await compose('');
  await expect.poll(() => textOf(page, 'service.yaml')).toContain('kind: Service # 你好\n');
  await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
  seen.expectNone();
});

for (const [locale, sentence] of [
  ['zh', /决定有哪些 KUBE-SEP 链/],
  ['en', /Decides which KUBE-SEP chains there are/],
] as const)
  test(`${locale}: a field is explained, and values come from the cluster`, async ({ page }) => {
    await openLesson(page, locale);
    await page.locator('.view-line', { hasText: 'selector:' }).click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await expect(page.locator('.monaco-hover:visible')).toContainText(sentence);
    await expect(page.locator('.monaco-hover:visible')).toContainText('map[string]string');
    await page.keyboard.press('Escape');
    await page.locator('.view-line', { hasText: 'app: my-web-app' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    await expect(page.locator('.suggest-widget.visible')).toContainText('app: my-web-app');
    await page.keyboard.press('Escape');
  });

test('fields and values are those of the version', async ({ page }) => {
  await openLesson(page, 'en');
  await replace(page, 'service.yaml', / +#.*/g, '');
  const ask = async (): Promise<void> => {
    await page.locator('.view-line', { hasText: 'type: ClusterIP' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('traff');
    await page.keyboard.press('Control+Space');
  };
  await ask();
  await expect(page.locator('.suggest-widget.visible')).toContainText('trafficDistribution');
  await page.keyboard.press('Enter');
  await expect(page.locator('.suggest-widget.visible')).toContainText('PreferClose');
  await page.keyboard.press('Enter');
  await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
  await page.locator('header select').selectOption('1.28');
  await expect(problems(page)).toContainText('unknown field "spec.trafficDistribution"');
});

test('files by keyboard: new, rename, duplicate, delete; the lesson keeps its own', async ({ page }) => {
  await openLesson(page, 'en');
  await newFile(page, 'client');
  await setText(page, 'client.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n');
  await fileTab(page, 'client.yaml').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('shop');
  await page.keyboard.press('Enter');
  await expect(fileTab(page, 'shop.yaml')).toHaveAttribute('aria-selected', 'true');
  await expect(fileTab(page, 'client.yaml')).toHaveCount(0);
  expect(await textOf(page, 'shop.yaml')).toContain('kind: Namespace');
  await page.reload();
  await expect(fileTab(page, 'shop.yaml')).toBeVisible();
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await expect(fileTab(page, 'client.yaml')).toHaveCount(0);
  await fileTab(page, 'shop.yaml').click();
  await page.keyboard.press('Delete');
  await expectAccessible(page, MONACO);
  await page.locator('dialog[open] button').last().click();
  await expect(fileTab(page, 'shop.yaml')).toHaveCount(0);
  // A name that is taken is refused with a word; the lesson's files cannot go.
  await choose(page, 'duplicate');
  await page.locator('dialog[open] input').fill('service.yaml');
  await expect(page.locator('dialog[open]')).toContainText('There is a file of this name already.');
  await expect(page.locator('dialog[open] button').last()).toBeDisabled();
  await page.keyboard.press('Escape');
  await fileTab(page, 'service.yaml').focus();
  await page.keyboard.press('Delete');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
});

test('format keeps comments; a reset is one step of undo', async ({ page }) => {
  await openLesson(page, 'en');
  const start = await textOf(page, 'service.yaml');
  await setText(
    page,
    'service.yaml',
    start.replace('selector:\n    app: my-web-app', 'selector:\n        app:   my-web-app # mine'),
  );
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Shift+Alt+f');
  await expect.poll(() => textOf(page, 'service.yaml')).toContain('selector:\n    app: my-web-app # mine');
  await page.getByRole('button', { name: 'Reset the lab' }).click();
  await page.locator('dialog[open] button').last().click();
  await expect.poll(() => textOf(page, 'service.yaml')).toBe(start);
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+z');
  await expect.poll(() => textOf(page, 'service.yaml')).toContain('# mine');
  await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
});

test('explicit apply: nothing changes before Ctrl+Enter, what waits outlives a reload', async ({ page }) => {
  await openLesson(page, 'en');
  await fileTab(page, 'deployment.yaml').click();
  await choose(page, 'asYouType');
  await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: -1');
  await expect(problems(page)).toContainText('must be greater than or equal to 0');
  await replace(page, 'deployment.yaml', 'replicas: -1', 'replicas: 5');
  await expect(sync(page)).toHaveAttribute('data-sync', 'pending');
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await page.reload();
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await fileTab(page, 'deployment.yaml').click();
  expect(await textOf(page, 'deployment.yaml')).toContain('replicas: 5');
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+Enter');
  await expect(boxes(page, 'sep')).toHaveCount(5);
  await expect(sync(page)).toHaveAttribute('data-sync', 'applied');
  expect(await textOf(page, 'deployment.yaml')).not.toMatch(/^\n/);
});

test('the cluster has moved: a badge, the difference, the cluster’s version, and undo', async ({ page }) => {
  await openLesson(page, 'en');
  await newFile(page, 'scale');
  const deployment = await textOf(page, 'deployment.yaml');
  await setText(page, 'scale.yaml', deployment.replace('replicas: 3', 'replicas: 5'));
  await expect(page.locator('[data-testid="editor-drift"]')).toContainText(
    'deployment/my-web-app spec.replicas',
  );
  await page.locator('[data-testid="editor-drift"] button').first().click();
  const diff = page.locator('[data-testid="editor-diff"]');
  await expect(diff.locator('[data-diff="left"]')).toContainText('replicas: 3');
  await expect(diff.locator('[data-diff="right"]')).toContainText('replicas: 5');
  await expectAccessible(page, MONACO);
  await diff.getByRole('button', { name: 'Take the cluster’s version' }).click();
  await expect(page.locator('[data-testid="editor-drift"]')).toHaveCount(0);
  expect(await textOf(page, 'deployment.yaml')).toBe(deployment.replace('replicas: 3', 'replicas: 5'));
  await page.keyboard.press('Control+z');
  await expect.poll(() => textOf(page, 'deployment.yaml')).toBe(deployment);
  await expect(boxes(page, 'sep')).toHaveCount(3);
});

test('plain text: no Monaco, the same problems and keys, help on the field, remembered', async ({ page }) => {
  const seen = watchProblems(page);
  await page.addInitScript(() => localStorage.setItem('servicepath.editor', '{"plain":true,"manual":true}'));
  await openLesson(page, 'zh');
  const area = page.locator('[data-testid="editor"] textarea');
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
  await fileTab(page, 'deployment.yaml').click();
  const start = await area.inputValue();
  await area.click();
  await page.keyboard.press('Control+Home');
  const line = start.split('\n').findIndex((text) => text.includes('replicas: 3'));
  for (let i = 0; i < line; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect(page.locator('[data-testid="editor-help"]')).toContainText('要有多少个 Pod。默认值：1。');
  await page.keyboard.type('x');
  await expect(problems(page)).toContainText('cannot unmarshal string');
  await expect(area).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Control+z');
  await expect(area).toHaveValue(start);
  await page.keyboard.press('Backspace');
  await page.keyboard.type('4');
  await expect(sync(page)).toHaveAttribute('data-sync', 'pending');
  await page.keyboard.press('Control+s');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await expectAccessible(page);
  // Tab leaves it.
  await page.keyboard.press('Tab');
  await expect(area).not.toBeFocused();
  seen.expectNone();
});

test('the editor is left by Escape and Tab; its menu works by keyboard', async ({ page }) => {
  await openLesson(page, 'en');
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.locator('.monaco-editor :focus')).toHaveCount(0);
  await page.locator('[data-testid="editor-menu"]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role="menuitem"]').first()).toBeFocused();
  await expectAccessible(page, MONACO);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-testid="editor"]')).toHaveAttribute('data-plain', 'true');
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
});

test('dark, 390 px: the editor fits, and is accessible', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto('/zh/learn/2.3?e2e');
  await page.getByRole('tab', { name: '编辑器' }).click();
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible();
  await choose(page, 'compare');
  await expect(page.locator('[data-testid="editor-diff"]')).toContainText('编辑器与集群一致');
  await expectAccessible(page, MONACO);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});
