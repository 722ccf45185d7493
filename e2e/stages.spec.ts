// Both stages as learners do them: every lab is walked through by typing and clicking only; in the middle the page is loaded anew, and
// the learner goes on where he was. Each lab in one language, by turns; WALK=all takes both for each (about 12 minutes).
import { expect, test, type Page } from '@playwright/test';
import { LABS } from '@/lib/course/labs';
import { task } from './support/lesson';
import { watchProblems } from './support/page-problems';
import { Walk } from './support/walk';

test.setTimeout(180_000);

const EVERY = process.env['WALK'] === 'all';

/** The editor accepts keys and the cluster runs. */
async function begun(page: Page): Promise<void> {
  await expect(page.locator('[data-testid="editor"][data-ready="true"]')).toBeVisible({ timeout: 100_000 });
  await expect.poll(() => page.evaluate(() => window.__lesson?.resting()), { timeout: 100_000 }).toBe(true);
}

for (const locale of ['zh', 'en'] as const)
  for (const { lab } of LABS.filter((_, i) => EVERY || (i % 2 === 0) === (locale === 'zh')))
    test(`${locale}: lab ${lab.id} from its start to its end, with a reload in the middle`, async ({
      page,
    }) => {
      const problems = watchProblems(page);
      await page.goto(`/${locale}/learn/${lab.id}?e2e`);
      await begun(page);
      const walk = new Walk(page, locale, lab);
      const middle = Math.floor(lab.tasks.length / 2);
      for (const [i, { id }] of lab.tasks.entries()) {
        if (i === middle && i > 0) {
          await page.reload();
          await begun(page);
          for (const { id: before } of lab.tasks.slice(0, i))
            await expect(task(page, before)).toHaveAttribute('data-status', 'done');
        }
        await walk.task(id);
      }
      problems.expectNone();
    });
