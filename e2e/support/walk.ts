// Walks through a lab as a learner does: types into the editor and the terminals, answers, clicks. What to do next is the reference
// solution's; the values that depend on the cluster (a Pod's name, a chain's) come from the same cluster, run beside the page.
import { expect, type Page } from '@playwright/test';
import { START_INSTANT } from '@/lib/course/log';
import { packetOf } from '@/lib/course/packet-target';
import { LabRun } from '@/lib/course/runtime';
import { resolveStep } from '@/lib/course/steps';
import type { ActionBody, Lab, Step } from '@/lib/course/types';
import { t } from '@/lib/i18n/catalogue';
import { Cluster } from '@/lib/sim';
import { Terminals } from '@/lib/terminal/terminals';
import { predict, task } from './lesson';
import { runIn } from './terminal';

type Locale = 'zh' | 'en';

export class Walk {
  readonly #run: LabRun;

  constructor(
    private readonly page: Page,
    private readonly locale: Locale,
    readonly lab: Lab,
  ) {
    const cluster = Cluster.create({ k8s: lab.versions.at(-1) ?? '1.32', seed: 1, now: START_INSTANT });
    this.#run = new LabRun(lab, cluster, locale, (files) => new Terminals(cluster, files));
  }

  /** Does a task; the page ticks it. */
  async task(id: string): Promise<void> {
    for (const step of this.lab.solution[id] ?? []) await this.#step(step);
    await expect(task(this.page, id)).toHaveAttribute('data-status', 'done');
  }

  async #step(step: Step): Promise<void> {
    const action = resolveStep(step, this.#run.world, this.#run.files, this.#run.files, this.locale);
    await this.#do(action);
    await this.#rest();
    this.#run.play(action);
  }

  #rest(): Promise<void> {
    return expect.poll(() => this.page.evaluate(() => window.__lesson?.resting())).toBe(true);
  }

  async #do(action: ActionBody): Promise<void> {
    const { page, locale } = this;
    switch (action.kind) {
      case 'apply':
        return write(page, action.file, action.text);
      case 'shell':
        return runIn(page, action.terminal, action.line, locale);
      case 'predict':
        return predict(page, action.question, Number(action.answer));
      case 'answer':
        return action.question in (this.lab.journeys ?? {})
          ? foretell(page, action.question, action.answer)
          : arrange(page, action.question, action.answer);
      case 'click':
        return this.#click(action.target);
      case 'time':
        return 'clock' in action ? press(page, action.clock) : this.#pass(action.advanceMs);
    }
  }

  /** The clock's buttons let an hour, a minute or a second pass. */
  async #pass(ms: number): Promise<void> {
    const { page, locale } = this;
    await page.getByRole('tab', { name: t(locale, 'workbench.tabChanges') }).click();
    let left = ms;
    for (const [unit, length] of LEAPS)
      for (; left >= length; left -= length) {
        const name = t(locale, 'changes.later', { time: t(locale, `changes.${unit}`) });
        await page.getByRole('button', { name, exact: true }).click();
        await this.#rest();
      }
    await page.getByRole('tab', { name: t(locale, 'workbench.tabChains') }).click();
  }

  async #click(target: string): Promise<void> {
    const { page } = this;
    const chain = /^chain:(.*)$/.exec(target)?.[1];
    if (chain !== undefined) {
      const box = page.locator(
        `[data-testid="chain-view"] [data-name="${chain}"][data-node]:not([data-ghost])`,
      );
      await box.first().click();
      await page.keyboard.press('Escape');
      return;
    }
    const size = /^measure:(\w+\/(\d+))$/.exec(target);
    if (size) return measure(page, size[1] ?? '', Number(size[2]));
    const call = packetOf(target);
    if (!call) throw new Error(`nobody can click ${target}`);
    await this.#packet(/^packet:([^>]*)->/.exec(target)?.[1] ?? '', call);
  }

  async #packet(
    from: string,
    { to, port, protocol }: NonNullable<ReturnType<typeof packetOf>>,
  ): Promise<void> {
    const pane = this.page.locator('#pane-packet');
    const sources = pane.locator('select').first();
    const listed = !from.startsWith('external/');
    await sources.selectOption(listed ? from : 'other');
    if (!listed)
      await pane.getByLabel(t(this.locale, 'packet.outsideAddress')).fill(from.replace(/^external\//, ''));
    await pane.locator('select').nth(1).selectOption('other');
    await pane
      .getByLabel(t(this.locale, 'packet.targetAddress'))
      .fill(to.includes(':') ? `[${to}]:${port}` : `${to}:${port}`);
    await pane.getByLabel(t(this.locale, 'packet.protocol')).selectOption(protocol);
    await pane.locator('[data-pane-focus]').click();
    await expect(pane.getByTestId('packet-verdict')).toBeVisible();
  }
}

/** Replaces a file's text by one edit, as a paste over all of it does. */
async function write(page: Page, file: string, text: string): Promise<void> {
  await page.evaluate(([name, whole]) => window.__servicepath?.editor?.setValue(name, whole), [
    file,
    text,
  ] as const);
}

/** Moves the slider of lesson 2.7 to a number of Services and measures; one press measures every mode. */
async function measure(page: Page, row: string, services: number): Promise<void> {
  const figure = page.getByTestId('service-scale');
  const measured = figure.locator(`[data-row="${row}"]`);
  if ((await measured.count()) > 0) return;
  const slider = figure.locator('input[type="range"]');
  const most = Number(await slider.getAttribute('max'));
  for (let i = 0; i <= most; i++) {
    await slider.fill(String(i));
    if (Number((await slider.getAttribute('aria-valuetext'))?.replaceAll(/\D/g, '')) === services) break;
  }
  await figure.locator('button').first().click();
  await expect(measured).toBeVisible({ timeout: 100_000 });
}

const LEAPS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** Chooses what is foretold at each point of a journey, and records it. */
async function foretell(page: Page, id: string, ways: string): Promise<void> {
  const table = page.locator(`[data-journey="${id}"]`);
  for (const [i, way] of ways.split(',').entries()) await table.locator('select').nth(i).selectOption(way);
  await table.locator('> button').click();
}

/** Moves the items of an ordering question until they stand as wanted, and checks. */
async function arrange(page: Page, id: string, wanted: string): Promise<void> {
  const question = page.locator(`[data-order="${id}"]`);
  const rows = question.locator('ol > li');
  for (const [place, item] of wanted.split(',').entries()) {
    const row = question.locator(`ol > li[data-item="${item}"]`);
    for (let at = await placeOf(row); at > place; at--) {
      await row.locator('button').first().click();
      await expect(rows.nth(at - 1)).toHaveAttribute('data-item', item);
    }
  }
  await question.locator('> button').click();
}

const placeOf = (row: ReturnType<Page['locator']>): Promise<number> =>
  row.evaluate((element) => [...(element.parentElement?.children ?? [])].indexOf(element));

/** The clock's buttons in the lesson: the first holds it and lets it run, the second steps. */
async function press(page: Page, move: 'hold' | 'step' | 'run'): Promise<void> {
  const buttons = page
    .locator('[data-testid="discovery-flow"], [data-testid="step-bar"]')
    .first()
    .locator('button');
  await buttons.nth(move === 'step' ? 1 : 0).click();
}
