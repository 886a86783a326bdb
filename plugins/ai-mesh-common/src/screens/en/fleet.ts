/** The page of all entities. */
export const fleet = {
  'fleet.title': 'AI Mesh',
  'fleet.subtitle': 'Every service in the mesh that you may see',
  'fleet.navigation': 'Parts of the mesh',
  'fleet.tab.services': 'Services',
  'fleet.tab.findings': 'Findings',
  'fleet.findings.body':
    'What the reviews of all services find, by its code. Choose one to mend it in several services by one pull request.',
  'fleet.findings.notKnown_one':
    'What is found in {{count}} service is not known.',
  'fleet.findings.notKnown_other':
    'What is found in {{count}} services is not known.',
  'fleet.findings.none': 'The reviews find nothing',
  'fleet.findings.noneNext':
    'Reviews are done anew with the facts, every few minutes.',
  'fleet.findings.table': 'Findings by their code',
  'fleet.findings.code': 'Code',
  'fleet.findings.title': 'What it is',
  'fleet.findings.show_one': 'Show the {{count}} service with {{code}}',
  'fleet.findings.show_other': 'Show the {{count}} services with {{code}}',
  'fleet.findings.choose': 'Choose {{name}}',
  'fleet.findings.more_one':
    '{{count}} more service has it: one request takes 50.',
  'fleet.findings.more_other':
    '{{count}} more services have it: one request takes 50.',
  'fleet.findings.look_one': 'See what mending it changes in {{count}} service',
  'fleet.findings.look_other':
    'See what mending it changes in {{count}} services',
  'fleet.findings.goneNow': '{{code}} is found in none of them any more.',
  'fleet.findings.noTemplate':
    'No pull request can be opened from here: aiMesh.fixes.fleetTemplate names no template that you may see.',
  'fleet.findings.request': 'One pull request in {{place}}',
  'fleet.findings.later_one':
    '{{count}} more follows once these are mended: one request takes 50.',
  'fleet.findings.later_other':
    '{{count}} more follow once these are mended: one request takes 50.',
  'fleet.findings.open_one': 'Open a pull request for {{count}} finding',
  'fleet.findings.open_other': 'Open one pull request for {{count}} findings',
  'fleet.findings.sameLines':
    'These change the same lines of one manifest: choose one of them, the other follows once it is merged.',
  'fleet.findings.left': 'Not to be mended from here',
  'fleet.findings.unread': 'its review could not be read. {{reason}}',
  'fleet.findings.obstacle.permission':
    'You may not open pull requests for this entity. Ask the people who look after the portal’s permission policy.',
  'fleet.findings.obstacle.unproven':
    'It is not proven that the Service belongs to this entity. Whoever runs it can mark it with ai-mesh.io/entity.',
  'fleet.findings.obstacle.noFix':
    'No single change mends it; its review says where to begin.',
  'fleet.findings.obstacle.template':
    'A template makes it, or it would be replaced as a whole: change it by hand.',
  'fleet.findings.obstacle.noSource':
    'Where it is kept is not known; its review says why.',
  'fleet.table': 'Services in the mesh',
  'fleet.none': 'No entity that you may see is in a mesh',
  'fleet.noneNext':
    'An entity appears here once an annotation such as ai-mesh.io/service says which Services it owns.',
  'fleet.noMatch': 'Nothing meets the search and the filters.',
  'fleet.failed': 'The list could not be had',
  'fleet.search': 'Search',
  'fleet.filter.all': 'All',
  'fleet.filter.mine': 'Mine',
  'fleet.filter.owner': 'Owner',
  'fleet.filter.system': 'System',
  'fleet.filter.cluster': 'Cluster',
  'fleet.filter.namespace': 'Namespace',
  'fleet.filter.level': 'Level',
  'fleet.filter.model': 'Model',
  'fleet.modelsNotKnown_one':
    'Which models {{count}} service calls is not known.',
  'fleet.modelsNotKnown_other':
    'Which models {{count}} services call is not known.',
  'fleet.slownessNotKnown_one':
    'Whether {{count}} service is slow is not known.',
  'fleet.slownessNotKnown_other':
    'Whether {{count}} services are slow is not known.',
  'fleet.filter.failing': 'Failing or slow now',
  'fleet.count': '{{shown}} of {{all}}',
  'fleet.columns': 'Columns',
  'fleet.group.label': 'Group by',
  'fleet.group.none': 'Nothing',
  'fleet.group.services_one': '{{count}} service',
  'fleet.group.services_other': '{{count}} services',
  'fleet.group.hurting_one': '{{count}} fails or is slow',
  'fleet.group.hurting_other': '{{count}} fail or are slow',
  'fleet.group.unknown_one': 'of {{count}} it is not known',
  'fleet.group.unknown_other': 'of {{count}} it is not known',
  'fleet.group.more': 'more of it follows below',
  'fleet.group.without.owner': 'Without an owner',
  'fleet.group.without.system': 'In no system',
  'fleet.group.only': 'Where it hurts here',
  'fleet.group.onlyOf': 'Where it hurts here: {{name}}',
  'fleet.export': 'Export CSV',
  'fleet.exportFailed': 'Nothing was exported: {{reason}}',
  'fleet.column.name': 'Entity',
  'fleet.column.owner': 'Owner',
  'fleet.column.system': 'System',
  'fleet.column.health': 'Health',
  'fleet.column.rate': 'Requests',
  'fleet.column.errors': 'Errors',
  'fleet.column.p95': 'p95',
  'fleet.column.trend': 'Last hour',
  'fleet.column.mtls': 'mTLS',
  'fleet.column.canary': 'Canary',
  'fleet.column.findings': 'Findings',
  'fleet.column.level': 'Level',
  'fleet.column.budget': 'Worst budget left',
  'fleet.column.burn': 'Worst burn rate',
  'fleet.column.cost': 'Cost (estimate)',
  'fleet.column.models': 'Models',
  'fleet.trend.requests':
    'The hour until {{until}}: between {{low}} and {{high}}, at last {{last}}.',
  'fleet.trend.errors': 'At most {{percent}} failed within five minutes.',
  'fleet.trend.noErrors': 'None failed.',
  'fleet.trend.gaps': '{{percent}} of the hour has no measurement.',
  'fleet.findings': '{{high}} high, {{medium}} medium',
  'fleet.column.services': 'Services',
  'fleet.noCanary': 'None',
  'fleet.hurting.title': 'Where it hurts now',
  'fleet.hurting.none': 'No outage starts anywhere now',
  'fleet.hurting.noneFails': 'No outage starts anywhere by errors now',
  'fleet.hurting.unwell':
    'No outage starts anywhere now, but not every service is well',
  'fleet.hurting.notKnown_one':
    'Of {{count}} service it is not known how it does.',
  'fleet.hurting.notKnown_other':
    'Of {{count}} services it is not known how they do.',
  'fleet.hurting.unknown': 'Where it hurts is unknown',
  'fleet.hurting.failed': 'Where it hurts could not be had',
  'fleet.hurting.possible': '(possibly)',
  'fleet.hurting.hidden': 'Something that you may not see',
  'fleet.hurting.suffering_one': '{{count}} other suffers from it:',
  'fleet.hurting.suffering_other': '{{count}} others suffer from it:',
  'fleet.canaries.mine_one': 'A canary waits for you',
  'fleet.canaries.mine_other': '{{count}} canaries wait for you',
  'fleet.canaries.others_one': 'A canary is under way',
  'fleet.canaries.others_other': '{{count}} canaries are under way',
  'fleet.canaries.unknown': 'Whether canaries wait is unknown',
  'fleet.young': 'young',
  'fleet.card.title': 'Services in the mesh',
  'fleet.card.mine': 'My services in the mesh',
  'fleet.card.link': 'Open in AI Mesh',
  'fleet.card.none': 'None of its services that you may see is in the mesh.',
  'fleet.card.more_one': '{{count}} more',
  'fleet.card.more_other': '{{count}} more',
  'fleet.ends.count_one': '{{count}} found',
  'fleet.ends.count_other': '{{count}} found',
  'fleet.ends.more_one': '{{count}} more is in the table.',
  'fleet.ends.more_other': '{{count}} more are in the table.',
  'fleet.ends.notKnown_one': 'Of {{count}} service it is not known.',
  'fleet.ends.notKnown_other': 'Of {{count}} services it is not known.',
  'fleet.budgets.title': 'Budgets that end',
  'fleet.budgets.of': '{{left}} left, burns {{rate}}',
  'fleet.budgets.youngOf':
    'young (at most {{within}} of {{period}}), burns {{rate}}',
  'fleet.budgets.young_one':
    '{{count}} of them is young: its budget’s period has only begun.',
  'fleet.budgets.young_other':
    '{{count}} of them are young: their budgets’ periods have only begun.',
  'fleet.certificates.title': 'Certificates that end',
  'fleet.certificates.ends': 'ends {{when}}',
  'fleet.certificates.unknown': 'ends at an unknown time',
  'fleet.certificates.notRenewed': '(its renewal is overdue)',
  'fleet.controlPlane.title': 'Control planes',
  'fleet.controlPlane.mark.healthy': 'No trouble',
  'fleet.controlPlane.mark.failing': 'Trouble',
  'fleet.controlPlane.mark.unknown': 'unknown',
  'fleet.controlPlane.nowhere': 'No service of these is on a cluster.',
  'fleet.controlPlane.root': 'the root certificate ends {{when}}',
  'fleet.controlPlane.rootUnknown':
    'when the root certificate ends is not known. {{reason}}',
  'fleet.controlPlane.rejected_one':
    '{{count}} proxy rejected its {{part}} within the last 15 minutes',
  'fleet.controlPlane.rejected_other':
    '{{count}} proxies rejected their {{part}} within the last 15 minutes',
  'fleet.controlPlane.rejectedUnknown':
    'whether proxies reject their configuration is not known. {{reason}}',
  'fleet.facts.ages':
    'Facts are stored: the newest {{newest}}, the oldest {{oldest}}.',
  'fleet.facts.none_one': 'Of {{count}} service nothing is stored yet.',
  'fleet.facts.none_other': 'Of {{count}} services nothing is stored yet.',
  'fleet.canaries.of': 'Canary of {{service}}',
} as const;
