/** What an entity says to own, and what proves it, in English. */
export const ownershipTextsEn = {
  'annotation.missing':
    '{{entity}} does not say where it is in the mesh. Give it one of the annotations {{annotations}}, such as {{annotation}}: shop/cart',
  'annotation.unusable':
    'The annotation {{annotation}} of {{entity}} cannot be used: {{why}}. A right one: {{annotation}}: {{example}}',
  'annotation.notService': '{{part}} is not [cluster/]namespace/name',
  'annotation.notValue': '{{part}} cannot be the value of a label',
  'annotation.notName':
    '{{part}} cannot be the name of a namespace or a Service',
  'annotation.noCluster':
    'there is no cluster {{part}}; configured are {{clusters}}',
  'annotation.noClusters': 'none',
  'annotation.empty': 'there is nothing between its commas',
  'annotation.notCondition': '{{part}} is no condition on a label',
  'annotation.services':
    'shop/cart, or eu-1/shop/cart,shop/checkout for a certain cluster and several Services',
  'annotation.tooWide':
    'The annotation {{annotation}}: {{part}} of {{entity}} finds {{services}} Services and {{workloads}} workloads, and an entity may have at most {{mostServices}} Services and {{mostWorkloads}} workloads. Make it more exact, or raise aiMesh.ownership.mostServices.',
  'system.noComponents':
    'Of {{entity}} you see no component with an annotation for the mesh: {{annotations}}.',
  'system.noneAllowed':
    "You may see the mesh of none of the components of {{entity}}: that takes the permission ai-mesh.read on them. Ask the people who look after the portal's permission policy.",

  'proof.hidden':
    'It is not proven that Service {{service}} belongs to {{entity}}: by the {{evidence}} it is {{whose}}, but what is marked on objects of kind {{kinds}} goes before that, and AI Mesh cannot see them at present. Nothing is changed until it can.',
  'proof.none':
    'It is not proven that Service {{service}} belongs to {{entity}}: {{state}}. What an entity says of itself is enough to look at a Service, not to change it. Whoever runs the Service can annotate it, or its namespace, with {{mark}}: {{entity}} or with {{ownerMark}} and the owner of the entity; docs/ownership.md names the other ways.',
  'proof.nothing':
    'nothing on the cluster or in the configuration says whose it is',
  'proof.others': 'by the {{evidence}} it is {{whose}}',
  'whose.its': 'its',
  'whose.another': "another entity's",
  'whose.somebody': "somebody else's",
  'kinds.one': '{{kind}}',
  'kinds.two': '{{kind}} and {{otherKind}}',

  'evidence.one': '{{first}} of {{object}}',
  'evidence.two': '{{first}}, {{second}} of {{object}}',
  'evidence.namespaces': 'aiMesh.ownership.namespaces: {{namespace}}',
  'evidence.location': 'aiMesh.ownership.trustedLocations: {{location}}',
  'evidence.file': 'a file of the portal',
  'first.annotation': 'annotation {{firstKey}}',
  'first.label': 'label {{firstKey}}',
  'first.annotationBut': 'annotation {{firstKey}} ({{firstBut}})',
  'first.labelBut': 'label {{firstKey}} ({{firstBut}})',
  'firstBut.tooLong':
    'its {{firstCount}} characters are more than the {{mostCharacters}} that are read, so that it names nobody',
  'firstBut.tooMany':
    'its {{firstCount}} references are more than the {{mostReferences}} that count, so that it names nobody',
  'firstBut.unreadable':
    '{{firstUnread}} of its {{firstCount}} references cannot be read',
  'second.annotation': 'annotation {{secondKey}}',
  'second.label': 'label {{secondKey}}',
  'second.annotationBut': 'annotation {{secondKey}} ({{secondBut}})',
  'second.labelBut': 'label {{secondKey}} ({{secondBut}})',
  'secondBut.tooLong':
    'its {{secondCount}} characters are more than the {{mostCharacters}} that are read, so that it names nobody',
  'secondBut.tooMany':
    'its {{secondCount}} references are more than the {{mostReferences}} that count, so that it names nobody',
  'secondBut.unreadable':
    '{{secondUnread}} of its {{secondCount}} references cannot be read',
};
