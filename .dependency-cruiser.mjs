/** Who may import whom (README, "The map of the code"). Each rule says why. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-circles', 'A circle has no beginning a reader could start from.', {}, { circular: true }),
    rule(
      'domain-is-pure',
      'The billing rules know no storage, no cloud and no other part of the product.',
      { path: '^shared/domain/' },
      { pathNot: ['^shared/domain/', '^node_modules/temporal-polyfill'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'domain-imports-no-other-part',
      'Not even types: the domain stands alone.',
      { path: '^shared/domain/' },
      { path: '^(shared/(?!domain/)|functions|infra|test)' },
    ),
    rule(
      'invoices-know-no-books',
      'What an invoice says does not depend on how it is paid, contested or credited.',
      { path: '^shared/domain/(charges|fees|tax|usage|explain|compose-|draft|invoice|pricing|proration|schedule)' },
      { path: '^shared/domain/books/' },
    ),
    rule(
      'contracts-know-only-the-domain',
      'Ports and messages are what the sides agree on; they depend on neither side.',
      { path: '^shared/(ports|messages)\\.ts$' },
      { path: '^(shared/(?!domain/|ports|messages)|functions|infra|test)' },
    ),
    rule(
      'documents-know-only-the-domain',
      'A PDF is made from an invoice and nothing else.',
      { path: '^shared/document/' },
      { path: '^(shared/(?!domain/|document/)|functions|infra|test)' },
    ),
    rule(
      'adapters-know-ports-not-each-other',
      'Storage and payments can be replaced one at a time.',
      { path: '^shared/(aws|payments)/' },
      { path: '^(shared/(?!domain/|ports|messages|aws/|payments/)|functions|infra|test)' },
    ),
    rule(
      'usage-speaks-to-ports',
      'How records are read and counted does not depend on where they are kept; only how much is done at once is shared.',
      { path: '^shared/usage/' },
      { path: '^shared/(aws/(?!concurrency)|payments/|document/|delivery/)' },
    ),
    rule(
      'bank-files-know-only-the-domain',
      'What a statement says does not depend on what is done with it.',
      { path: '^shared/bank/' },
      { path: '^(shared/(?!domain/|bank/)|functions|infra|test)' },
    ),
    rule(
      'payments-not-aws',
      'The processor adapter runs anywhere.',
      { path: '^shared/payments/' },
      { path: '^shared/aws/' },
    ),
    rule(
      'aws-not-payments',
      'Storage does not know who moves the money.',
      { path: '^shared/aws/' },
      { path: '^shared/payments/' },
    ),
    rule(
      'tax-authorities-know-only-the-port',
      'Another authority, or a paid service, can take its place.',
      { path: '^shared/tax-authorities/' },
      { path: '^(shared/(?!domain/|ports|tax-authorities/)|functions|infra|test)' },
    ),
    rule(
      'shared-not-functions',
      'What is shared knows no single function.',
      { path: '^shared/' },
      { path: '^(functions|infra|test)/' },
    ),
    rule(
      'functions-do-not-meet',
      'Functions talk through queues and the table.',
      { path: '^functions/([^/.]+)' },
      { path: '^functions/([^/.]+)', pathNot: '^functions/$1[./]' },
    ),
    rule(
      'functions-not-infra',
      'A function does not know how it is deployed.',
      { path: '^functions/' },
      { path: '^infra/' },
    ),
    rule(
      'infra-not-functions',
      'The stack knows names and paths, never code.',
      { path: '^infra/' },
      { path: '^functions/' },
    ),
    rule(
      'local-stack-knows-no-product',
      'It must run the bundled functions; types are all it may share.',
      { path: '^infra/local/' },
      { path: '^shared/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'only-aws-adapters-know-aws',
      'Everything else speaks to a port.',
      { path: '^(shared/(?!aws/)|functions/)' },
      { path: '^node_modules/(@aws-sdk|@smithy)/' },
    ),
    rule(
      'production-not-test',
      'Tests may use everything; nothing may use tests.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
