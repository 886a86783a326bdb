import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { countFindings } from './judgeService';
import { reviewOf } from './__testUtils__/reviewOf';
import { soundMesh, type Change } from './__testUtils__/soundMesh';
import { IGNORE_ANNOTATION } from './suppression';

const weights: Change = spec => {
  spec.http[1].route[0].weight = 50;
  spec.http[1].fault = { abort: { httpStatus: 503, percentage: { value: 5 } } };
  delete spec.http[1].retries;
};

function ignoring(kind: string, codes: unknown) {
  return soundMesh({ VirtualService: weights }).map(object =>
    object.kind === kind
      ? {
          ...object,
          metadata: {
            ...object.metadata,
            annotations: { [IGNORE_ANNOTATION]: codes as string },
          },
        }
      : object,
  );
}

describe('the review of a service', () => {
  it('does not repeat a large object in the fix of each of its findings', () => {
    const { findings } = reviewOf(
      soundMesh({
        VirtualService: spec => {
          const [rule] = spec.http;
          delete rule.timeout;
          delete rule.retries;
          spec.http = Array.from({ length: 300 }, (_, n) => ({
            ...rule,
            name: `rule-${n}`,
            match: [{ headers: { x: { exact: `${n}${'x'.repeat(500)}` } } }],
          }));
        },
      }),
    );
    expect(findings.length).toBeGreaterThan(200);
    expect(findings.filter(({ fix }) => fix).length).toBeLessThan(20);
    expect(JSON.stringify(findings).length).toBeLessThan(1_000_000);
  });

  it('puts the worst first', () => {
    const { findings } = reviewOf(soundMesh({ VirtualService: weights }));
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      ['high AIM305', 'low AIM304', 'note AIM106'],
    );
    expect(countFindings(findings)).toEqual({
      high: 1,
      medium: 0,
      low: 1,
      note: 1,
    });
  });

  it.each<[string, unknown, string[]]>([
    ['VirtualService', 'AIM305', ['AIM305']],
    ['Service', 'AIM304, aim305', ['AIM304', 'AIM305']],
    ['VirtualService', 'AIM3', []],
    ['VirtualService', '', []],
    ['DestinationRule', 'AIM305', []],
    ['VirtualService', 305, []],
  ])(
    'shows what the %s says to ignore (%j) as suppressed, and last',
    (kind, codes, suppressed) => {
      const { findings } = reviewOf(ignoring(kind, codes));
      expect(findings).toHaveLength(3);
      const silenced = findings.slice(findings.length - suppressed.length);
      expect(findings.filter(({ suppressedBy }) => suppressedBy)).toEqual(
        suppressed.length ? silenced : [],
      );
      expect(silenced.map(({ code }) => code).sort()).toEqual(suppressed);
      for (const { suppressedBy } of silenced) {
        expect(suppressedBy).toMatchObject({
          object: { kind },
          path: "metadata.annotations['ai-mesh.io/ignore']",
        });
      }
      const counts = countFindings(findings);
      expect(counts.high).toBe(suppressed.includes('AIM305') ? 0 : 1);
    },
  );

  it('says what it could not judge, where a kind may not be listed', () => {
    const { findings, notJudged } = reviewOf(
      soundMesh({ DestinationRule: () => null }),
      {
        states: {
          DestinationRule: {
            status: 'forbidden',
            message: 'may not list destinationrules',
          },
        },
      },
    );
    expect(findings.map(({ code }) => code)).toEqual([]);
    expect(notJudged.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['AIM201', 'AIM202', 'AIM204', 'AIM403']),
    );
    expect(notJudged[0]).toMatchObject({
      reason: 'forbidden',
      service: { namespace: 'ai', name: 'chat' },
    });
  });

  it('does not judge by arguments and values that are too long to be read, and says so', () => {
    const { findings, notJudged } = reviewOf(
      soundMesh(
        {},
        `
apiVersion: v1
kind: Namespace
metadata: { name: ai }
---
apiVersion: v1
kind: ConfigMap
metadata: { namespace: istio-system, name: istio-sidecar-injector }
data: { values: '{"x":"${'x'.repeat(600_000)}"}' }
---
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: chat-v1-wordy, labels: { app: chat, version: v1 } }
spec:
  containers:
  - name: app
    args: ['${'x'.repeat(30_000)}', '--host=127.0.0.1', '--port=8080']
status: { phase: Running }
`,
      ),
    );
    expect(findings.map(({ code }) => code)).not.toContain('AIM801');
    expect(notJudged).toMatchObject([
      { code: 'AIM801', message: expect.stringContaining('500000 characters') },
      { code: 'AIM807', message: expect.stringContaining('20000 characters') },
    ]);
  });

  it('judges a cluster without the Gateway API by what there is', () => {
    const { notJudged } = reviewOf(soundMesh(), {
      states: {
        HTTPRoute: { status: 'not-served' },
        GRPCRoute: { status: 'not-served' },
      },
    });
    expect(notJudged).toEqual([]);
  });

  it('finds nothing in metrics that are not there, and says so', () => {
    const away = unknown('source-unreachable', 'Prometheus does not answer.');
    const { findings, notJudged } = reviewOf(soundMesh(), {
      telemetry: {
        requestsPerSecond: away,
        p99Ms: away,
        cutOffRatio: away,
        overflowPerSecond: away,
        peakInFlight: away,
        breakersExported: away,
        egress: away,
      },
    });
    expect(findings).toEqual([]);
    expect(notJudged.map(({ code, reason }) => `${code} ${reason}`)).toEqual([
      'AIM102 source-unreachable',
      'AIM204 source-unreachable',
      'AIM206 source-unreachable',
      'AIM601 source-unreachable',
    ]);
  });

  it('gives each finding a name of its own that stays', () => {
    const ids = () =>
      reviewOf(
        soundMesh({ VirtualService: weights, DestinationRule: () => null }),
        {
          telemetry: {
            egress: known([
              { host: 'a.example', perSecond: 1 },
              { host: 'b.example', perSecond: 1 },
            ]),
          },
        },
      ).findings.map(({ id }) => id);
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).toEqual(ids());
  });

  it('says once what ztunnel makes of a policy, with the codes of others beside it', () => {
    const { findings } = reviewOf(
      soundMesh(
        {},
        `
apiVersion: v1
kind: Namespace
metadata: { name: ai, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: chat-ambient, labels: { app: chat, version: v1 }, annotations: { ambient.istio.io/redirection: enabled } }
spec: { containers: [{ name: app }] }
status: { phase: Running, ready: true }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: paths }
spec: { action: DENY, selector: { matchLabels: { app: chat } }, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }
`,
      ),
    );
    const ofPolicy = findings.filter(({ object }) => object.name === 'paths');
    expect(ofPolicy.map(({ code }) => code)).toEqual(['AIM407']);
    expect(ofPolicy[0].equivalents).toEqual(['KIA0110', 'KIA0109']);
  });
});
