import { defineConfig } from 'vitest/config';

/** What must notice a mutant: the tests of the rules themselves, without emulators. */
export default defineConfig({
  test: {
    include: [
      'test/domain/**/*.test.ts',
      'test/delivery/**/*.test.ts',
      'test/document/e-invoice-{formats,parties}.test.ts',
    ],
  },
});
