// The workbench as an instrument: panes that move and remember, a map of the keys, terminals, packets, objects; by keyboard, on a
// phone, in both themes and languages.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { boxes, openLesson, replace } from './support/lesson';
import { watchProblems } from './support/page-problems';

const pane = (page: Page, id: string): Locator => page.locator(`#pane-${id}`);
const divider = (page: Page, name: string): Locator => page.getByRole('separator', { name });
const width = async (part: Locator): Promise<number> => Math.round((await part.boundingBox())?.width ?? 0);
const height = async (part: Locator): Promise<number> => Math.round((await part.boundingBox())?.height ?? 0);
/** Parts that are not ours: inner elements of Monaco and xterm. */
const THEIRS = ['.monaco-editor', '.xterm'];

async function drag(
  page: Page,
  line: Locator,
  by: { readonly x?: number; readonly y?: number },
): Promise<void> {
  const box = await line.boundingBox();
  if (!box) throw new Error('the divider is not there');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + (by.x ?? 0), at.y + (by.y ?? 0), { steps: 4 });
  await page.mouse.up();
}

/** Rows of a console, without the blanks behind them. */
const rows = (page: Page, name = 'control'): Locator =>
  page.getByTestId(`console-${name}`).locator('.xterm-rows');

async function toTerminal(page: Page, name = 'control'): Promise<void> {
  await expect(rows(page, name)).toContainText(/[$#]/);
  await page.getByTestId(`console-${name}`).locator('textarea').focus();
}

test.describe('panes', () => {
  test('dragged, moved by keys, and as they were after a reload', async ({ page }) => {
    await openLesson(page, 'en');
    const before = await width(pane(page, 'lesson'));
    await drag(page, divider(page, 'Width of the lesson'), { x: 60 });
    expect(await width(pane(page, 'lesson'))).toBe(before + 60);
    await drag(page, divider(page, 'Height of the terminal'), { y: -50 });
    const low = await height(pane(page, 'terminal'));

    const line = divider(page, 'Width of the editor');
    await line.focus();
    const editor = await width(pane(page, 'editor'));
    await page.keyboard.press('ArrowRight');
    expect(await width(pane(page, 'editor'))).toBe(editor + 16);
    await expect(line).toHaveAttribute('aria-valuenow', String(editor + 16));
    await page.keyboard.press('Home');
    expect(await width(pane(page, 'editor'))).toBe(240);

    await page.reload();
    await expect.poll(() => width(pane(page, 'lesson'))).toBe(before + 60);
    await expect.poll(() => width(pane(page, 'editor'))).toBe(240);
    await expect.poll(() => height(pane(page, 'terminal'))).toBe(low);
    await divider(page, 'Width of the lesson').dblclick();
    expect(await width(pane(page, 'lesson'))).toBe(before);
  });

  test('folded to a strip or a bar, maximised by key and by double-click', async ({ page }) => {
    await openLesson(page, 'en');
    await page.getByRole('button', { name: 'Fold Packet' }).click();
    expect(await width(pane(page, 'packet'))).toBe(34);
    await page.getByRole('button', { name: 'Fold Terminal' }).click();
    expect(await height(pane(page, 'terminal'))).toBe(34);
    await page.reload();
    await expect(pane(page, 'packet')).toHaveAttribute('data-fold', 'bar');
    await pane(page, 'terminal').getByRole('button', { name: 'Terminal' }).click();
    await pane(page, 'packet').getByRole('button', { name: 'Packet' }).click();

    await page.locator('[role="application"]').focus();
    await page.keyboard.press('Control+.');
    await expect(pane(page, 'views')).toHaveAttribute('data-maximised', 'true');
    expect(await width(pane(page, 'views'))).toBe(1440);
    expect(await pane(page, 'editor').evaluate((element) => element.hasAttribute('inert'))).toBe(true);
    await page.keyboard.press('Control+.');
    await expect(pane(page, 'views')).not.toHaveAttribute('data-maximised', 'true');

    await pane(page, 'packet')
      .locator('[role="tablist"]')
      .dblclick({ position: { x: 120, y: 4 } });
    await expect(pane(page, 'packet')).toHaveAttribute('data-maximised', 'true');
    await page.getByRole('button', { name: 'Restore Packet' }).click();
  });

  test('garbage in storage is ignored', async ({ page }) => {
    const problems = watchProblems(page);
    await page.addInitScript(() => {
      localStorage.setItem('servicepath.panes.v2', '{"sizes":{"--lesson-w":"x"},"folded":{},"tab":9');
      localStorage.setItem('servicepath.terminal.v1', '[[[');
    });
    await openLesson(page, 'en');
    await expect(rows(page)).toContainText('student@control');
    problems.expectNone();
  });

  test('F6 walks the panes, digits go to one, ? shows all keys', async ({ page }) => {
    await openLesson(page, 'en');
    await expect(rows(page)).toContainText('student@control');
    const here = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']);
    const walked: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('F6');
      await expect.poll(async () => (await here()) !== walked.at(-1)).toBe(true);
      walked.push(await here());
    }
    expect(walked).toEqual(['lesson', 'editor', 'views', 'terminal', 'packet', 'lesson']);
    await page.keyboard.press('Alt+Shift+Digit4');
    await expect.poll(here).toBe('terminal');
    await page.keyboard.press('Shift+F6');
    await expect.poll(here).toBe('views');
    await page.keyboard.press('?');
    const map = page.getByRole('dialog', { name: 'Keys of the workbench' });
    await expect(map).toBeVisible();
    await expectAccessible(page, { exclude: THEIRS });
    await page.keyboard.press('Escape');
    await expect(map).toBeHidden();
    // In a text field it is a question mark.
    await page.keyboard.press('Alt+Shift+Digit4');
    await expect.poll(here).toBe('terminal');
    await page.keyboard.type('?');
    await expect(map).toBeHidden();
  });
});

test.describe('terminal', () => {
  test('runs lines, edits them, completes, remembers, interrupts', async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, 'en');
    await toTerminal(page);
    await page.keyboard.type('cat serv');
    await page.keyboard.press('Tab');
    await page.keyboard.type('| wc -l\n');
    await expect(rows(page)).toContainText('cat service.yaml | wc -l');
    await expect(page.getByTestId('terminal-output')).toHaveText('12');
    await page.keyboard.type('echo 端点 b');
    await page.keyboard.press('Home');
    await page.keyboard.press('Alt+f');
    await page.keyboard.type(' a\n');
    await expect(page.getByTestId('terminal-output')).toHaveText('a 端点 b');
    await page.keyboard.type('for i in 1 2; do\necho n$i\ndone\n');
    await expect(page.getByTestId('terminal-output')).toHaveText(/n1\s+n2/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+r');
    await page.keyboard.type('端');
    await expect(rows(page)).toContainText('reverse-i-search');
    await page.keyboard.press('Control+g');

    await page.getByRole('tab', { name: 'node-2' }).click();
    await toTerminal(page, 'node-2');
    await page.keyboard.type('iptables-save | grep -c KUBE-SEP\n');
    await expect(page.getByTestId('terminal-output')).toHaveText(/^\d+\s*$/);

    await page.reload();
    await toTerminal(page);
    await page.keyboard.press('ArrowUp');
    await expect(rows(page)).toContainText('done');
    problems.expectNone();
  });

  test('kubectl sees what the editor does, and every pane what kubectl does', async ({ page }) => {
    const problems = watchProblems(page);
    await openLesson(page, 'en');
    await toTerminal(page);
    await page.keyboard.type('kubectl get svc\n');
    await expect(page.getByTestId('terminal-output')).toContainText(/my-web-service\s+ClusterIP\s+10\.96\./);
    await page.keyboard.type('kubectl get pods -w\n');
    await expect(page.getByTestId('terminal-output')).toContainText('Running');
    await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 4');
    await expect(rows(page)).toContainText('ContainerCreating');
    await page.getByTestId('console-control').locator('textarea').focus();
    await page.keyboard.press('Control+c');
    await page.keyboard.type('kubectl delete svc my-web-service\n');
    await expect(rows(page)).toContainText('service "my-web-service" deleted');
    await expect(boxes(page, 'sep')).toHaveCount(0);
    problems.expectNone();
  });

  test('a paste of several lines runs them one by one', async ({ page }) => {
    await openLesson(page, 'en');
    await toTerminal(page);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'echo one\necho two\necho thr');
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    });
    await expect(rows(page)).toContainText(/one.*student.*two.*student.*echo thr/s);
    await page.keyboard.type('ee\n');
    await expect(page.getByTestId('terminal-output')).toHaveText('three');
  });

  test('Esc and Tab lead out', async ({ page }) => {
    await openLesson(page, 'en');
    await toTerminal(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.xterm') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.xterm') !== null)).toBe(false);
  });
});

