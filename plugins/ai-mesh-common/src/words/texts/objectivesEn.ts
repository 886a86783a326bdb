/** What is to be known of objectives and what they are read from, in English. */
export const objectiveTextsEn = {
  'recording.outdated':
    'Prometheus records an earlier definition of the objectives: raw series are read where it differs. Download the rules anew.',
  'recording.read': 'Recorded series are read: long windows are cheap.',
  'recording.partlyRead':
    'Some windows are recorded, raw series are read for the others. Rules that were just installed need some minutes.',
  'recording.absent':
    'Raw series are read. Install the recording rules to make windows of days cheap.',
  'recording.nowhere': 'Nothing of the entity was found on any cluster.',

  'dialect.wantedSilent':
    'The annotation ai-mesh.io/metrics asks for {{dialect}}, but none of its series exist.',
  'dialect.wantedNone':
    "The annotation ai-mesh.io/metrics asks for '{{dialect}}', which is no dialect. There are {{known}}.",
  'dialect.unasked': 'Which series exist could not be asked:',
  'dialect.elsewhere': 'On {{cluster}} the dialect is {{dialect}}.',
  'dialect.spellings':
    'Its series were found under other names than the documented ones: {{spellings}}.',
  'dialect.spellingsIn':
    'Its series were found under other names than the documented ones: {{spellings}}; durations are read in {{unit}}.',
  'dialect.unit.minutes': 'minutes',
  'dialect.unit.seconds': 'seconds',
  'dialect.unit.milliseconds': 'milliseconds',
  'dialect.unit.microseconds': 'microseconds',
  'dialect.unit.nanoseconds': 'nanoseconds',
  'dialect.unit.other': 'units of {{unitMs}} ms',
  'dialect.noSeries':
    'No series of any known dialect exist for the entity in the last 24 h.',
  'dialect.quantiles':
    "Percentiles come from single processes and cannot be added up: the worst pod's are shown.",
  'dialect.successesOnly':
    '{{dialect}} counts no failures: errors are those that Istio saw.',
  'dialect.successesOnly.by':
    '{{dialect}} counts no failures: errors are those that Istio saw (reporter {{reporters}}).',
  'dialect.misses':
    'Requests that never reached {{dialect}} are not among its errors, and Istio has no series of requests to the service.',
  'dialect.both':
    'Requests that {{dialect}} itself counts as failed are errors, and so is what Istio saw beyond them: what never reached it.',
  'dialect.onlyMesh':
    'Only the mesh reports: one row a version, and latency is that of the whole answer, not of its first token.',
  'dialect.onlyMesh.by':
    'Only the mesh reports (reporter {{reporters}}): one row a version, and latency is that of the whole answer, not of its first token.',

  'objective.availability': 'Availability',
  'objective.latency': 'Latency under {{underSeconds}} s',
  'objective.ofModel': '{{objectiveName}} ({{model}})',

  'objective.twice':
    "two SLOs are called '{{name}}': only the first one counts",
  'objective.unconfined':
    "The SLO '{{name}}' is not measured: a query of its own reads only series of the pods behind Services that provably are the entity's.",
  'objective.nothingBehind':
    'Nothing that runs behind them is seen on {{cluster}}.',
  'objective.noneProven':
    'None on {{cluster}} is proven to be: docs/ownership.md says how.',
  'objective.silentModel':
    "The SLO '{{name}}' is for the model '{{model}}', which has not reported in the last 24 h.",
  'objective.twoTypes': 'both metrics of a ratio must be of one type',
  'objective.ownRatio':
    'a ratio of ai-mesh is written as bad: { indicator: errors } and total: { indicator: requests }',
  'objective.ownTotal': 'total of ai-mesh must be { indicator: requests }',
  'objective.fallbacks': 'fallbacks must be bad or ignored',
  'objective.above':
    'op must be lte or lt: a histogram counts what is below a bound, not what is above ({{op}})',
  'objective.notPositive': 'value must be above 0',
  'objective.ownThreshold':
    'a threshold of ai-mesh is written as thresholdMetric: { indicator: latency }',
  'objective.unit': 'unit must be seconds or milliseconds',
  'objective.noHistogram':
    'a threshold needs a histogram (a metric that ends in _bucket), or the type ai-mesh: another value cannot be weighted by events',
  'objective.type':
    "the metric source's type must be ai-mesh or prometheus, not '{{text}}'",
  'objective.noQuery': 'a metric source of prometheus needs a query',

  'openslo.field.list': '{{field}} must be a list',
  'openslo.field.text': '{{field}} must be a text, such as {{example}}',
  'openslo.field.number': '{{field}} must be a number, such as {{example}}',
  'openslo.field.map': '{{field}} must be a map',
  'openslo.field.long':
    '{{field}} has {{count}} characters, and {{most}} at most are read',
  'openslo.bytes':
    'the file is larger than {{most}} bytes, which is as much as is read (aiMesh.slo.limits.bytes)',
  'openslo.lines':
    'the file has {{count}} lines, and {{most}} at most are read (aiMesh.slo.limits.lines)',
  'openslo.nesting':
    'the file is nested more than {{most}} deep, which is as deep as is read (aiMesh.slo.limits.nesting)',
  'openslo.keys':
    'the file has {{count}} keys and items, and {{most}} at most are read (aiMesh.slo.limits.keys)',
  'openslo.objectives':
    'the file has {{count}} objectives: only the first {{most}} are measured (aiMesh.slo.limits.objectives)',
  'openslo.moreProblems': 'and {{more}} problems more',
  'openslo.repeatedKey': 'not YAML: Map keys must be unique',
  'openslo.notYaml': 'not YAML: {{text}}',
  'openslo.apiVersion': "apiVersion must be openslo/v1, not '{{version}}'",
  'openslo.kind': "kind must be SLO or SLI, not '{{kind}}'",
  'openslo.noMetric':
    'an indicator needs ratioMetric (good or bad, and total) or thresholdMetric',
  'openslo.raw':
    'ratioMetric.raw is a ratio that is already made, which cannot be weighted by events; give good (or bad) and total',
  'openslo.noTotal': 'ratioMetric needs total beside good or bad',
  'openslo.onlyTotal': 'ratioMetric needs good or bad beside total',
  'openslo.noObjectives':
    'spec.objectives needs at least one objective with a target',
  'openslo.otherIndicators':
    "spec.indicatorRef names the SLI '{{name}}', but this file has {{known}}",
  'openslo.noIndicators':
    "spec.indicatorRef names the SLI '{{name}}', but this file has none",
  'openslo.duration':
    "spec.timeWindow[0].duration must be a whole number of m, h, d, w, M, Q or Y, such as 30d, not '{{text}}'",
  'openslo.durationRange':
    "spec.timeWindow[0].duration must be between an hour and a year, not '{{text}}'",
  'openslo.timeZone':
    "calendar.timeZone must be a time zone such as Europe/Berlin, not '{{text}}'",
  'openslo.startTime':
    "calendar.startTime must be a time such as 2026-01-01 00:00:00, not '{{text}}'",
  'openslo.noTarget':
    'an objective needs target (such as 0.995) or targetPercent (such as 99.5)',
  'openslo.percentRange':
    'targetPercent must be above 0 and below 100: a promise of 100% leaves no budget',
  'openslo.targetRange':
    'target must be above 0 and below 1: a promise of 1 leaves no budget (for percent use targetPercent)',
  'openslo.operator': "op must be one of {{known}}, not '{{text}}'",
  'openslo.late':
    'reading it took more than {{seconds}} s and was given up (aiMesh.slo.limits.seconds)',
  'openslo.failed': 'reading it failed: {{text}}',
  'openslo.annotation': 'The annotation {{annotation}} cannot be used:',
  'openslo.unread': 'It could not be read:',
  'openslo.noUrl':
    'it must be an https URL, or a path from the place that the entity is read from',
  'openslo.credentials':
    'it must hold no user and no password: hosts that need them have integrations of their own',
  'openslo.fromNowhere':
    'it is a path, but the catalog does not say where the entity is read from: write a URL',
  'openslo.outside':
    'it leads outside of the folder that the entity is read from',
  'file.none': 'there is no such file.',
  'file.folder': 'it is a folder.',
  'file.forbidden':
    'the portal may not read it. Give the account that it runs as the right to.',
  'file.circle': 'its links lead in a circle.',
  'file.readerFailed': 'the reader failed.',
  'file.late': 'it did not come within {{seconds}} s.',
  'file.notAllowed':
    '{{text}}. Hosts are allowed by integrations, or by backend.reading.allow.',

  promql:
    'the query cannot be used: {{why}}. It must be one counter, such as sum(errors_total{app="chat"})',
  'promql.long': 'it has {{count}} characters, and {{most}} at most are read',
  'promql.control': 'it has a control character at character {{at}}',
  'promql.garbled': 'it is not PromQL at character {{at}}',
  'promql.comment': 'it has a comment at character {{at}}',
  'promql.quotation':
    'it has a regular expression with \\Q at character {{at}}',
  'promql.regex':
    'it has a regular expression that RE2 cannot read at character {{at}} ({{text}})',
  'promql.calculates': 'it calculates',
  'promql.name': 'it has a name that Prometheus does not take',
  'promql.deep': 'it is nested more than {{most}} deep',
  'promql.joinsSums':
    'it joins sums by or, of which one would hide the other: write or within the sum',
  'promql.conditions':
    'it has {{count}} conditions, and {{most}} at most are read',
  'promql.namesByCondition': 'it names no metric, but a condition on names',
  'promql.noMetric': 'it names no metric, or not one that can be asked for',
  'promql.condition':
    'it has a condition that cannot be read at character {{at}}',
  'promql.endless': 'it has a text that does not end at character {{at}}',
  'promql.function': 'it uses {{name}}()',
  'promql.selectors':
    'it joins {{count}} selectors, and {{most}} at most are asked for',
  'promql.stranger':
    'it has the place holder {{{{name}}}} in a text, and only {{version}}, {{service}} and {{namespace}} can stand there',
  'promql.allVersions':
    'it asks for {{metric}} of all versions: put {{selector}} among its conditions, as in {{metric}}{ {{selector}} }, or {{version}} into one of them',
  'promql.notOne': 'it is not one query',
};
