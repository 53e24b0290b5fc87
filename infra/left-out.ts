import type { Plugin } from 'esbuild';
import { CHECKED_NUMBERS } from '../shared/import/tax-id-format.ts';

/** Parts of libraries that no function of ours can reach, and that every cold start would otherwise read. */
const LEFT_OUT: readonly {
  readonly modules: RegExp;
  /** Of these, the ones that are reached. */
  readonly but?: readonly string[];
  readonly from?: RegExp;
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
];

/** Puts a module that throws in place of each; the libraries import them only where they are needed. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup(build) {
    for (const { modules, but, from, because } of LEFT_OUT) {
      build.onResolve({ filter: modules }, ({ path, importer }) =>
        (!from || from.test(importer)) && !but?.includes(path)
          ? { path, namespace: 'left-out', pluginData: because }
          : undefined,
      );
    }
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path, pluginData }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} is not in the bundle: ${pluginData}`)}); };`,
      loader: 'js',
    }));
  },
};
