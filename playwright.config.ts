// End-to-end tests: a real Chromium on the built app (`npm run build` first; `npm test` does).
import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './lib/scripts/find-chromium.mjs';

const PORT = Number(process.env['E2E_PORT'] ?? 3187);
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
  webServer: {
    // Node itself, not npx: the pid is the server's. A server left over from before would test an old build.
    command: `node node_modules/next/dist/bin/next start -p ${PORT} -H 127.0.0.1`,
    url: `http://127.0.0.1:${PORT}/zh`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
