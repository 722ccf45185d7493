// A NetworkPolicy in the editor: the packet that it stops says so, and the lines of the policy light up.
import { expect, test } from '@playwright/test';
import { setText, textOf } from './support/editor';
import { openLesson } from './support/lesson';
import { watchProblems } from './support/page-problems';

/** Of Pods with these labels nobody may call the application. */
const policy = (labels: string): string => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: only-frontend
spec:
  podSelector:
    matchLabels:
      app: my-web-app
  ingress:
  - from:
    - podSelector: ${labels}
`;

test('a packet says which NetworkPolicy let it in or stopped it, and its lines light up', async ({
  page,
}) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  const service = (await textOf(page, 'service.yaml')).trimEnd();
  const packets = page.locator('#pane-packet');
  const send = packets.getByRole('button', { name: 'Send', exact: true });
  const verdict = page.getByTestId('packet-verdict');
  const synced = page.getByTestId('editor-sync');

  await setText(page, 'service.yaml', service + policy('{ matchLabels: { role: frontend } }'));
  await expect(synced).toContainText('Applied');
  await send.click();
  await expect(verdict).toContainText('is isolated for ingress (default/only-frontend)');
  const steps = packets.getByRole('listbox', { name: 'The way of the packet' });
  await steps.focus();
  await page.keyboard.press('End');
  const current = steps.locator('[aria-selected="true"]');
  await expect(current).toContainText('is dropped without an answer');
  await expect(current.getByTestId('packet-why')).toContainText(/The policy stands in service\.yaml:\d+–\d+/);

  await setText(page, 'service.yaml', service + policy('{}'));
  await expect(synced).toContainText('Applied');
  await send.click();
  await expect(verdict).toContainText('answers and sees');
  const allowed = steps.getByRole('option', {
    name: /spec\.ingress\[0\] of the NetworkPolicy default\/only-frontend/,
  });
  await allowed.first().click();
  await expect(current.getByTestId('packet-why')).toContainText('The policy stands in service.yaml');

  await page.getByRole('tab', { name: 'Topology' }).click();
  await expect(page.locator('[data-isolated="ingress"]')).toHaveCount(3);
  problems.expectNone();
});
