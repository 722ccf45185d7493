// Terms explain themselves in lessons, by mouse, keyboard and finger, in both languages; the glossary lists them all.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { watchProblems } from './support/page-problems';

const WORDS = {
  zh: { title: '术语表', avoided: '会话亲和', found: '会话保持', empty: '没有含有“xyz”的术语' },
  en: {
    title: 'Glossary',
    avoided: 'sticky session',
    found: 'session affinity',
    empty: 'No term holds “xyz”',
  },
} as const;

for (const lang of ['zh', 'en'] as const) {
  test(`${lang}: a term in a lesson is explained on hover and on focus, and Escape takes it away`, async ({
    page,
  }) => {
    const problems = watchProblems(page);
    await page.goto(`/${lang}/learn/1.2`);
    const term = page.locator('[data-term]').filter({ hasText: 'kube-proxy' });
    const open = page.locator('[popover]:popover-open');
    await term.hover();
    await expect(open).toContainText('EndpointSlice');
    // The explanation itself can be pointed at without its going away.
    await open.hover();
    await expect(open).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(open).toHaveCount(0);
    await page.mouse.move(0, 0);
    await term.focus();
    await expect(open).toContainText('kube-proxy');
    await expect(term).toHaveAccessibleDescription(/EndpointSlice/);
    await expectAccessible(page, { exclude: ['.monaco-editor'] });
    await page.keyboard.press('Tab');
    await expect(open.getByRole('link')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/${lang}/glossary#kube-proxy$`));
    problems.expectNone();
  });

  test(`${lang}: each term is explained once in a lesson, and in no heading, code or link`, async ({
    page,
  }) => {
    await page.goto(`/${lang}/learn/2.3`);
    const ids = await page
      .locator('[data-term] + [popover] a')
      .evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    expect(ids.length).toBeGreaterThan(10);
    expect(new Set(ids).size).toBe(ids.length);
    await expect(page.locator(':is(h2, h3, code, a, [data-act]) [data-term]')).toHaveCount(0);
  });

  test(`${lang}: the glossary narrows to what is typed, words not used included, and says if nothing is left`, async ({
    page,
  }) => {
    await page.goto(`/${lang}/glossary`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(WORDS[lang].title);
    const terms = page.locator('dt');
    expect(await terms.count()).toBeGreaterThanOrEqual(60);
    await expectAccessible(page);
    await page.getByRole('searchbox').fill(WORDS[lang].avoided);
    await expect(terms).toHaveCount(1);
    await expect(terms).toContainText(WORDS[lang].found);
    await page.getByRole('searchbox').fill('xyz');
    await expect(terms).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('status')).toContainText(WORDS[lang].empty);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true });

  test('a tap explains, and a tap beside it takes the explanation away', async ({ page }) => {
    await page.goto('/zh/learn/1.2');
    const term = page.locator('[data-term]').filter({ hasText: 'API server' });
    await term.tap();
    const open = page.locator('[popover]:popover-open');
    await expect(open).toBeVisible();
    const box = await open.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    await page.locator('h2').first().tap();
    await expect(open).toHaveCount(0);
  });

  test('the glossary does not scroll sideways', async ({ page }) => {
    await page.goto('/en/glossary');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
});
