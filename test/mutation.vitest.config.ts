import { defineConfig } from 'vitest/config';

/** What must notice a mutant of the domain: the domain's own tests, without emulators. */
export default defineConfig({ test: { include: ['test/domain/**/*.test.ts'] } });
