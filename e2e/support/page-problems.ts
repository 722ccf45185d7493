// What a page must not do: break its Content-Security-Policy, throw, or write errors to the console.
import { expect, type Page } from '@playwright/test';

export interface PageProblems {
  /** What has gone wrong so far. */
  readonly seen: readonly string[];
  /** Fails with all that went wrong so far. */
  expectNone(): void;
}

/** Starts to listen; call it before the page is opened. */
export function watchProblems(page: Page): PageProblems {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // The browser itself gives up requests of a page that is left.
    if (reason !== 'net::ERR_ABORTED') seen.push(`request: ${request.url()} ${reason}`);
  });
  return { seen, expectNone: () => expect(seen).toEqual([]) };
}

/** Opens an address and fails if the Content-Security-Policy is not strict, or if the page breaks it while `act` runs. */
export async function expectNoCspViolations(
  page: Page,
  address: string,
  act?: () => Promise<void>,
): Promise<void> {
  const violations: string[] = [];
  await page.exposeFunction('reportViolation', (text: string) => violations.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation');
      if (typeof report === 'function')
        report(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  const response = await page.goto(address);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  await page.waitForLoadState('networkidle');
  await act?.();
  expect(violations).toEqual([]);
}
