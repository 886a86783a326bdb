/** Traces, wherever they are shown. */
export const traces = {
  'traces.title': 'Traces',
  'traces.loading': 'Looking for traces',
  'traces.show.label': 'Traces',
  'traces.show.slowest': 'Slowest',
  'traces.show.slower': 'Slower than {{threshold}}',
  'traces.show.failed': 'Failed',
  'traces.showSlowest': 'Show the slowest instead',
  'traces.empty.slowest': 'No trace was sampled in the last {{window}}.',
  'traces.empty.slower':
    'No sampled trace of the last {{window}} was slower than {{threshold}}.',
  'traces.empty.failed': 'No sampled trace of the last {{window}} failed.',
  'traces.incomplete':
    'There are more traces than were looked through: these are the slowest of the newest 100.',
  'traces.failedIncomplete_one':
    'This is the newest that failed; there may be more.',
  'traces.failedIncomplete_other':
    'These are the newest {{count}} that failed; there may be more.',
  'traces.failed': 'failed',
  'traces.link': 'Open the trace',
  'traces.steps_one': '{{count}} step',
  'traces.steps_other': '{{count}} steps',
  'traces.stepsOf': '{{steps}}: trace …{{id}} of {{duration}}',
  'traces.waterfall': 'Steps of the trace {{id}}',
  'traces.span': 'Step',
  'traces.when': 'When',
  'traces.start': 'Start',
  'traces.duration': 'Duration',
  'traces.outcome': 'Outcome',
  'traces.side.client': '{{service}} calls',
  'traces.side.server': '{{service}} answers',
  'traces.side.other': '{{service}}',
  'traces.retries_one': 'tried again {{count}} time',
  'traces.retries_other': 'tried again {{count}} times',
  'traces.longest': 'The longest {{shown}} of {{total}} steps.',
} as const;
