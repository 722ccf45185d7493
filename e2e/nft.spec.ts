// The workbench with kube-proxy in nftables mode: the mode is chosen in the chain view's bar, an edit changes an element of a verdict map,
// the keyboard finds it, and the node's own nft prints the same.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { boxes, openLesson, replace } from './support/lesson';
import { watchProblems } from './support/page-problems';

const MODE = { en: 'kube-proxy mode', zh: 'kube-proxy 模式' } as const;

async function inNftablesMode(page: Page, locale: 'en' | 'zh'): Promise<void> {
  await page.getByLabel(MODE[locale]).selectOption('nftables');
  await expect(boxes(page, 'map').first()).toBeVisible();
}

/** Rows of the Service's elements in a map or set. */
const elements = (page: Page, name: string) =>
  page.locator(`[data-testid="chain-view"] [data-name="${name}"] [data-rule]:not([data-ghost])`);

/** Walks down the drawing until what is read out fits, and opens it. */
async function openByKeyboard(page: Page, words: RegExp): Promise<void> {
  const canvas = page.locator('#pane-views [role="application"]');
  const said = canvas.locator('[aria-live]');
  await canvas.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 80 && !words.test((await said.textContent()) ?? ''); i++)
    await page.keyboard.press('ArrowDown');
  await expect(said).toHaveText(words);
  await page.keyboard.press('Enter');
}

test('an edit changes an element of service-ips, which the keyboard finds and nft prints', async ({
  page,
}) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await inNftablesMode(page, 'en');
  await expect(elements(page, 'service-ips')).toHaveCount(1);
  await expect(boxes(page, 'sep')).toHaveCount(3);

  await replace(page, 'service.yaml', 'port: 80 ', 'port: 81 ');
  await expect(elements(page, 'service-ips')).toHaveAttribute('data-change', 'added');
  await openByKeyboard(page, /@service-ips, element 1.* \. tcp \. 81 → service-/);
  const drawer = page.getByTestId('chain-drawer');
  await expect(drawer).toContainText(/ \. tcp \. 81 : goto service-[A-Z2-7]{8}-default\/my-web-service\/tcp/);
  await expect(page.getByTestId('chain-source')).toContainText('service.yaml');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('chain-block')).toContainText(
    'numgen random mod 3 vmap { 0 : goto endpoint-',
  );

  await page.locator('#pane-terminal').getByRole('tab', { name: 'node-1' }).click();
  const node = page.getByTestId('console-node-1');
  await expect(node.locator('.xterm-rows')).toContainText('#');
  await node.locator('textarea').focus();
  await page.keyboard.type('clear; nft list map ip kube-proxy service-ips | grep -c " 81 : goto service-"\n');
  await expect(node.locator('.xterm-rows')).toContainText(/\b1\b/);

  await page.reload();
  await expect(page.getByLabel(MODE.en)).toHaveValue('nftables');
  await expect(elements(page, 'service-ips')).toHaveCount(1);
  await expectAccessible(page, { exclude: ['.monaco-editor', '.xterm'] });
  problems.expectNone();
});

test('a version without the mode says so in one sentence, in Chinese too', async ({ page }) => {
  await openLesson(page, 'zh');
  await inNftablesMode(page, 'zh');
  await page.getByLabel('Kubernetes 版本').selectOption('1.29');
  await expect(page.getByTestId('chain-note')).toContainText('NFTablesProxyMode');
  await expect(boxes(page, 'map').first()).toBeVisible();
  await page.getByLabel('Kubernetes 版本').selectOption('1.28');
  await expect(page.getByTestId('chain-note')).toContainText('v1.28 的 kube-proxy 没有 nftables 模式');
  await expect(page.getByLabel(MODE.zh)).toHaveValue('iptables');
  await expect(boxes(page, 'svc').first()).toBeVisible();
});

test('at 390 pixels every view’s tab is in sight, and so is the mode', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/en/learn/2.3?e2e');
  await page.getByRole('tab', { name: 'Views' }).click();
  await inNftablesMode(page, 'en');
  for (const tab of await page
    .getByRole('tablist', { name: 'Views of the cluster' })
    .getByRole('tab')
    .all()) {
    const box = await tab.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390, (await tab.textContent()) ?? '').toBe(true);
  }
  await expect(page.getByLabel(MODE.en)).toBeInViewport();
});
