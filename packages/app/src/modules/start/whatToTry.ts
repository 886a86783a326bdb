const chat = '/catalog/default/component/ai-chat-service/ai-mesh';

/** Where to look first; nothing has to be switched on for it. */
export const screens = [
  {
    to: '/ai-mesh',
    title: 'All services',
    does: 'Which of them hurts now, and where that starts.',
  },
  {
    to: `${chat}/topology`,
    title: 'Who calls the chat service',
    does: 'How much, how slow, how broken, encrypted or not.',
  },
  {
    to: `${chat}/canary`,
    title: 'Its canaries',
    does: 'Request one as Olivia; Amir approves it.',
  },
  {
    to: `${chat}/slos`,
    title: 'Its promises, by model',
    does: 'Success, latency, tokens, cost and what is left of each budget.',
  },
  {
    to: `${chat}/security`,
    title: 'Who would break under STRICT',
    does: 'What is configured, and what really happens.',
  },
  {
    to: '/catalog/default/component/translation-service/ai-mesh/review',
    title: 'A service that is set up badly',
    does: 'What is wrong for AI traffic, each with its fix.',
  },
];

/** What a scene of the sandbox shows in the portal, by its name. Others are described by the sandbox alone. */
export const sights: Record<string, { to: string; happens: string }> = {
  'good-canary': {
    to: `${chat}/canary`,
    happens: 'A canary that is requested and approved goes to 100 % in steps.',
  },
  'bad-canary': {
    to: `${chat}/canary`,
    happens: 'A running canary is taken back within its first step.',
  },
  'worse-answers': {
    to: `${chat}/canary`,
    happens: 'No request fails, and the quality gate takes the canary back.',
  },
  'ill-service': {
    to: `${chat}/canary`,
    happens:
      'A running canary is held: the service is ill, and not the canary.',
  },
  'slow-provider': {
    to: '/ai-mesh',
    happens:
      'Within three minutes the provider is named as the origin, with who suffers from it.',
  },
  'twelve-times': {
    to: `${chat}/topology`,
    happens: 'Rates rise over five minutes; nothing is called broken.',
  },
  'plaintext-stops': {
    to: `${chat}/security`,
    happens: 'The caller that would break under STRICT goes out of the list.',
  },
  'strict-applied': {
    to: `${chat}/security`,
    happens: 'The service turns from mixed to strict, and nobody is refused.',
  },
  'weights-edited': {
    to: `${chat}/canary`,
    happens:
      'A running canary is paused as drift, until a person decides whose weights count.',
  },
  'finding-mended': {
    to: `${chat}/scorecard`,
    happens:
      'Within a minute "Retries are not billed twice" is met, and the trend moves.',
  },
  'certificate-nearly-expired': {
    to: `${chat}/security`,
    happens: 'The certificate that ends is named with the time it has left.',
  },
  'configuration-rejected': {
    to: `${chat}/review`,
    happens: 'A finding says which proxies refuse their configuration.',
  },
  'prometheus-away': {
    to: `${chat}/overview`,
    happens: 'Figures become unknown, and the screen says why.',
  },
  'kiali-away': {
    to: `${chat}/overview`,
    happens: 'The source is named as away; the figures stay.',
  },
  'api-server-restarts': {
    to: `${chat}/overview`,
    happens: 'Nothing is lost from the screens meanwhile.',
  },
};
