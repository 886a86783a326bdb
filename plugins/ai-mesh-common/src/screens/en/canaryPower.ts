/** What a plan comes to at today's traffic, and the plans to choose from. */
export const canaryPower = {
  'canary.preset.title': 'Plan to go by',
  'canary.preset.plan':
    '{{steps}}, a step every {{interval}}, {{confidence}} sure',
  'canary.preset.expected':
    'At today’s traffic about {{duration}} and {{requests}} of the canary.',
  'canary.preset.notices':
    'Notices {{share}} of errors after about {{duration}}.',
  'canary.preset.undecided':
    'Today’s traffic cannot decide it: it would be paused at {{weight}}.',
  'canary.preset.own': 'A plan of its own, in all settings',
  'canary.form.details.show': 'Show all settings',
  'canary.form.details.hide': 'Hide the settings',
  'canary.preflight.passed': 'Checks that passed',
  'canary.preflight.showPassed_one': 'Show the check that passed',
  'canary.preflight.showPassed_other': 'Show the {{count}} checks that passed',
  'canary.preflight.hidePassed': 'Hide what passed',
  'canary.power.title': 'What it comes to at today’s traffic',
  'canary.power.unknown':
    'How long it takes, and what it would notice, is not known',
  'canary.power.noGate':
    'The error rate is switched off as a gate, so that nothing is said of what the plan would notice.',
  'canary.power.whole':
    'The whole plan takes about {{duration}} and {{requests}} of the canary, if it is no worse than the stable version.',
  'canary.power.failing.rolledBack':
    'If {{share}} of its requests fail, that is noticed after about {{duration}} and {{failures}} that failed, and rolled back.',
  'canary.power.failing.held':
    'If {{share}} of its requests fail, it is held, and paused at {{weight}} after about {{duration}}.',
  'canary.power.failing.promoted':
    'If {{share}} of its requests fail, that would not be noticed.',
  'canary.power.worse.rolledBack':
    'If {{points}} percentage points more fail than of the stable version’s, that is noticed after about {{duration}} and {{failures}} that failed, at {{weight}}.',
  'canary.power.worse.held':
    'If {{points}} percentage points more fail than of the stable version’s, it is held, and paused at {{weight}} after about {{duration}}.',
  'canary.power.worse.promoted':
    'If {{points}} percentage points more fail than of the stable version’s, that would not be noticed.',
  'canary.power.drip':
    'If its share of errors is between its bounds, it is decided on after about {{requests}} at one weight: about {{duration}} at {{weight}}.',
  'canary.power.traffic':
    'By the last {{back}}: the route carries about {{rate}}, and {{share}} of the stable version’s requests fail.',
  'canary.power.notCounted':
    'Time that people take to confirm, and what the header phase needs beyond its interval, is not foreseen.',
  'canary.power.undecided.title':
    'Today’s traffic can never decide this plan by itself',
  'canary.power.undecided.body':
    'Within the longest hold of {{hold}} it would not be known that a good canary is good: it would be paused at {{weight}} after about {{duration}}, and a person would decide. A longer hold, less confidence, a larger margin or larger first steps help.',
  'canary.power.blind.title': 'This plan would promote a worse canary',
  'canary.power.blind.body':
    'It is too short for today’s traffic, or its bounds are too wide, to notice one that is worse by twice its margin.',
} as const;
