import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import {
  describeWithPrometheus,
  RealPrometheus,
  startPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../prometheus/__testUtils__/clientOf';
import type { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import { rateRows, type RateRow } from '../telemetry/RateRow';
import { chatMesh } from './__testUtils__/chatMesh';
import { certificatesQuery, controlPlaneQuery } from './certificateQueries';
import { certificates } from './certificates';
import { findWorkload } from './MeshWorkload';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const snapshot = snapshotFromYaml(chatMesh);
const workloads = ['chat-v1', 'batch'].map(name =>
  findWorkload(snapshot, 'ai', name)!,
);

function rows(figures: Record<string, number>): RateRow[] {
  return Object.entries(figures).map(([figure, rate]) => ({
    labels: { figure, pod: 'chat-v1-abc12-xyz', namespace: 'ai' },
    rate,
  }));
}

function read(proxies: RateRow[], controlPlane: RateRow[] = []) {
  return certificates({
    workloads,
    proxies: known(proxies),
    controlPlane: known(controlPlane),
    now,
  });
}

describe('certificates', () => {
  it.each<[string, Record<string, number>, string, string]>([
    [
      'were renewed',
      { left: 40_000, earliest: seconds + 10_000, since: seconds - 80_000 },
      'ok',
      'working',
    ],
    [
      'are young',
      { left: 80_000, earliest: seconds + 80_000, since: seconds - 6400 },
      'ok',
      'unknown',
    ],
    [
      'end soon and are not renewed',
      { left: 1800, earliest: seconds + 1800, since: seconds - 80_000 },
      'soon',
      'failing',
    ],
    [
      'have ended',
      { left: -60, earliest: seconds - 60, since: seconds - 80_000 },
      'expired',
      'failing',
    ],
  ])('%s', (_, figures, status, rotation) => {
    expect(read(rows(figures)).workloads[0]).toMatchObject({
      soonest: { value: { status, secondsLeft: figures.left } },
      rotation: { status: rotation },
    });
  });

  it('are not known without a report, a proxy or Prometheus', () => {
    expect(read([]).workloads).toMatchObject([
      { soonest: { reason: 'not-exported' } },
      { soonest: { reason: 'not-configured' } },
    ]);
    const away = unknown('source-unreachable', 'away');
    expect(
      certificates({ workloads, proxies: away, controlPlane: away, now }),
    ).toMatchObject({
      workloads: [{ soonest: away }, { soonest: away }],
      root: away,
      outOfSync: away,
    });
  });

  it.each<[Record<string, number>, object]>([
    [{ root_expires: seconds + 86_400 * 365 }, { value: { status: 'ok' } }],
    [{ root_expires: seconds + 86_400 * 20 }, { value: { status: 'soon' } }],
    [
      { root_expires: -1, root_left: 86_400 * 400 },
      { value: { status: 'ok' } },
    ],
    [{}, { status: 'unknown', reason: 'not-exported' }],
  ])('the root of %o', (figures, expected) => {
    expect(read([], rows(figures)).root).toMatchObject(expected);
  });

  it('says that no proxy is out of sync only where the control plane is scraped', () => {
    expect(read([]).outOfSync).toMatchObject({
      reason: 'not-exported',
      message: expect.stringContaining('not scraped'),
    });
    for (const figure of ['reporting', 'root_expires', 'root_left']) {
      expect(read([], rows({ [figure]: 1 })).outOfSync).toMatchObject({
        status: 'unknown',
        reason: 'no-traffic',
        message: expect.stringContaining('no proxy is connected'),
      });
    }
    expect(read([], rows({ connected: 3 })).outOfSync).toEqual(known([]));
    expect(
      read(
        [],
        [
          ...rows({ connected: 3 }),
          {
            labels: {
              figure: 'rejected_listeners',
              node: 'chat-v1-abc12-xyz.ai',
              err: 'bad filter',
            },
            rate: 1,
          },
        ],
      ).outOfSync,
    ).toEqual(
      known([
        {
          proxy: 'chat-v1-abc12-xyz.ai',
          part: 'listeners',
          message: 'bad filter',
        },
      ]),
    );
  });
});

describeWithPrometheus('certificates by a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let client: HttpPrometheusClient;
  const at = Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    const lines = ['# TYPE istio_agent_cert_expiry_seconds gauge'];
    const day = 86_400;
    // Renewed six hours ago, with eleven hours left.
    for (let ago = 23 * 3600; ago >= 0; ago -= 60) {
      const left =
        ago > 6 * 3600 ? ago - 6 * 3600 + 100 : day - (6 * 3600 - ago);
      lines.push(
        `istio_agent_cert_expiry_seconds{pod="chat-v1-abc12-xyz",namespace="ai"} ${left} ${at - ago}`,
      );
    }
    lines.push('# TYPE pilot_xds gauge', `pilot_xds 5 ${at}`);
    lines.push('# TYPE citadel_server_root_cert_expiry_timestamp gauge');
    lines.push(`citadel_server_root_cert_expiry_timestamp ${at + 1000} ${at}`);
    lines.push('# TYPE pilot_xds_cds_reject gauge');
    // Counts that only go up, each from so many minutes ago to so many, and by how much it grew five minutes ago.
    for (const [node, err, since, until, before, lately] of [
      ['chat-v1-abc12-xyz.ai', 'InvalidArgument', 120, 0, 3, 4],
      ['chat-v1-abc12-xyz.ai', 'Internal', 4, 0, 1, 1],
      ['chat-v1-abc12-xyz.ai', 'mended', 120, 0, 7, 7],
      ['chat-v1-abc12-xyz.ai', 'of an istiod that is gone', 120, 90, 7, 7],
      ['chat-v1-abc12-xyz.other', 'of a namesake', 120, 0, 1, 2],
      ['shop-v1.ai', 'of another service', 120, 0, 1, 2],
    ] as const) {
      for (let ago = since; ago >= until; ago -= 1) {
        lines.push(
          `pilot_xds_cds_reject{node="${node}",err="${err}"} ${ago > 5 ? before : lately} ${at - ago * 60}`,
        );
      }
    }
    prometheus = await startPrometheus([...lines, '# EOF', ''].join('\n'));
    client = clientOf(prometheus, { cacheTtlMs: 0 });
  }, 60_000);

  afterAll(() => prometheus?.stop());

  it('sees the renewal, the root and who rejected', async () => {
    const answer = certificates({
      workloads: workloads.slice(0, 1),
      proxies: known(rateRows(await client.query(certificatesQuery(['ai'])!))),
      controlPlane: known(
        rateRows(await client.query(controlPlaneQuery(['ai']))),
      ),
      now: new Date(),
    });
    expect(answer).toMatchObject({
      workloads: [
        {
          soonest: { value: { status: 'ok' } },
          rotation: { status: 'working' },
        },
      ],
      root: { value: { status: 'soon' } },
      outOfSync: {
        value: expect.arrayContaining(
          ['InvalidArgument', 'Internal'].map(message => ({
            proxy: 'chat-v1-abc12-xyz.ai',
            part: 'clusters',
            message,
          })),
        ),
      },
    });
    // Nothing else is listed: a count that stands still says nothing of now.
    expect(answer.outOfSync).toHaveProperty('value.length', 2);
  });

  it.each([
    ['without connected proxies', 'pilot', 'no-traffic', 'Istiod is scraped'],
    ['which is not scraped', 'ztunnel', 'not-exported', 'not scraped'],
  ])(
    'tells an istiod %s, by its own series',
    async (_, component, reason, message) => {
      const other = await startPrometheus(
        [
          '# TYPE istio_build gauge',
          `istio_build{component="${component}",tag="1.29.0"} 1 ${at}`,
          '# EOF',
          '',
        ].join('\n'),
      );
      const answered = await clientOf(other, { cacheTtlMs: 0 })
        .query(controlPlaneQuery(['ai']))
        .finally(() => other.stop());
      expect(read([], rateRows(answered)).outOfSync).toMatchObject({
        status: 'unknown',
        reason,
        message: expect.stringContaining(message),
      });
    },
    60_000,
  );
});
