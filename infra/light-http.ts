import http from 'node:http';
import type { Plugin } from 'esbuild';

/** What Node makes only when somebody asks for it, such as `WebSocket`: an `import` asks for all of it at once. */
const names = Object.entries(Object.getOwnPropertyDescriptors(http))
  .filter(([name, { get }]) => get === undefined && /^[A-Za-z]\w*$/.test(name))
  .map(([name]) => name);

const CONTENTS = `const http = process.getBuiltinModule('node:http');
export default http;
${names.map((name) => `export const ${name} = http.${name};`).join('\n')}`;

/**
 * Takes `node:http` without what of it is made on demand: an `import` of it loads the whole of Node's `fetch` and `WebSocket`, which
 * is a sixth of the time in which a function wakes up.
 */
export const lightHttp: Plugin = {
  name: 'light-http',
  setup(build) {
    build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace: 'light-http' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'light-http' }, () => ({ contents: CONTENTS, loader: 'js' }));
  },
};
