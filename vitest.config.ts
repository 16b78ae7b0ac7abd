import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['test/{kernel,features,views,architecture,platform}/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.pg.test.ts', 'test/**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: [
            'test/**/*.pg.test.ts',
            'test/{contracts,channels,oidc,connectors,migrations,cli,demo,bench}/**/*.test.ts',
          ],
          exclude: ['test/**/*.browser.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
