// Accessibility: axe on the page as it stands, WCAG 2.2 A and AA.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with one line for each violation: the rule, and where. `exclude`: parts that are not ours (Monaco's inner elements). */
export async function expectAccessible(
  page: Page,
  options: { readonly exclude?: readonly string[] } = {},
): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(TAGS);
  for (const selector of options.exclude ?? []) axe.exclude(selector);
  const { violations } = await axe.analyze();
  const lines = violations.flatMap((v) =>
    v.nodes.map((node) => `${v.id}: ${v.help} at ${node.target.join(' ')}`),
  );
  expect(lines).toEqual([]);
}
