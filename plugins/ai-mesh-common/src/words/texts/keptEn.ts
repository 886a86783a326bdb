/** Where in Git an object is kept, what became of a pull request for it, or why that is not known, in English. */
export const keptTextsEn = {
  'kept.tracker': "{{kind}} {{namespace}}/{{name}} on '{{cluster}}'",
  'kept.argoCd': 'Argo CD tracks it: {{tracker}}.',
  'kept.flux': 'Flux tracks it: {{tracker}}.',
  'kept.annotation': "The annotation 'ai-mesh.io/source' says so.",
  'kept.entity':
    "Nothing says where the object itself is kept: this is the entity's own source.",
  'kept.files':
    'Change its file there, or what is changed in the cluster is taken back.',
  'kept.kustomize':
    'Kustomize makes it of a base and patches: change the one that has the setting.',
  'kept.template':
    "A Helm chart's template makes it, which cannot be edited safely: change the values.",
  'kept.chart':
    "A Helm chart's template makes it, which cannot be edited safely: change the values of the release.",
  'kept.badAnnotation':
    "The annotation 'ai-mesh.io/source' is no address of a repository, such as https://github.com/acme/deployments/tree/main/chat.",
  'kept.untracked':
    "Neither Argo CD nor Flux nor an annotation says where it is kept. The annotation 'ai-mesh.io/source' can.",
  'kept.notIts':
    'The object says that {{tracker}} keeps it, which does not list it.',
  'kept.several':
    '{{tracker}} takes from several sources, and does not say which of them has it.',
  'kept.noRepository':
    '{{tracker}} names no repository that can be read as one.',
  'kept.absent':
    'The object says that {{tracker}} keeps it, and there is none of that name.',
  'kept.unread': '{{tracker}} could not be read: {{reason}}.',
  'kept.repositoryUnread':
    'GitRepository {{repository}}, which {{tracker}} takes from, could not be read.',
  'kept.tooMany':
    'More than {{most}} deployments are not looked up for one review.',
  'kept.noCluster': 'No cluster could be asked.',

  'pull.noHost':
    'The url is of no Git host of this portal: only those under integrations in its configuration are followed. Ask whoever runs the portal to add it there.',
  'pull.noPull':
    "The url is no pull request: that of a host with {{title}}'s pages has to be like {{example}}.",
  'pull.unsupported':
    'Only pull requests of these are followed to their end: {{hosts}}.',
  'pull.absent':
    "{{host}} has no such pull request that the portal's token may see.",
  'pull.refused': "{{host}} refuses the portal's token ({{status}}).",
  'pull.answered': '{{host}} answered {{status}}.',
  'pull.garbled': '{{host}} did not answer as the API of {{title}} does.',
  'pull.late': '{{host}} did not answer within {{seconds}} s.',
  'pull.unasked': '{{host}} could not be asked: {{why}}.',
  'pull.tokenLate': 'the portal got no token for it within {{seconds}} s',
  'pull.noToken':
    'the portal got no token for it by what integrations of its configuration says',
  'pull.noTokenBecause':
    'the portal got no token for it by what integrations of its configuration says ({{because}})',
  'pull.badToken':
    "the portal's token for it, in integrations of its configuration, has characters that cannot be sent, like a line break",
};
