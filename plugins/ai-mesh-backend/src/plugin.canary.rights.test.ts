import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import { CanaryPortal, writableCluster } from './__testUtils__/CanaryPortal';
import { RecordingProxy, type ApiUse } from './__testUtils__/RecordingProxy';

jest.setTimeout(90_000);

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  /** The only one that it is for; a ClusterRole's rules are for all. */
  namespace?: string;
}

/** The rules of the roles that a file of the repository holds, as YAML or in a page's blocks of YAML. */
function rulesIn(path: string): Rule[] {
  const text = readFileSync(resolve(__dirname, '../../..', path), 'utf8');
  const blocks = path.endsWith('.md')
    ? [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block)
    : [text];
  return blocks
    .flatMap(block => parseAllDocuments(block))
    .map(document => document.toJS())
    .filter(object => ['ClusterRole', 'Role'].includes(object?.kind))
    .flatMap(({ rules, metadata }) =>
      rules.map((rule: Rule) => ({ ...rule, namespace: metadata.namespace })),
    );
}

const allows =
  (use: ApiUse) =>
  ({ apiGroups, resources, verbs, namespace }: Rule) =>
    (namespace === undefined || namespace === use.namespace) &&
    apiGroups.includes(use.group) &&
    resources.includes(use.resource) &&
    verbs.includes(use.verb);

/** Everybody who is authenticated may ask what they may do (`system:basic-user`). */
const everybodys: Rule = {
  apiGroups: ['authorization.k8s.io'],
  resources: ['selfsubjectaccessreviews'],
  verbs: ['create'],
};

describe('the rights that the documentation asks for', () => {
  let sandbox: RunningSandbox;
  let proxy: RecordingProxy;
  let portal: CanaryPortal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    proxy = await RecordingProxy.start(sandbox.kubernetes);
    portal = await CanaryPortal.start({
      clusters: [writableCluster({ ...sandbox, kubernetes: proxy.url })],
    });
    await portal.as('rita').options();
  });

  afterAll(async () => {
    await portal?.stop();
    await proxy?.stop();
    await sandbox?.stop();
  });

  it('are all that canaries take, from the preflight to the undone clean-up', async () => {
    const carla = portal.as('carla');
    const started = async (weight: number) => {
      const { id } = await portal.as('olivia').request({
        plan: {
          steps: [weight],
          cleanUp: { soakSeconds: 0, reversibleSeconds: 600 },
        },
      });
      await portal.as('adam').act(id, { action: 'approve', version: 1 });
      await portal.when(id, ({ step }) => step === 0);
      return id;
    };
    await portal.as('olivia').preview();
    const failed = await started(50);
    await carla.actNow(failed, 'rollBack');
    await portal.when(failed, ({ state }) => state === 'rolledBack');

    const id = await started(100);
    await carla.actNow(id, 'advance');
    await portal.when(id, ({ cleanUp }) => cleanUp?.status === 'offered');
    await carla.actNow(id, 'cleanUp');
    await portal.when(id, ({ cleanUp }) => cleanUp?.status === 'done');
    await carla.actNow(id, 'undoCleanUp');
    await portal.when(id, ({ cleanUp }) => cleanUp?.status === 'undone');

    const read = rulesIn('plugins/ai-mesh-backend/README.md');
    const write = rulesIn('docs/canary-rbac.yaml');
    expect(read.length).toBeGreaterThan(5);
    expect(write).toHaveLength(4);
    const notAllowed = proxy.uses.filter(
      use => ![...read, ...write, everybodys].some(allows(use)),
    );
    expect(notAllowed).toEqual([]);
    const changed = proxy.uses
      .filter(({ verb }) => !['get', 'list', 'watch'].includes(verb))
      .map(({ verb, resource }) => `${verb} ${resource}`);
    expect([...new Set(changed)].sort()).toEqual([
      'create selfsubjectaccessreviews',
      'patch deployments/scale',
      'patch virtualservices',
    ]);
  });

  it('let the portal read and change no more than is used: to list and to watch, and by name what keeps an object in Git, and rules', () => {
    const read = rulesIn('plugins/ai-mesh-backend/README.md');
    expect(read.flatMap(({ resources }) => resources)).not.toContain('secrets');
    const unused = read.flatMap(rule =>
      rule.resources.flatMap(resource =>
        rule.verbs
          .filter(
            verb =>
              !proxy.uses.some(
                use =>
                  use.verb === verb &&
                  use.resource === resource &&
                  rule.apiGroups.includes(use.group),
              ),
          )
          .map(verb => `${verb} ${resource}`),
      ),
    );
    // Neither ReferenceGrants nor Argo CD nor Flux are in this world.
    expect(unused).toEqual([
      'list referencegrants',
      'watch referencegrants',
      'get applications',
      'get kustomizations',
      'get helmreleases',
      'get gitrepositories',
      // Nobody has opened a request for rules.
      'get prometheusrules',
    ]);
  });

  it('take no right to read by name where nothing may be changed, not even for a preflight', async () => {
    const reading = await RecordingProxy.start(sandbox.kubernetes);
    const readers = await CanaryPortal.start({
      clusters: [
        writableCluster(
          { ...sandbox, kubernetes: reading.url },
          { allowWrites: false },
        ),
      ],
    });
    try {
      await readers.as('rita').options();
      const { checks } = await readers.as('olivia').preview();
      expect(checks).toContainEqual(
        expect.objectContaining({ code: 'route', outcome: 'ok' }),
      );
      expect(reading.uses.map(({ verb }) => verb)).not.toContain('get');
    } finally {
      await readers.stop();
      await reading.stop();
    }
  });
});
