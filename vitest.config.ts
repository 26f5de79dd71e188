import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // A hub's threads find their modules compiled, as those of a real hub do. Types would be stripped by WebAssembly in each of
    // them, and V8 sometimes ends a process in which threads come and go with it (https://github.com/nodejs/node/issues/64500).
    execArgv: ['--import', new URL('server/compile-cache.mjs', import.meta.url).href],
    maxWorkers: 2,
    // Patience only: what is waited for is a state, and a machine with other work may be slow to reach it.
    setupFiles: ['./vitest.setup.ts'],
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
