/** Two moments of the topology beside each other. */
export const compare = {
  'compare.label': 'Compare with',
  'compare.with.nothing': 'Nothing',
  'compare.with.hour': 'An hour earlier',
  'compare.with.day': 'A day earlier',
  'compare.with.date': 'A date',
  'compare.with.step': "A canary's step",
  'compare.with.versions': 'Another version',
  'compare.versions.first': 'Version',
  'compare.versions.second': 'Beside',
  'compare.versions.unnamed': 'without a name',
  'compare.versions.none': 'No call here was answered by two versions.',
  'compare.versions.summary':
    '{{changed}} of {{calls}} calls went differently with {{second}} than with {{first}}, by more than chance explains.',
  'compare.versions.nothing':
    'With {{second}} no call went differently than with {{first}}, by more than chance explains.',
  'compare.versions.unknown':
    'What goes differently with {{second}} than with {{first}} cannot be told: no call has figures of both.',
  'compare.versions.errors.more':
    'The calls from {{source}} to {{target}} fail more often with {{second}}: {{after}}; with {{first}} {{before}}.',
  'compare.versions.errors.less':
    'The calls from {{source}} to {{target}} fail less often with {{second}}: {{after}}; with {{first}} {{before}}.',
  'compare.versions.p95.more':
    'The calls from {{source}} to {{target}} take longer with {{second}} (p95): {{after}}; with {{first}} {{before}}.',
  'compare.versions.p95.less':
    'The calls from {{source}} to {{target}} are faster with {{second}} (p95): {{after}}; with {{first}} {{before}}.',
  'compare.step.label': 'Step',
  'compare.step.choose': 'Choose a step',
  'compare.step.one': '{{time}}: {{version}} at {{percent}}%',
  'compare.step.none': 'No canary made a step within the last 30 days.',
  'compare.step.unknown': 'Which steps canaries made cannot be told.',
  'compare.time': 'Compared moment',
  'compare.turn.worse': 'worse',
  'compare.turn.better': 'better',
  'compare.turn.new': 'new call',
  'compare.turn.gone': 'gone',
  'compare.turn.moved': 'rate changed',
  'compare.turn.same': 'no change',
  'compare.turn.unknown': 'not known',
  'compare.summary':
    '{{changed}} of {{calls}} calls changed between {{then}} and {{now}} by more than chance explains.',
  'compare.unknown_one': 'Of {{count}} more it cannot be told.',
  'compare.unknown_other': 'Of {{count}} more it cannot be told.',
  'compare.most.unknown':
    'What changed between {{then}} and {{now}} cannot be told: no call has figures of both.',
  'compare.most.nothing':
    'Between {{then}} and {{now}} no call changed by more than chance explains.',
  'compare.most.new':
    'Since {{then}} there are calls from {{source}} to {{target}} that were not seen before.',
  'compare.most.gone':
    'Since {{then}} the calls from {{source}} to {{target}} are gone.',
  'compare.most.errors.more':
    'Since {{then}} the calls from {{source}} to {{target}} fail {{times}} times as often: {{after}} instead of {{before}}.',
  'compare.most.errors.morePlain':
    'Since {{then}} the calls from {{source}} to {{target}} fail: {{after}} instead of {{before}}.',
  'compare.most.errors.less':
    'Since {{then}} the calls from {{source}} to {{target}} fail {{times}} times less often: {{after}} instead of {{before}}.',
  'compare.most.errors.lessPlain':
    'Since {{then}} the calls from {{source}} to {{target}} fail no more: {{after}} instead of {{before}}.',
  'compare.most.p95.more':
    'Since {{then}} the calls from {{source}} to {{target}} take {{times}} times as long (p95): {{after}} instead of {{before}}.',
  'compare.most.p95.morePlain':
    'Since {{then}} the calls from {{source}} to {{target}} take longer (p95): {{after}} instead of {{before}}.',
  'compare.most.p95.less':
    'Since {{then}} the calls from {{source}} to {{target}} are {{times}} times as fast (p95): {{after}} instead of {{before}}.',
  'compare.most.p95.lessPlain':
    'Since {{then}} the calls from {{source}} to {{target}} are faster (p95): {{after}} instead of {{before}}.',
  'compare.most.rate.more':
    'Since {{then}} there are {{times}} times as many calls from {{source}} to {{target}}: {{after}} instead of {{before}}.',
  'compare.most.rate.morePlain':
    'Since {{then}} there are calls from {{source}} to {{target}}: {{after}} instead of {{before}}.',
  'compare.most.rate.less':
    'Since {{then}} there are {{times}} times fewer calls from {{source}} to {{target}}: {{after}} instead of {{before}}.',
  'compare.most.rate.lessPlain':
    'Since {{then}} there are no more calls from {{source}} to {{target}}: {{after}} instead of {{before}}.',
  'compare.table.title': 'What changed most',
  'compare.table.call': 'Call',
  'compare.table.change': 'Change',
  'compare.table.rate': 'Rate, then → now',
  'compare.table.errors': 'Errors, then → now',
  'compare.table.p95': 'p95, then → now',
} as const;
