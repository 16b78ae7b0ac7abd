// Who may know whom (docs: CONTRIBUTING). Each rule's name is the sentence a failure should read as.
// Held by `npm run check` and by test/architecture, which plants one violation of each.

const library = (names) => `(^|node_modules/)(${names})(/|$)`
const features = [
  'touchpoints',
  'identity',
  'profile',
  'consent',
  'recipients',
  'privacy-requests',
  'calls',
  'store-visits',
]

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle cannot be read from any end. Types may point both ways: they vanish when compiled.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: '^src/kernel/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'sql-only-in-pg-files',
      severity: 'error',
      from: { path: '^(src|views)/', pathNot: ['(^|/)pg-[^/]+\\.ts$', '^src/platform/db/'] },
      to: { path: library('knex|pg|pg-[^/]+') },
    },
    {
      name: 'features-know-no-http',
      comment: 'A feature decides the same for every surface; it hears of none of them.',
      severity: 'error',
      from: { path: '^src/features/' },
      to: {
        path: [
          library('koa|@koa/[^/]+|oidc-provider'),
          '^src/(channels|oidc|connectors|cli)/',
          '^src/platform/(web|config)/',
          '^views/',
        ],
      },
    },
    {
      name: 'door-between-features',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    },
    {
      name: 'door-from-outside',
      comment: 'compose.ts alone may also reach for the pg-*.ts forms it hands out.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/features/', '^src/compose(/|\\.ts$)'] },
      to: { path: '^src/features/[^/]+/', pathNot: '^src/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'door-from-outside',
      severity: 'error',
      from: { path: '^src/compose(/|\\.ts$)' },
      to: { path: '^src/features/[^/]+/', pathNot: '^src/features/[^/]+/(index|pg-[^/]+)\\.ts$' },
    },
    // Forward only: each feature may know those before it in the list.
    ...features.slice(0, -1).map((feature, place) => ({
      name: 'features-forward-only',
      severity: 'error',
      from: { path: `^src/features/${feature}/` },
      to: { path: `^src/features/(${features.slice(place + 1).join('|')})/` },
    })),
    {
      name: 'audit-and-delivery-through-ports',
      comment:
        'Facts are written to them through kernel/audit-trail and kernel/outbox, in the transaction of the fact.',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '^src/features/(audit|delivery)/' },
      to: { path: '^src/features/(audit|delivery)/' },
    },
    {
      name: 'audit-and-delivery-know-no-feature',
      comment:
        'When delivery must ask whether a system may hear of a person, compose.ts hands it the decision as a function.',
      severity: 'error',
      from: { path: '^src/features/(audit|delivery)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'channels-are-strangers',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'connectors-are-strangers',
      severity: 'error',
      from: { path: '^src/connectors/([^/]+)/' },
      to: { path: '^src/connectors/[^/]+/', pathNot: '^src/connectors/$1/' },
    },
    {
      name: 'ways-in-know-no-ways-out',
      severity: 'error',
      from: { path: '^src/(channels|oidc)/' },
      to: { path: '^src/connectors/' },
    },
    {
      name: 'ways-out-know-no-ways-in',
      severity: 'error',
      from: { path: '^src/connectors/' },
      to: { path: ['^src/(channels|oidc)/', '^views/'] },
    },
    {
      name: 'oidc-knows-no-channel',
      severity: 'error',
      from: { path: '^src/oidc/' },
      to: { path: '^src/channels/' },
    },
    {
      name: 'platform-knows-only-the-kernel',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: ['^src/', '^views/'], pathNot: '^src/(platform|kernel)/' },
    },
    {
      name: 'views-know-only-the-kernel',
      comment: 'A page is a function of the model it is given.',
      severity: 'error',
      from: { path: '^views/' },
      to: { path: '^src/', pathNot: '^src/kernel/' },
    },
    {
      name: 'only-compose-wires',
      severity: 'error',
      from: { path: '^(src|views)/', pathNot: '^src/(main|worker|cli|compose)(/|\\.ts$)' },
      to: { path: '^src/compose(/|\\.ts$)' },
    },
    {
      name: 'product-knows-no-demo',
      severity: 'error',
      from: { path: '^(src|views|migrations)/' },
      to: { path: '^(demo|bench|examples|test)/' },
    },
  ],
  options: {
    // TypeScript 7 has no API for it; swc keeps type-only imports visible, and they count: knowing a type is knowing.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
