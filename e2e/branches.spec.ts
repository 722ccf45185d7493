// Branches of time: from an earlier moment another way is gone, nothing of the first is lost, a reload included.
import { expect, test, type Page } from '@playwright/test';
import { boxes, openLesson, replace } from './support/lesson';
import { watchProblems } from './support/page-problems';

const DEPLOYMENT = 'deployment.yaml';

async function openBranches(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByTestId('changes').getByText('Branches', { exact: true }).click();
  await expect(page.getByTestId('branches')).toBeVisible();
}

const branch = (page: Page, id: number) => page.locator(`[data-branch="${id}"]`);
const moments = (page: Page) => page.getByTestId('moments').getByRole('listitem');
const chains = (page: Page) => page.getByRole('tab', { name: 'Chains' }).click();

test('another way from an earlier moment; both are kept, over a reload too', async ({ page }) => {
  const problems = watchProblems(page);
  await openLesson(page, 'en');
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 4');
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await openBranches(page);
  await expect(moments(page).last()).toContainText('edited deployment.yaml');

  await moments(page).first().getByRole('button').press('Enter');
  await expect(branch(page, 2)).toHaveAttribute('aria-current', 'true');
  await expect(branch(page, 1)).toContainText('1 action of its own');
  await chains(page);
  await expect(boxes(page, 'sep')).toHaveCount(3);
  await replace(page, DEPLOYMENT, 'replicas: 3', 'replicas: 2');
  await expect(boxes(page, 'sep')).toHaveCount(2);

  await openBranches(page);
  await page.getByLabel('Name of branch 1').fill('Four Pods');
  await branch(page, 1).getByRole('button', { name: 'Show' }).click();
  await expect(branch(page, 1)).toHaveAttribute('aria-current', 'true');
  await chains(page);
  await expect(boxes(page, 'sep')).toHaveCount(4);

  await page.reload();
  await expect(boxes(page, 'sep')).toHaveCount(4);
  await openBranches(page);
  await expect(page.getByLabel('Name of branch 1')).toHaveValue('Four Pods');
  await branch(page, 2).getByRole('button', { name: 'Show' }).click();
  await chains(page);
  await expect(boxes(page, 'sep')).toHaveCount(2);

  await openBranches(page);
  await branch(page, 1).getByRole('button', { name: 'Delete' }).click();
  await branch(page, 1).getByRole('button', { name: 'Delete for good' }).click();
  await expect(branch(page, 1)).toHaveCount(0);
  await expect(branch(page, 2)).toContainText('a deleted branch');
  problems.expectNone();
});
