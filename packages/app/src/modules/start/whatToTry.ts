import type { ToldScene } from './texts';

const pageOf = (name: string) => `/catalog/default/component/${name}/ai-mesh`;
const chat = pageOf('ai-chat-service');
const eastChat = pageOf('ai-chat-service-east');

/** Where to look first, in any of the demo's worlds; nothing has to be switched on for it. What is seen there, the texts say. */
export const screens = [
  { name: 'fleet', to: '/ai-mesh' },
  { name: 'topology', to: `${chat}/topology` },
  { name: 'canary', to: `${chat}/canary` },
  { name: 'slos', to: `${chat}/slos` },
  { name: 'security', to: `${chat}/security` },
  { name: 'review', to: '/ai-mesh/findings' },
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
  'waypoint-away': `${chat}/security`,
  'waypoint-down': `${chat}/topology`,
  'waypoint-refuses': `${chat}/topology`,
  'bad-canary-for-east': `${eastChat}/canary`,
  'bad-canary-for-west': `${eastChat}/canary`,
  'east-west-gateway-away': `${chat}/topology`,
  'west-away': `${chat}/overview`,
  'west-prometheus-away': `${chat}/overview`,
} satisfies Record<ToldScene, string>;
