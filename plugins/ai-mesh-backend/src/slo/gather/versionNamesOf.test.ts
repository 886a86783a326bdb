import { meshOf } from '../../routes/__testUtils__/meshOf';
import { clusterTargetOf } from '../../target/__testUtils__/targetOf';
import { INVENTORY_LABEL } from '../dialects/inventoryQuery';
import { versionNamer } from '../dialects/versionNames';
import { versionNamesOf } from './versionNamesOf';

type Labels = Record<string, string>;

/** A workload behind the Service `chat` of its namespace, or another's. */
const workload = (
  name: string,
  labels: Labels,
  { namespace = 'ai', selector = {}, app = 'chat' } = {},
) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name },
    spec: {
      selector: { matchLabels: { app, ...selector } },
      template: { metadata: { labels: { app, ...labels } } },
    },
  });

const service = (namespace: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: 'chat' },
    spec: { selector: { app: 'chat' } },
  });

const RELEASE = 'app.kubernetes.io/version';
const both = (version: string, release: string) => ({
  version,
  [RELEASE]: release,
});

/** What series of these workloads and versions are called, in their order. */
function namesOf(
  objects: readonly string[],
  series: readonly [workload: string, reported: string][],
  namespaces: readonly string[] = ['ai'],
): (string | undefined)[] {
  const target = clusterTargetOf(
    meshOf([...namespaces.map(service), ...objects].join('\n---\n'), {
      services: {},
    }),
    namespaces.map(namespace => ({ namespace, name: 'chat' })),
  );
  const rows = series.map(([place, destination_version]) => {
    const [name, namespace = 'ai'] = place.split('.');
    return {
      labels: {
        [INVENTORY_LABEL]: 'istio',
        destination_workload: name,
        destination_workload_namespace: namespace === '-' ? '' : namespace,
        destination_version,
      },
      rate: 1,
    };
  });
  const named = versionNamer(versionNamesOf(target, rows));
  return rows.map(({ labels }) => named(labels).destination_version);
}

describe('the versions of a workload, by what its series name them', () => {
  it.each<[string, string[], [string, string][], string[]]>([
    [
      'are one that sidecars and a waypoint name otherwise',
      [workload('chat-v2', both('v2', '1.5.0'))],
      [
        ['chat-v2', 'v2'],
        ['chat-v2', '1.5.0'],
      ],
      ['v2', 'v2'],
    ],
    [
      'have the name that everybody calls them by where only a waypoint reports',
      [workload('chat-v2', both('v2', '1.5.0'))],
      [['chat-v2', '1.5.0']],
      ['v2'],
    ],
    [
      'keep the name of a release that no pod has any more, which may have been of another version',
      [workload('chat-v2', both('v2', '1.5.0'))],
      [['chat-v2', '1.4.0']],
      ['1.4.0'],
    ],
    [
      'are of the version that the selector names, whatever the release was',
      [workload('chat-v2', both('v2', '1.5.0'), { selector: both('v2', '') })],
      [['chat-v2', '1.4.0']],
      ['v2'],
    ],
    [
      'stay two of one release',
      [
        workload('chat-v1', both('v1', '1.5.0')),
        workload('chat-v2', both('v2', '1.5.0')),
      ],
      [
        ['chat-v1', '1.5.0'],
        ['chat-v2', '1.5.0'],
      ],
      ['v1', 'v2'],
    ],
    [
      'stay two that one workload runs',
      [
        workload('chat', both('v1', '1.4.0')),
        workload('next', both('v2', '1.5.0')).replace(
          RELEASE,
          'service.istio.io/workload-name":"chat","service.istio.io/canonical-revision',
        ),
      ],
      [
        ['chat', '1.4.0'],
        ['chat', '1.5.0'],
      ],
      ['v1', 'v2'],
    ],
    [
      'have the release for a name where no label names the version, and a waypoint does',
      [workload('chat', { [RELEASE]: '1.5.0' })],
      [
        ['chat', 'unknown'],
        ['chat', '1.5.0'],
      ],
      ['1.5.0', '1.5.0'],
    ],
    [
      'have no name where sidecars alone report, and no label names them: it may have been any release',
      [workload('chat', { [RELEASE]: '1.5.0' })],
      [['chat', 'unknown']],
      ['unknown'],
    ],
    [
      'are one without a name, by whichever of its names',
      [workload('chat', {})],
      [
        ['chat', 'unknown'],
        ['chat', 'latest'],
      ],
      ['unknown', 'unknown'],
    ],
    [
      'keep what ambient calls a version without a name, where only that reports',
      [workload('chat', {})],
      [['chat', 'latest']],
      ['latest'],
    ],
    [
      'are none of a waypoint, which was only on the way',
      [workload('chat-v2', both('v2', '1.5.0'))],
      [
        ['waypoint', 'latest'],
        ['waypoint.gateways', 'latest'],
        ['chat-v2', 'v2'],
      ],
      ['unknown', 'unknown', 'v2'],
    ],
    [
      'are not those of a namesake in another namespace',
      [workload('chat', both('v2', '1.5.0'), { selector: both('v2', '') })],
      [
        ['chat.other', '1.5.0'],
        ['chat.-', '1.5.0'],
      ],
      ['1.5.0', 'v2'],
    ],
    [
      'are left alone where series name them as everybody does',
      [workload('chat-v1', { version: 'v1' })],
      [
        ['chat-v1', 'v1'],
        ['unknown', 'unknown'],
        ['', ''],
      ],
      ['v1', 'unknown', ''],
    ],
  ])('%s', (_what, objects, series, names) => {
    expect(namesOf(objects, series)).toEqual(names);
  });

  it('are told namespace by namespace where an entity has services in several', () => {
    expect(
      namesOf(
        [
          workload('chat', both('v1', '1.5.0')),
          workload('chat', both('v2', '1.5.0'), { namespace: 'beta' }),
        ],
        [
          ['chat', '1.5.0'],
          ['chat.beta', '1.5.0'],
        ],
        ['ai', 'beta'],
      ),
    ).toEqual(['v1', 'v2']);
  });
});
