// A Service of type LoadBalancer gets its balancer from the terminal: the address, the picture of what stands outside, and a packet
// that comes in through it.
import { expect, test, type Page } from '@playwright/test';
import { openLesson } from './support/lesson';
import { watchProblems } from './support/page-problems';

test.setTimeout(120_000);

const run = (page: Page, line: string): Promise<void> => page.keyboard.type(`${line}\n`);
const printed = (page: Page, text: string | RegExp): Promise<void> =>
  expect(page.getByTestId('terminal-output')).toContainText(text);
const patch = (spec: string): string => `kubectl patch svc my-web-service -p '{"spec":${spec}}'`;

async function toControl(page: Page): Promise<void> {
  await expect(page.getByTestId('console-control')).toContainText('@control');
  await page.getByTestId('console-control').locator('textarea').focus();
}

test('a cloud’s load balancer: pending until there is a cloud, then drawn with its nodes', async ({
  page,
}) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await toControl(page);
  await run(page, patch('{"type":"LoadBalancer","externalTrafficPolicy":"Local"}'));
  await run(page, 'kubectl get svc');
  await printed(page, '<pending>');
  await run(page, 'kubectl create configmap cloud-config -n kube-system');
  await page.locator('#view-topology-tab').click();
  const balancer = page.getByTestId('topology-balancer');
  await expect(balancer).toContainText('198.51.100.1');
  await expect(balancer.locator('li')).toHaveCount(3);
  await expect(balancer.locator('li[data-healthy="true"]')).toHaveCount(3);
  await toControl(page);
  await run(page, 'kubectl get svc');
  await printed(page, '198.51.100.1');

  const outside = page.locator('select').filter({ has: page.locator('option[value^="external/203.0.113"]') });
  await outside.selectOption('external/203.0.113.7');
  const target = page.locator('select').filter({ has: page.locator('option', { hasText: 'LoadBalancer' }) });
  await target.selectOption({ label: 'LoadBalancer 198.51.100.1:80/tcp' });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByTestId('packet-verdict')).toContainText('203.0.113.7');
  const steps = page.getByRole('listbox', { name: 'The way of the packet' });
  await expect(steps.getByRole('option').first()).toContainText('load balancer');
  problems.expectNone();
});

test('zh：MetalLB 二层模式由一个节点应答', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'zh');
  await toControl(page);
  const config = [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: {name: config, namespace: metallb-system}',
    'data:',
    '  config: |',
    '    {kind: IPAddressPool, metadata: {name: lan}, spec: {addresses: [192.168.10.240/28]}}',
    '    ---',
    '    {kind: L2Advertisement, metadata: {name: lan}}',
    '',
  ].join(String.raw`\n`);
  await run(page, 'kubectl create namespace metallb-system');
  await run(page, `printf '${config}' > lb.yaml; kubectl apply -f lb.yaml`);
  await printed(page, 'configmap/config created');
  await run(page, patch('{"type":"LoadBalancer"}'));
  await run(page, 'arping -c 1 192.168.10.240');
  await printed(page, /Unicast reply from 192\.168\.10\.240 \[52:54:00/);
  await page.locator('#view-topology-tab').click();
  await expect(page.getByTestId('topology-balancer')).toContainText('node-3');
  problems.expectNone();
});
