// Packets as a learner meets them: predicted, sent, walked, told and counted; heard by tcpdump; and from hop to rule to YAML line by keyboard.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { openLesson } from './support/lesson';
import { watchProblems } from './support/page-problems';

const pane = (page: Page): Locator => page.locator('#pane-packet');
const send = (page: Page): Locator => page.locator('#pane-packet [data-pane-focus]');
const steps = (page: Page): Locator => pane(page).getByRole('listbox');
const current = (page: Page): Locator => steps(page).locator('[aria-selected="true"]');
const told = (page: Page): Locator => page.getByTestId('packet-told');
/** Parts that are not ours: inner elements of Monaco and xterm. */
const THEIRS = ['.monaco-editor', '.xterm'];

/** Walks on until a step says so. */
async function walkTo(page: Page, text: string): Promise<void> {
  await steps(page).focus();
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    expect(await current(page).innerText()).toContain(text);
  }).toPass({ intervals: [0] });
}

test('a packet is sent, stepped and rewound by keyboard, and told in words', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await send(page).click();
  await expect(page.getByTestId('packet-verdict')).toContainText('answers and sees');
  await steps(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(told(page)).toContainText(/^Step 2 of \d+\. On node-\d, in /);
  await page.keyboard.press('End');
  await expect(steps(page).locator('[role="option"]').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(told(page)).toContainText(/^Step 1 of/);
  await pane(page).getByRole('button', { name: 'In words' }).click();
  await expect(page.getByTestId('packet-words')).toContainText('the packet has its destination rewritten');
  problems.expectNone();
});

test('a prediction is compared with what happened, right and wrong', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await pane(page).getByLabel('Predict first').check();
  const [end, source] = [0, 1].map((i) => page.getByTestId('packet-prediction').locator('select').nth(i));
  if (!end || !source) throw new Error('no form');
  await expect(end).toBeVisible();
  await send(page).click();
  await expect(pane(page).getByRole('alert')).toContainText('Say first where the packet ends');
  await pane(page).getByRole('button', { name: 'Hint', exact: true }).click();
  await expect(page.getByTestId('packet-prediction')).toContainText('goes on in KUBE-SERVICES');

  await end.selectOption('lot');
  await source.selectOption({ index: 1 });
  await send(page).click();
  const judged = page.getByTestId('packet-judged');
  await expect(judged.locator('p').first()).toHaveAttribute('data-mark', 'right');
  await expect(judged).toContainText('The rules draw lots among 3 endpoints');
  await expect(judged).toContainText(/right The server sees 10\.244\.[\d.]+: no rule rewrote the source/);

  await end.selectOption('silence');
  await send(page).click();
  await expect(judged.locator('p').first()).toHaveAttribute('data-mark', 'wrong');
  await expect(judged).toContainText('answered.');
  await expectAccessible(page, { exclude: THEIRS });
  problems.expectNone();
});

test('what is typed wrongly is said in one sentence; ICMP and clients outside can be chosen', async ({
  page,
}) => {
  await openLesson(page, 'en');
  const lists = pane(page).locator('select');
  await lists.nth(1).selectOption('other');
  await pane(page).getByLabel('Address and port').fill('my-web-service:80');
  await expect(pane(page)).toContainText('is a name, and a packet needs an address');
  await expect(send(page)).toBeDisabled();
  await pane(page).getByLabel('Protocol').selectOption('icmp');
  await pane(page).getByLabel('Address and port').fill('192.168.10.12');
  await lists.first().selectOption('external/203.0.113.7');
  await send(page).click();
  await expect(page.getByTestId('packet-verdict')).toContainText(
    '192.168.10.12 answers and sees 203.0.113.7',
  );
});

test('1,000 and 10,000 packets beside the stated probabilities', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await pane(page).getByRole('tab', { name: '1,000 packets' }).click();
  await send(page).click();
  const rows = page.getByTestId('packet-spread').locator('tbody tr');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText(/0\.3333.*33\.3/s);
  await expect(pane(page).getByRole('region', { name: 'Spread of 1,000 connections' })).toBeVisible();
  await pane(page).getByRole('radio', { name: '10,000' }).check();
  await expect(pane(page).getByRole('tab', { name: '10,000 packets' })).toBeVisible();
  await expect(pane(page).getByRole('region', { name: 'Spread of 10,000 connections' })).toBeVisible({
    timeout: 100_000,
  });
  problems.expectNone();
});

test('tcpdump on a node hears the curl of another console, before and after DNAT', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  const console = async (name: string): Promise<void> => {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByTestId(`console-${name}`)).toContainText(`@${name}`);
    await page.getByTestId(`console-${name}`).locator('textarea').focus();
  };
  await expect(page.getByTestId('console-control')).toContainText('student@control');
  await console('node-1');
  await page.keyboard.type("tcpdump -i any -nn -q 'tcp and (port 80 or port 8080)'\n");
  const out = page.getByTestId('console-node-1').locator('.xterm-rows');
  await expect(out).toContainText('LINUX_SLL2');
  await console('node-2');
  await page.keyboard.type(
    `curl -s -o /dev/null http://192.168.10.11:10249/healthz; curl -s http://$(iptables-save -t nat | grep -o '10.244.1.[0-9]*:8080' | head -1)/\n`,
  );
  await expect(page.getByTestId('console-node-2').locator('.xterm-rows')).toContainText('Hello from');
  await page.getByRole('tab', { name: 'node-1', exact: true }).click();
  await expect(out).toContainText(/eth0\s+In\s+IP 192\.168\.10\.12\.\d+ > 10\.244\.1\.\d+\.8080: tcp 0/);
  await expect(out).toContainText(/cni0\s+Out\s+IP 192\.168\.10\.12\.\d+ > 10\.244\.1\.\d+\.8080: tcp 0/);
  await page.getByTestId('console-node-1').locator('textarea').focus();
  await page.keyboard.press('Control+c');
  await expect(out).toContainText(/\d+ packets captured/);
  problems.expectNone();
});

test('F4 goes from the hop to its rule, to the YAML line, and back to the hop', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await send(page).click();
  await expect(page.getByTestId('packet-verdict')).toContainText('answers and sees');
  await walkTo(page, 'destination rewritten');
  await expect(page.getByTestId('packet-why')).toContainText('.yaml:');
  await expect(page.locator('.sp-lit-line').first()).toBeVisible();

  await page.keyboard.press('F4');
  await expect(page.getByTestId('chain-drawer')).toContainText('DNAT --to-destination');
  await expect(page.locator('#pane-views [role="application"]')).toBeFocused();
  await expect(current(page)).toHaveAttribute('data-marked', 'true');

  await page.keyboard.press('F4');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('#pane-editor') !== null))
    .toBe(true);
  await page.keyboard.press('F4');
  await expect(steps(page)).toBeFocused();
  await page.keyboard.press('Shift+F4');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('#pane-editor') !== null))
    .toBe(true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+Shift+Digit3');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('packet’s hop → its rule → the YAML line');
  problems.expectNone();
});
