import { createRequire } from 'node:module';

/**
 * The X-Ray SDK under Powertools' tracer is CommonJS and requires modules of Node. In a bundle of ES modules there is no
 * `require`, so this file gives it one; it must be imported before the tracer.
 */
globalThis.require ??= createRequire(import.meta.url);