test('a packet lights up the rules on its way; a thousand spread as the rules state', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  const packets = pane(page, 'packet');
  await packets.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByTestId('packet-verdict')).toContainText('answers and sees');
  const steps = packets.getByRole('listbox', { name: 'The way of the packet' });
  await steps.focus();
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('ArrowDown');
    if ((await steps.locator('[aria-selected="true"]').innerText()).includes('destination rewritten')) break;
  }
  await expect(boxes(page, 'sep').locator('[data-lit]')).toHaveCount(1);
  await packets.getByRole('tab', { name: '1,000 packets' }).click();
  await packets.getByRole('button', { name: 'Send 1,000' }).click();
  const spread = page.getByTestId('packet-spread').locator('tbody tr');
  await expect(spread).toHaveCount(3);
  await expect(spread.first()).toContainText(/0\.3333.*33\.3/s);
  problems.expectNone();
});

test('an object field by field: who wrote what, and what it was before', async ({ page }) => {
  await openLesson(page, 'en');
  await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 4');
  await page.getByRole('tab', { name: 'Objects and events' }).click();
  await page.getByRole('button', { name: /^Deployment \d/ }).click();
  await page.getByRole('grid', { name: 'Deployment' }).locator('tr', { hasText: 'my-web-app' }).click();
  await page.getByText('Fields', { exact: true }).click();
  const field = (path: string) => page.locator(`[data-field="${path}"]`);
  await expect(field('spec.replicas')).toContainText(/your editor\s*− 3 \+ 4/);
  await expect(field('status.readyReplicas')).toContainText(/deployment-controller\s*− 3 \+ 4/);
  await page.getByLabel('Find a field or a writer').fill('readyReplicas');
  await expect(page.getByTestId('fields').locator('[data-field]')).toHaveCount(1);
});

