/** What the tab says about itself: the help of each screen, the tour, the keys. */
export const guide = {
  'guide.skip': 'Skip to the screen’s content',
  'guide.open': 'About this screen',
  'guide.close': 'Close',
  'guide.documentation': 'Documentation of this screen',
  'guide.about.overview':
    'What an owner asks first: how much traffic, how slow, how broken, encrypted or not, and who still calls in plaintext. A dash is a value that could not be had and says why; a click on a number shows the query that made it.',
  'guide.about.topology':
    'Who calls the service and whom it calls: how often, how slow, how broken. The banner says where an outage starts and who only suffers from it. A click on a node or a line shows everything that is known of it.',
  'guide.about.traffic':
    'The rules that send each request to a version, from top to bottom: the share that is configured beside the share that is seen, timeouts, retries, and the circuit breaker’s settings beside what it does now.',
  'guide.about.canary':
    'A new version takes a small share of the traffic first, and more while it is no worse. You ask for it here, somebody else approves it, and it is judged every few minutes and taken back by itself where it fails.',
  'guide.about.security':
    'Which mutual TLS and which authorization are configured, what really happens on the wire, and who would no longer get through under STRICT.',
  'guide.about.slos':
    'What each model promises: success, latency, tokens and cost, how much of its error budget is left, and how fast it goes.',
  'guide.about.review':
    'Settings that are wrong for AI traffic, such as retries that are billed twice, the worst first: each with its evidence and its fix.',
  'guide.about.scorecard':
    'How the service does by the platform’s checks, level by level, what it lacks for the next one, and the screen that mends it.',
  'guide.keys': 'Keys',
  'guide.key.help': 'This help',
  'guide.key.arrows': 'In the topology, along the calls to the next service',
  'guide.key.enter': 'In the topology, everything about the chosen service',
  'guide.key.escape': 'Closes what is open beside the topology, and dialogs',
  'guide.keyName.arrows': 'Arrow keys',
  'guide.keyName.enter': 'Enter',
  'guide.keyName.escape': 'Esc',
  'tour.offer': 'New here?',
  'tour.offerBody':
    'Five steps show what this tab does for the owner of a service.',
  'tour.start': 'Show me around',
  'tour.decline': 'No, thank you',
  'tour.step': '{{screen}}, step {{step}} of {{steps}}',
  'tour.back': 'Back',
  'tour.next': 'Next',
  'tour.end': 'End the tour',
} as const;
