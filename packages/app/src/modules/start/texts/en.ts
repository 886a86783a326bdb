/** The demo's start page in English. What a scene is, the sandbox says. */
export const en = {
  'start.title': 'AI Mesh demo',
  'start.subtitle': 'The service mesh of an AI system, where its owner works',
  'start.youAre': 'You are',
  'start.around': 'Look around',
  'start.happen': 'Let something happen',
  'start.happenBelow':
    'Scenes of the simulated mesh. Each ends the one before it.',
  'start.scenes': 'Scenes',
  'start.away': 'The simulated mesh does not answer',
  'start.look': 'Look',

  'screen.fleet': 'All services',
  'screen.fleet.does': 'Which of them hurts now, and where that starts.',
  'screen.topology': 'Who calls the chat service',
  'screen.topology.does': 'How much, how slow, how broken, encrypted or not.',
  'screen.canary': 'Its canaries',
  'screen.canary.does': 'Request one as Olivia; Amir approves it.',
  'screen.slos': 'Its promises, by model',
  'screen.slos.does':
    'Success, latency, tokens, cost and what is left of each budget.',
  'screen.security': 'Who would break under STRICT',
  'screen.security.does': 'What is configured, and what really happens.',
  'screen.review': 'What is set up badly',
  'screen.review.does':
    'What is wrong for AI traffic, of all services, with its fix.',

  'happens.good-canary':
    'A canary that is requested and approved goes to 100% in steps.',
  'happens.bad-canary': 'A running canary is taken back within its first step.',
  'happens.worse-answers':
    'No request fails, and the quality gate takes the canary back.',
  'happens.ill-service':
    'A running canary is held: the service is ill, and not the canary.',
  'happens.slow-provider':
    'Within three minutes the provider is named as the origin, with who suffers from it.',
  'happens.twelve-times':
    'Rates rise over five minutes; nothing is called broken.',
  'happens.plaintext-stops':
    'The caller that would break under STRICT goes out of the list.',
  'happens.strict-applied':
    'The service turns from partly plaintext to strict, and nobody is refused.',
  'happens.weights-edited':
    'A running canary is paused as drift, until a person decides whose weights count.',
  'happens.finding-mended':
    'Within a minute "Retries are not billed twice" is met, and the trend moves.',
  'happens.certificate-nearly-expired':
    'The certificate that ends is named with the time it has left.',
  'happens.configuration-rejected':
    'A finding says which proxies refuse their configuration.',
  'happens.prometheus-away': 'Figures become unknown, and the screen says why.',
  'happens.kiali-away': 'The source is named as away; the figures stay.',
  'happens.api-server-restarts': 'Nothing is lost from the screens meanwhile.',
  'happens.waypoint-away':
    'The policy that the waypoint enforced is said to have no effect.',
  'happens.waypoint-down':
    'Within a minute the services behind it are failing, and named as where the outage starts.',
  'happens.waypoint-refuses':
    'Once no call got through for a minute, the services behind it are failing.',
  'happens.bad-canary-for-east':
    'A running canary is taken back, in the west too where it goes on in both.',
  'happens.bad-canary-for-west':
    'A running canary of the east is taken back for callers that only the west sees.',
  'happens.east-west-gateway-away':
    'What the west calls in the east fails, as its callers report.',
  'happens.west-away':
    'The overview says which cluster does not answer; the figures stay.',
  'happens.west-prometheus-away':
    'Figures of the west become unknown; those of the east stay.',

  'scene.normal': '{{description}}',
  'scene.good-canary': '{{description}}',
  'scene.bad-canary': '{{description}}',
  'scene.worse-answers': '{{description}}',
  'scene.ill-service': '{{description}}',
  'scene.bad-pool': '{{description}}',
  'scene.slow-provider': '{{description}}',
  'scene.twelve-times': '{{description}}',
  'scene.plaintext-stops': '{{description}}',
  'scene.strict-applied': '{{description}}',
  'scene.weights-edited': '{{description}}',
  'scene.finding-mended': '{{description}}',
  'scene.certificate-nearly-expired': '{{description}}',
  'scene.configuration-rejected': '{{description}}',
  'scene.prometheus-away': '{{description}}',
  'scene.kiali-away': '{{description}}',
  'scene.api-server-restarts': '{{description}}',
  'scene.waypoint-away': '{{description}}',
  'scene.waypoint-down': '{{description}}',
  'scene.waypoint-refuses': '{{description}}',
  'scene.bad-canary-for-east': '{{description}}',
  'scene.bad-canary-for-west': '{{description}}',
  'scene.east-west-gateway-away': '{{description}}',
  'scene.west-away': '{{description}}',
  'scene.west-prometheus-away': '{{description}}',
} as const;
