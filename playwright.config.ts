import { defineConfig } from '@playwright/test';

const port = process.env.AI_MESH_PORT ?? '7007';

/** What one portal on one mesh is tested by, in this order. Canaries leave their traffic in the windows that others look at. */
const suites: Record<string, { world: string; files: string[] }> = {
  shop: {
    world: 'shop',
    // The last two make a provider slow: the first of them tells since when, of a mesh that is some minutes old.
    files: ['start', 'scenes', 'read-path', 'security', 'incident', 'slos'],
  },
  words: {
    world: 'shop',
    files: ['review', 'room', 'language', 'every-word', 'every-word-away'],
  },
  canaries: { world: 'shop', files: ['canary', 'every-word-canary'] },
  'self-service': {
    world: 'shop',
    files: ['templates', 'fleet', 'pull-requests'],
  },
  steering: { world: 'shop', files: ['canary-steering'] },
  'two-clusters': {
    world: 'two-clusters',
    files: ['scenes', 'two-clusters', 'every-word-elsewhere'],
  },
  ambient: {
    world: 'ambient',
    files: ['scenes', 'ambient', 'every-word-elsewhere'],
  },
};
const suite = process.env.AI_MESH_E2E_SUITE ?? 'shop';
const { world, files } = suites[suite];

/** The portal under test is the demo itself: `npm start`, on the ports that `npm test` chose. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: `test-results/${suite}`,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // One after the other on one mesh.
  projects: files.map(name => ({ name, testMatch: `${name}.test.ts` })),
  forbidOnly: Boolean(process.env.CI),
  // Several meshes share a small machine there; what passed at a later try is said at the end.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json']],
  webServer: {
    command: `node scripts/start.mjs --world ${world}`,
    url: `http://localhost:${port}/.backstage/health/v1/readiness`,
    // A demo that is running already will do, except in CI.
    reuseExistingServer: !process.env.CI,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
  use: {
    baseURL: `http://localhost:${port}`,
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
