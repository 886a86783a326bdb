/** What is said about whose Services are. */
export const ownership = {
  'ownership.contested.title': 'Other entities claim these Services too',
  'ownership.state.proven':
    'Service {{service}} provably belongs to this entity.',
  'ownership.state.withheld':
    'Service {{service}} is not shown here: it is not proven to be this entity’s, and you may not see the mesh of the one that owns it. Ask the people who look after the portal’s permission policy.',
  'ownership.state.others':
    'Service {{service}} provably belongs to another entity, which decides about its canaries.',
  'ownership.state.unproven':
    'Nothing proves whose Service {{service}} is, so nobody may move its traffic from here.',
  'ownership.owners': 'It belongs to, or is claimed by,',
  'ownership.claims': 'It is claimed by',
  'ownership.hidden_one': '{{count}} more entity that you may not see.',
  'ownership.hidden_other': '{{count}} more entities that you may not see.',
  'ownership.evidence': 'What says whose it is:',
  'ownership.page.title': 'Contested Services',
  'ownership.page.body':
    'Services of the mesh that more catalog entities claim than provably own them. Mark the Service or its namespace with ai-mesh.io/entity or ai-mesh.io/owner, or correct the annotation of whoever claims it wrongly.',
  'ownership.page.service': 'Service',
  'ownership.page.owners': 'Provably owned by',
  'ownership.page.claims': 'Claimed by',
  'ownership.page.evidence': 'What says so',
  'ownership.page.nobody': 'Nobody',
  'ownership.page.noEvidence': 'Nothing',
  'ownership.page.more': 'Show more',
  'ownership.page.none': 'No Service is contested',
  'ownership.page.noneNext':
    'Of the entities that you may see, no two claim the same Service. The list is at most a minute old.',
  'ownership.page.failed': 'The list could not be had',
  'ownership.page.failedNext': 'This page tries again by itself.',
} as const;