test('topology and objects follow an edit', async ({ page }) => {
  await openLesson(page, 'en');
  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(page.locator('[data-backs="ready"]')).toHaveCount(3);
  await replace(page, 'deployment.yaml', 'replicas: 3', 'replicas: 5');
  await expect(page.locator('[data-backs="ready"]')).toHaveCount(5);
  const connections = page.getByRole('region', { name: 'Live connections' });
  await expect(connections).toContainText('remember no connection');
  await pane(page, 'packet').getByRole('button', { name: 'Send' }).click();
  await expect(connections.locator('[data-connection^="my-web-app"]')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Objects and events' }).click();
  await page.getByRole('button', { name: /^Pod \d/ }).click();
  const table = page.getByRole('grid', { name: 'Pod' });
  await expect(table.locator('tbody tr', { hasText: 'my-web-app' })).toHaveCount(5);
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'The object as YAML, and its events' })).toContainText(
    'kind: Pod',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Pod' })).toBeFocused();
});

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['zh', 'en'])
    test(`no violation that axe finds, ${locale}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openLesson(page, locale);
      await expect(rows(page)).toContainText('student@control');
      await page.locator('#pane-packet [data-pane-focus]').click();
      await expect(page.getByTestId('packet-verdict')).toBeVisible();
      await expectAccessible(page, { exclude: THEIRS });
      await page.locator('#view-topology-tab').click();
      await expect(page.getByTestId('topology')).toBeVisible();
      await expectAccessible(page, { exclude: THEIRS });
      await page.locator('#view-objects-tab').click();
      await expect(page.getByTestId('objects-table')).toBeVisible();
      await page.getByTestId('objects-table').locator('tbody tr').first().click();
      await page.locator('#packet-many-tab').click();
      await page.locator('#pane-packet [data-pane-focus]').click();
      await expect(page.getByTestId('packet-spread')).toBeVisible();
      await expectAccessible(page, { exclude: THEIRS });
    });

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  for (const locale of ['zh', 'en'])
    test(`every pane is a tab and can be used, ${locale}`, async ({ page }) => {
      await page.goto(`/${locale}/learn/2.3?e2e`);
      const open = async (id: string): Promise<void> => {
        await page.locator(`#pane-${id}-tab`).click();
        await expect(pane(page, id)).toBeVisible();
      };
      const fits = async (): Promise<void> =>
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await open('terminal');
      await toTerminal(page);
      await page.keyboard.type('echo hello\n');
      await expect(page.getByTestId('terminal-output')).toHaveText('hello');
      await page.getByRole('toolbar').getByRole('button', { name: '↑' }).click();
      await expect(rows(page)).toContainText(/hello.*echo hello/s);
      await fits();
      await expectAccessible(page, { exclude: THEIRS });
      await open('packet');
      await page.locator('#pane-packet [data-pane-focus]').click();
      await expect(page.getByTestId('packet-verdict')).toBeVisible();
      await fits();
      await expectAccessible(page, { exclude: THEIRS });
      await open('views');
      await expect(boxes(page, 'sep').first()).toBeVisible();
      for (const view of ['topology', 'objects']) {
        await page.locator(`#view-${view}-tab`).click();
        await expect(page.locator(`#view-${view}`)).toBeVisible();
        await fits();
      }
      await expectAccessible(page, { exclude: THEIRS });
      await open('editor');
      await fits();
    });
});
