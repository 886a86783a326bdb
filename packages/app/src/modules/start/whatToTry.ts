const chat = '/catalog/default/component/ai-chat-service/ai-mesh';

/** Where to look first; nothing has to be switched on for it. What is seen there, the texts say. */
export const screens = [
  { name: 'fleet', to: '/ai-mesh' },
  { name: 'topology', to: `${chat}/topology` },
  { name: 'canary', to: `${chat}/canary` },
  { name: 'slos', to: `${chat}/slos` },
  { name: 'security', to: `${chat}/security` },
  {
    name: 'review',
    to: '/catalog/default/component/translation-service/ai-mesh/review',
  },
] as const;

/** Where a scene of the sandbox shows in the portal, by its name. */
export const sights: Record<string, string> = {
  'good-canary': `${chat}/canary`,
  'bad-canary': `${chat}/canary`,
  'worse-answers': `${chat}/canary`,
  'ill-service': `${chat}/canary`,
  'slow-provider': '/ai-mesh',
  'twelve-times': `${chat}/topology`,
  'plaintext-stops': `${chat}/security`,
  'strict-applied': `${chat}/security`,
  'weights-edited': `${chat}/canary`,
  'finding-mended': `${chat}/scorecard`,
  'certificate-nearly-expired': `${chat}/security`,
  'configuration-rejected': `${chat}/review`,
  'prometheus-away': `${chat}/overview`,
  'kiali-away': `${chat}/overview`,
  'api-server-restarts': `${chat}/overview`,
};
