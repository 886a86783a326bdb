import { Column } from './Column';
import { fieldAt, listAt, numberAt, textAt } from '../../store/fieldAt';

/** `kubectl get pods`. */
export const podColumns: Column[] = [
  {
    name: 'Ready',
    type: 'string',
    cell: pod => {
      const statuses = listAt(pod, 'status.containerStatuses');
      const ready = statuses.filter(each => fieldAt(each, 'ready') === true);
      return `${ready.length}/${listAt(pod, 'spec.containers').length}`;
    },
  },
  {
    name: 'Status',
    type: 'string',
    cell: pod =>
      pod.metadata.deletionTimestamp
        ? 'Terminating'
        : textAt(pod, 'status.phase', 'Pending'),
  },
  {
    name: 'Restarts',
    type: 'integer',
    cell: pod =>
      listAt(pod, 'status.containerStatuses').reduce<number>(
        (sum, each) => sum + numberAt(each, 'restartCount'),
        0,
      ),
  },
  {
    name: 'IP',
    type: 'string',
    priority: 1,
    cell: pod => textAt(pod, 'status.podIP', '<none>'),
  },
  {
    name: 'Node',
    type: 'string',
    priority: 1,
    cell: pod => textAt(pod, 'spec.nodeName', '<none>'),
  },
];
