import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { CHECKED_NUMBERS } from '../shared/import/tax-id-format.ts';

/** Parts of libraries that no function of ours can reach, and that every cold start would otherwise read. */
const LEFT_OUT: readonly {
  readonly modules: RegExp;
  /** Of these, the ones that are reached. */
  readonly but?: readonly string[];
  readonly from?: RegExp;
  /** They are imported and made by name, used or not: classes of the same names whose instances throw when they are used. */
  readonly classes?: true;
  readonly because: string;
}[] = [
  {
    modules: /^@aws-sdk\/credential-provider-(http|ini|login|process|sso|web-identity)$/,
    because: 'a function has its credentials from its environment',
  },
  {
    modules: /^@smithy\/credential-provider-imds$/,
    because: 'a function has its credentials from its environment',
  },
  {
    modules: /^\.\/[a-z]{2}$/,
    but: Object.keys(CHECKED_NUMBERS).map((country) => `./${country.toLowerCase()}`),
    from: /\/stdnum\/lib\/esm\/index\.js$/,
    because: 'tax IDs of other countries are not checked',
  },
  {
    modules: /^\.\/[a-z0-9]+$/,
    but: Object.values(CHECKED_NUMBERS).map((number) => `./${number}`),
    from: /\/stdnum\/lib\/esm\/[a-z]{2}\/index\.js$/,
    because: 'no other numbers of a country are checked',
  },
  {
    modules: /^\.\/(patchers\/aws_p|segments\/plugins\/\w+)$/,
    from: /\/aws-xray-sdk-core\//,
    because: 'functions run on Lambda, and none uses version 2 of the AWS SDK',
  },
  {
    modules: /^\.\/from-json-schema\.js$/,
    from: /\/zod\//,
    because: 'what comes in is described by our own schemas',
  },
  {
    modules: /\/locales\/index\.js$/,
    from: /\/zod\//,
    because: 'faults are told in English, whose texts zod has in itself',
  },
  {
    modules: /^\.\/resources\/.+\.js$/,
    but: [
      ...['BalanceTransactions', 'Checkout/index', 'Checkout/Sessions', 'Customers', 'Disputes'],
      ...['PaymentIntents', 'PaymentMethods', 'SetupIntents'],
    ].map((resource) => `./resources/${resource}.js`),
    from: /\/stripe\/esm\/[\w.]+\.js$/,
    classes: true,
    because: 'the processor is asked for nothing else',
  },
];

/** Puts a module that throws in place of each; the libraries import them only where they are needed. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup(build) {
    for (const { modules, but, from, classes, because } of LEFT_OUT) {
      build.onResolve({ filter: modules }, ({ path, importer }) => {
        if ((from && !from.test(importer)) || but?.includes(path)) return undefined;
        const names = classes && exportedClasses(join(dirname(importer), path));
        return { path, namespace: 'left-out', pluginData: { because, names } satisfies LeftOut };
      });
    }
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path, pluginData }) => {
      const { because, names } = pluginData as LeftOut;
      const thrown = `throw new Error(${JSON.stringify(`${path} is not in the bundle: ${because}`)});`;
      if (names === undefined) return { contents: `module.exports = () => { ${thrown} };`, loader: 'js' };
      const throwing = `class { constructor() { return new Proxy(this, { get() { ${thrown} } }); } }`;
      return { contents: names.map((name) => `export const ${name} = ${throwing};`).join('\n'), loader: 'js' };
    });
  },
};

interface LeftOut {
  readonly because: string;
  readonly names: readonly string[] | undefined;
}

const exportedClasses = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^export class (\w+)/gm)].map(([, name]) => name!);
