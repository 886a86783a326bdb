/** What an entity is in the mesh, and why something of it is missing, in English. */
export const targetTextsEn = {
  'target.labels': 'label {{labels}} in every namespace',
  'target.labelsIn': 'label {{labels}} in namespace {{namespace}}',
  'target.noService': 'The namespace {{namespace}} has no Service {{name}}.',
  'target.noNamespace': 'There is no namespace {{namespace}}.',
  'target.noLabels': 'No Service, workload or pod there has such labels.',
  'target.kindUnread': '{{kind}} cannot be read.',
  'target.tooWide':
    'Its annotation finds {{count}} Services, and an entity may have at most {{most}} (aiMesh.ownership.mostServices): make it more exact.',
  'withheld.unproven':
    'Service {{service}} is not shown: nothing proves that it belongs to this entity. Whoever runs it can mark it with ai-mesh.io/entity.',
  'withheld.others':
    "Service {{service}} is not shown: it belongs to {{owners}} ({{evidence}}), and to see it takes the permission ai-mesh.read on that. Ask the people who look after the portal's permission policy.",
  'withheld.hidden':
    'Service {{service}} is not shown: it belongs to an entity that you may not see ({{evidence}}). Ask whoever runs it.',
  'withheld.notTheirs':
    "Service {{service}} is not shown: it is not this entity's ({{evidence}}). If it should be, whoever runs it can mark it with ai-mesh.io/entity.",
  'exemption.tooLong':
    'The annotation {{annotation}} has {{count}} characters, and at most {{most}} are read.',
  'exemption.unreadable':
    "Line {{line}} of the annotation {{annotation}} cannot be read: write it like 'mtls until 2026-12-31: why, and what will be done'.",
  'exemption.noCheck':
    'Line {{line}} of the annotation {{annotation}} names a check that there is not; there are {{checks}}.',
  'exemption.more':
    '{{count}} more lines of the annotation {{annotation}} cannot be used either.',
};
