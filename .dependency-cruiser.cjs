/**
 * Who may import what (HOUSE H3). Each rule is shown by a planted mistake in server/scripts/boundaries.test.ts.
 * Run through server/scripts/boundaries.mjs, which also fails when a source file was not seen.
 */

const TEST = '\\.(test|test-d|spec)\\.tsx?$';
const KITS = 'ui|charts|data-table|shell|trpc';

/** Processes and rooms that compute: loaded by node, query and model-server processes, never by the web process. */
const ENGINE = [
  '^server/(engine|executors|worker|duckdb|tf)/',
  '^server/query/main\\.ts$',
  '^node_modules/(@duckdb|onnxruntime-node|@tensorflow)/',
];

/**
 * Who may speak SQL to the state database: repositories, and the rooms that are compare-and-set by nature (the life of
 * a run, the event log, the queue). Everybody else calls them.
 */
const REPOSITORIES = [
  '^server/(db|events|postgres|queue|runs|testing)/',
  '-repository\\.ts$',
  '^server/engine/publish\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or lack a third. Types may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere hides every rule below.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'lib-is-pure',
      comment: 'lib thinks: it imports lib, zod and the hash functions, nothing that does I/O.',
      severity: 'error',
      from: { path: '^lib/', pathNot: TEST },
      to: { pathNot: ['^lib/', '^node_modules/(zod|@noble/hashes)/'] },
    },
    {
      name: 'lib-tests-stay-close',
      comment: 'Tests of lib may read files and use the test kit, but no other room.',
      severity: 'error',
      from: { path: `^lib/.*${TEST}` },
      to: { path: '^(app|components|e2e|server)/', pathNot: '^server/testing/' },
    },
    {
      name: 'executors-see-the-engine-only',
      comment:
        'An executor reads its inputs and writes its outputs: contract, data engine, storage; never the database.',
      severity: 'error',
      from: { path: '^server/executors/', pathNot: TEST },
      to: {
        path: '^(server|app|components|e2e)/|^node_modules/(pg|drizzle-orm)/',
        pathNot: '^server/(executors/|engine/executor\\.ts$|duckdb/|tf/|storage/|examples/)',
      },
    },
    {
      name: 'executors-enter-through-one-door',
      comment: 'The registry loads executors lazily; nobody else does.',
      severity: 'error',
      from: { pathNot: ['^server/executors/', '^server/engine/executors\\.ts$', TEST] },
      to: { path: '^server/executors/' },
    },
    {
      name: 'panels-use-the-kit',
      comment: 'A panel is made of the panel kit and the primitives, so that it cannot reach into the editor.',
      severity: 'error',
      from: { path: '^components/pipelines/editor/panels/' },
      to: { path: '^components/', pathNot: '^components/(pipelines/editor/(panels|panel-kit)|ui)/' },
    },
    {
      name: 'panels-enter-through-one-door',
      comment: 'The partial map panels.ts is the only importer of panels.',
      severity: 'error',
      from: { pathNot: ['^components/pipelines/editor/panels(/|\\.ts$)', TEST] },
      to: { path: '^components/pipelines/editor/panels/' },
    },
    {
      name: 'components-see-server-types-only',
      comment:
        'Screens know the server by the type of its router and by nothing that runs; a test may hold one against the other.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'components-see-the-router-only',
      comment: 'The one type that screens take from the server is AppRouter.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '^server/', pathNot: '^server/api/root\\.ts$', dependencyTypes: ['type-only'] },
    },
    {
      name: 'components-run-in-the-browser',
      comment: 'No module of Node in a component.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'components-know-no-route',
      comment: 'app shows components, never the other way round.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^app/' },
    },
    {
      name: 'server-never-renders',
      comment: 'The server remembers and works; it imports no screen.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components)/|^node_modules/(react|react-dom)/' },
    },
    {
      name: 'feature-surface-only',
      comment: 'A feature is used through its index.ts.',
      severity: 'error',
      from: { path: '^(?:components/([^/]+)|app)/' },
      to: {
        path: '^components/[^/]+/',
        pathNot: ['^components/$1/', `^components/(${KITS})/`, '^components/[^/]+/index\\.tsx?$'],
      },
    },
    {
      name: 'kits-are-leaves',
      comment: 'Kits serve every feature and know none.',
      severity: 'error',
      from: { path: `^components/(${KITS})/` },
      to: { path: '^components/', pathNot: `^components/(${KITS})/` },
    },
    {
      name: 'only-repositories-touch-the-database',
      comment: 'SQL and tables live in repositories; use-cases speak in domain types.',
      severity: 'error',
      from: { path: '^(app|server)/', pathNot: [...REPOSITORIES, TEST] },
      to: { path: '^server/db/schema/|^node_modules/(drizzle-orm|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-never-reaches-the-engine',
      comment:
        'Work never runs in the web process: no path of imports leads from it to the engine or a native library.',
      severity: 'error',
      from: { path: '^(app/|server/(web|api)/|server/query/client\\.ts$)', pathNot: TEST },
      to: { path: ENGINE, reachable: true },
    },
    {
      name: 'engine-and-api-never-meet',
      comment: 'They meet in the queue, the events and the tables.',
      severity: 'error',
      from: { path: '^server/(engine|executors|worker|duckdb|tf|storage|query)/', pathNot: TEST },
      to: { path: '^server/(api|web|cli)/' },
    },
    {
      name: 'data-rooms-are-leaves',
      comment: 'DuckDB, TensorFlow.js and storage serve the engine and know nothing above them.',
      severity: 'error',
      from: { path: '^server/(duckdb|tf|storage)/', pathNot: TEST },
      to: { path: '^server/', pathNot: '^server/(duckdb|tf|storage|env\\.ts$|logger\\.ts$)' },
    },
    {
      name: 'e2e-stays-outside',
      comment: 'End-to-end tests use the product as a person does; they may seed the database and read lib.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: {
        path: '^(app|components|server)/',
        pathNot: '^server/(db/seed\\.ts$|testing/|scripts/find-browser\\.mjs$)',
      },
    },
    {
      name: 'e2e-is-not-imported',
      comment: 'Nothing of the product leans on its end-to-end tests.',
      severity: 'error',
      from: { path: '^(app|components|server|lib)/' },
      to: { path: '^e2e/' },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'The test kit and test files are loaded by tests only.',
      severity: 'error',
      from: { path: '^(app|components|server|lib)/', pathNot: [TEST, '^server/(testing|scripts)/'] },
      to: { path: ['^server/testing/', TEST] },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'What runs at a person’s place is a dependency, not a development tool.',
      severity: 'error',
      from: { path: '^(app|components|server|lib)/', pathNot: [TEST, '^server/(testing|scripts)/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    // Type-only imports count: they are what some rules are about.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
