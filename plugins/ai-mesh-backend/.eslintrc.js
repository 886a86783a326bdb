/**
 * The layers of the backend and their arrows: http -> capability -> adapter. Capabilities share through `routes`,
 * `telemetry` and the common package, not through each other. Tests may reach across.
 */
const adapters = [
  'config',
  'database',
  'kubernetes',
  'prometheus',
  'kiali',
  'tracing',
  'webhooks',
  'target',
];
const capabilities = [
  'topology',
  'overview',
  'routes',
  'canary',
  'security',
  'slo',
  'traces',
  'review',
  'facts',
  'source',
  'fleet',
];
const shared = ['routes', 'telemetry'];

const folders = names => names.map(name => `./src/${name}`);
const wiring = [
  './src/plugin.ts',
  './src/index.ts',
  './src/http',
  './src/actions',
];

const zones = [
  {
    target: folders([...adapters, 'telemetry']),
    from: [...folders(capabilities), ...wiring],
    message: 'An adapter serves every capability and knows none.',
  },
  {
    target: folders(adapters),
    from: folders(['telemetry']),
    message: 'An adapter fetches; what the numbers mean is read elsewhere.',
  },
  {
    target: folders(capabilities),
    from: [...folders(['config']), ...wiring],
    message:
      'A capability gets what it needs from plugin.ts, and is served by http/.',
  },
  ...capabilities.map(name => ({
    target: `./src/${name}`,
    from: folders(
      capabilities.filter(other => other !== name && !shared.includes(other)),
    ),
    message:
      'Capabilities share through routes/, telemetry/ and the common package, not through each other.',
  })),
  {
    target: './src/http',
    from: folders(adapters.filter(name => name !== 'target')),
    message: 'A router calls a service; only the service knows adapters.',
  },
  {
    target: './src/actions',
    from: folders([...adapters, ...capabilities, 'telemetry']),
    message:
      'An action asks what a route asks: through http/, which authorizes.',
  },
  {
    target: './src/!(plugin).ts',
    from: folders([
      ...adapters,
      ...capabilities,
      'telemetry',
      'http',
      'actions',
    ]),
    message: 'plugin.ts alone builds everything.',
  },
];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
  },
  tsRules: {
    'import/no-restricted-paths': ['error', { basePath: __dirname, zones }],
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          {
            name: '@kubernetes/client-node',
            message: 'Only kubernetes/ talks to a cluster.',
          },
        ],
        patterns: [
          {
            group: ['@kubernetes/client-node/*'],
            message: 'Only kubernetes/ talks to a cluster.',
          },
        ],
      },
    ],
  },
  overrides: [
    {
      files: ['src/kubernetes/**'],
      rules: { '@typescript-eslint/no-restricted-imports': 'off' },
    },
    {
      files: ['**/*.test.ts', '**/__testUtils__/**'],
      rules: {
        'import/no-restricted-paths': 'off',
        '@typescript-eslint/no-restricted-imports': 'off',
      },
    },
  ],
});
