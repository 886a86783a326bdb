/** The topology over a past span. */
export const replay = {
  'replay.player': 'Replay',
  'replay.span': 'Span',
  'replay.span.1h': 'An hour',
  'replay.span.6h': 'Six hours',
  'replay.span.24h': 'A day',
  'replay.play': 'Play',
  'replay.pause': 'Pause',
  'replay.back': 'One moment back',
  'replay.next': 'One moment on',
  'replay.moment': 'Moment',
  'replay.speed': 'Speed',
  'replay.perSecond_one': '{{count}} moment a second',
  'replay.perSecond_other': '{{count}} moments a second',
  'replay.open': 'Open this moment',
  'replay.timeline': 'Over the whole span: {{name}}',
  'replay.marks': 'What happened',
  'replay.noMarks':
    'No outage of this neighbourhood, no step of a canary, no budget alert and no change of its objects within this span.',
  'replay.someCanaries_one':
    'Of the canaries of this span only the newest is marked.',
  'replay.someCanaries_other':
    'Of the canaries of this span only the newest {{count}} are marked.',
  'replay.noCanaries': 'What canaries did in this span cannot be told.',
  'replay.unmeasured':
    'Nothing was measured at this moment, so nobody knows how it was.',
  'replay.unborn':
    'The Service {{name}} was created at {{at}}: if it had another name before, its requests of then are not shown.',
  'replay.omitted_one':
    '{{count}} more service was found and left out: a smaller depth shows fewer.',
  'replay.omitted_other':
    '{{count}} more services were found and left out: a smaller depth shows fewer.',
  'replay.mark.measured': 'measurements begin',
  'replay.mark.unmeasured': 'measurements end',
  'replay.mark.began': 'it starts to hurt at {{names}}',
  'replay.mark.ended': '{{names}} well again',
  'replay.noAlerts': 'Whether budget alerts fired in this span cannot be told.',
  'replay.marksHelp':
    'Budget alerts are known where the alerting rules of the SLO screen are installed. Of an object Kubernetes keeps the last change of each manager alone.',
  'replay.mark.alert.page': 'budget alert (page): {{objective}}',
  'replay.mark.alert.ticket': 'budget alert (ticket): {{objective}}',
  'replay.mark.alertEnds': 'budget alert over: {{objective}}',
  'replay.mark.changed': '{{name}} changed by {{by}}',
  'replay.mark.created': '{{name}} created',
  'replay.mark.canaryState': 'canary {{version}}: {{state}}',
  'replay.mark.canaryWeight': 'canary {{version}}: {{percent}}%',
} as const;
