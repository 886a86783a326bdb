import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  fixApplicationSchema,
  reviewSchema,
  type FixApplication,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import {
  CanaryPortal,
  usualPolicy,
  writableCluster,
  type Person,
} from './__testUtils__/CanaryPortal';
import { RecordingProxy } from './__testUtils__/RecordingProxy';
import { until } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const REVIEW = '/v1/entities/component/default/chat/review';
const APPLICATIONS = `${REVIEW}/applications`;

describe('a fix that is applied in the cluster', () => {
  let sandbox: RunningSandbox;
  let proxy: RecordingProxy;
  let portal: CanaryPortal;
  /** Rights that everybody had a moment ago. */
  const taken = new Set<string>();

  const review = async (): Promise<Review> => {
    const { status, body } = await portal.http('rita', 'get', REVIEW);
    expect(status).toBe(200);
    return reviewSchema.parse(body);
  };
  const ask = (person: Person, body: object) =>
    portal.http(person, 'post', APPLICATIONS, body);
  const act = (
    person: Person,
    { id, version }: Pick<FixApplication, 'id' | 'version'>,
    action: string,
  ) =>
    portal.http(person, 'post', `${APPLICATIONS}/${id}/actions`, {
      action,
      version,
    });
  const becomes = (state: FixApplication['state']) =>
    until(
      review,
      ({ applications }) => applications?.[0]?.state === state,
      60_000,
    );

  beforeAll(async () => {
    sandbox = await startSandbox();
    proxy = await RecordingProxy.start(sandbox.kubernetes);
    portal = await CanaryPortal.start({
      clusters: [writableCluster({ ...sandbox, kubernetes: proxy.url })],
      policy: (person, permission, entityRef) =>
        !taken.has(permission) && usualPolicy(person, permission, entityRef),
    });
    await until(
      review,
      ({ findings }) => findings.some(({ code }) => code === 'AIM103'),
      60_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await proxy?.stop();
    await sandbox?.stop();
  });

  it('is asked for, approved by another, gone from the review, and undone', async () => {
    const found = await review();
    const finding = found.findings.find(
      ({ code, fix }) => code === 'AIM103' && fix?.applicability?.possible,
    )!;
    expect(finding.fix!.object.kind).toBe('VirtualService');
    // How far a policy reaches is not told by host names, and a new object is no patch.
    const policy = found.findings.find(
      ({ fix }) => fix?.object.kind === 'PeerAuthentication',
    );
    expect(policy?.fix?.applicability?.possible ?? false).toBe(false);

    expect((await ask('rita', { finding: finding.id })).status).toBe(403);
    expect((await ask('olivia', { finding: 'none' })).status).toBe(409);
    const asked = await ask('olivia', {
      finding: finding.id,
      reason: 'Answers are billed twice',
    });
    expect(asked.status).toBe(200);
    const application = fixApplicationSchema.parse(asked.body);
    expect(application).toMatchObject({
      state: 'requested',
      requestedBy: 'user:default/olivia',
    });
    expect(application.before).not.toBe(application.after);
    expect((await ask('olivia', { finding: finding.id })).status).toBe(409);
    // The dry run changed nothing.
    expect((await review()).findings.map(({ id }) => id)).toContain(finding.id);

    expect((await act('olivia', application, 'approve')).status).toBe(403);
    expect((await act('rita', application, 'approve')).status).toBe(403);
    expect((await act('stranger', application, 'approve')).status).toBe(403);
    const { status } = await portal.service(
      'post',
      `${APPLICATIONS}/${application.id}/actions`,
      { action: 'approve', version: 1 },
    );
    expect(status).toBe(403);
    expect((await act('adam', application, 'approve')).status).toBe(200);
    const applied = await becomes('applied');
    expect(
      (await act('adam', application, 'approve')).body.error,
    ).toMatchObject({ name: 'ConflictError' });
    await until(
      review,
      ({ findings }) => !findings.some(({ id }) => id === finding.id),
      60_000,
    );

    const [done] = applied.applications!;
    expect((await act('rita', done, 'undo')).status).toBe(403);
    expect((await act('olivia', done, 'undo')).status).toBe(200);
    await becomes('undone');
    await until(
      review,
      ({ findings }) => findings.some(({ id }) => id === finding.id),
      60_000,
    );
    expect(
      portal.audits
        .filter(({ outcome }) => outcome === 'success')
        .map(({ eventId }) => eventId)
        .filter(eventId => eventId.startsWith('fix-')),
    ).toEqual([
      'fix-application',
      'fix-application-action',
      'fix-write',
      'fix-application-action',
      'fix-write',
    ]);
    expect(
      portal.audits.filter(
        ({ eventId, outcome }) =>
          outcome === 'fail' && eventId.startsWith('fix-'),
      ),
    ).not.toHaveLength(0);
  });

  it('goes by the rights of now, also where a view was just shown', async () => {
    for (const permission of ['ai-mesh.read', 'ai-mesh.fix.apply']) {
      expect((await portal.http('olivia', 'get', REVIEW)).status).toBe(200);
      taken.add(permission);
      expect((await ask('olivia', { finding: 'none' })).status).toBe(403);
      taken.delete(permission);
    }
  });

  it('takes the rights that the documentation names, and no others', () => {
    const changed = proxy.uses.filter(
      ({ verb }) => !['get', 'list', 'watch'].includes(verb),
    );
    expect([
      ...new Set(changed.map(({ verb, resource }) => `${verb} ${resource}`)),
    ]).toEqual(['patch virtualservices']);
    const [role] = parseAllDocuments(
      readFileSync(resolve(__dirname, '../../../docs/fix-rbac.yaml'), 'utf8'),
    ).map(document => document.toJS());
    expect(role.rules).toEqual([
      {
        apiGroups: ['networking.istio.io'],
        resources: ['virtualservices', 'destinationrules'],
        verbs: ['get', 'patch'],
      },
    ]);
  });
});
