import { Column } from './Column';
import { fieldAt, listAt, textAt } from '../../store/fieldAt';

/** `kubectl get services`. */
export const serviceColumns: Column[] = [
  {
    name: 'Type',
    type: 'string',
    cell: service => textAt(service, 'spec.type', 'ClusterIP'),
  },
  {
    name: 'Cluster-IP',
    type: 'string',
    cell: service => textAt(service, 'spec.clusterIP', '<none>'),
  },
  {
    name: 'External-IP',
    type: 'string',
    cell: service => textAt(service, 'spec.externalName', '<none>'),
  },
  {
    name: 'Port(s)',
    type: 'string',
    cell: service =>
      listAt(service, 'spec.ports')
        .map(
          port => `${textAt(port, 'port')}/${textAt(port, 'protocol', 'TCP')}`,
        )
        .join(',') || '<none>',
  },
  {
    name: 'Selector',
    type: 'string',
    priority: 1,
    cell: service =>
      Object.entries(fieldAt(service, 'spec.selector') ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || '<none>',
  },
];
