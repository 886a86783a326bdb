import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { applyPatch, type Operation } from 'fast-json-patch';
import type { ConfigObject } from '../../kubernetes/kinds';
import { editSplit, originalOf } from './editSplit';
import { findRule, type SplitSelector } from './findRule';
import { fullHost } from '../../routes/hosts';
import { asList, asRecord } from './json';
import { virtualServiceDialect } from './virtualServiceDialect';

/** What another project's tests expect of editing a VirtualService, read in place where it is there. */
const file = resolve(
  __dirname,
  '../../../../../../shared/fixtures/argo-routes/cases.json',
);

interface ArgoVersion {
  host?: string;
  subset?: string;
}

interface ArgoCase {
  case: string;
  operation: 'setWeight' | 'validate' | 'selectHttpRoutes';
  virtualService: ConfigObject | null;
  routes: string[];
  tlsRoutes: object[];
  tcpRoutes: object[];
  stable: ArgoVersion | null;
  canary: ArgoVersion | null;
  setWeight: number | null;
  expectedError?: string;
  expected?: {
    routeWeights?: {
      protocol: string;
      index: number;
      destinations: { host: string; subset: string | null; weight: number }[];
    }[];
  };
}

/** Where our rules differ on purpose. */
const differences: Record<string, string> = {
  'TestTlsReconcileWeightsBaseCase/regularTlsVsvc': 'TLS is refused',
  'TestTlsReconcileWeightsBaseCase/regularMixedVsvcTwoTlsRoutes':
    'TLS is refused',
  'TestTcpReconcileWeightsBaseCase/regularTcpVsvc': 'TCP is refused',
  'TestTcpReconcileWeightsBaseCase/regularMixedVsvcTwoTcpRoutes':
    'TCP is refused',
  TestTlsReconcileUpdateVirtualService: 'TLS is refused',
  TestTcpReconcileUpdateVirtualService: 'TCP is refused',
  TestTlsReconcileNoChanges: 'TLS is refused',
  TestTcpReconcileNoChanges: 'TCP is refused',
  'TestHostSplitExperimentStep/create':
    'a third destination is kept where there is one, but never added',
  TestReconcileVirtualServiceNotFound:
    'the cluster answers it, before anything is edited',
  'TestValidateHosts/canary-not-found':
    'a canary that the route lacks is added, and removed again by a roll-back',
  'TestGetHttpRouteIndexesToPatch/no-managed-routes-defined':
    'a rule must hold the stable version; having no name is not enough',
};

const cases: ArgoCase[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : [];
const agreed = cases.filter(c => !Object.hasOwn(differences, c.case));
const whenThere = cases.length > 0 ? describe : describe.skip;

function objectOf({ virtualService }: ArgoCase): ConfigObject {
  const object = structuredClone(virtualService)!;
  object.metadata = {
    namespace: 'default',
    ...object.metadata,
    resourceVersion: '1',
  };
  return object;
}

/** Hosts of the case, short as they are there; where only a subset is named, the host is the rule's. */
function selectorOf(argo: ArgoCase, rule?: string): SplitSelector {
  const first = virtualServiceDialect.rules(objectOf(argo), 'cluster.local')[0];
  const version = (named: ArgoVersion | null) => ({
    host: named?.host
      ? fullHost(named.host, 'default', 'cluster.local')
      : (first?.destinations[0]?.host ?? 'stable.default.svc.cluster.local'),
    subset: named?.subset,
  });
  return {
    rule,
    stable: version(argo.stable),
    canary: version(argo.canary),
    clusterDomain: 'cluster.local',
  };
}

/** One name, or none: ours moves the weights of one rule at a time. */
function rulesOf({ routes }: ArgoCase): (string | undefined)[] {
  return routes.length > 0 ? routes : [undefined];
}

function setWeight(argo: ArgoCase): ConfigObject {
  return rulesOf(argo).reduce((object, rule) => {
    const selector = selectorOf(argo, rule);
    const { patch } = editSplit(
      object,
      { id: 'c1', selector, original: originalOf(object, selector) },
      { kind: 'running', percent: argo.setWeight ?? 0 },
    );
    return applyPatch(structuredClone(object), patch as Operation[], true)
      .newDocument;
  }, objectOf(argo));
}

whenThere("Argo Rollouts' cases of editing a VirtualService", () => {
  const table = (operation: ArgoCase['operation'], fails: boolean) =>
    agreed
      .filter(
        c =>
          c.operation === operation &&
          (c.expectedError !== undefined) === fails,
      )
      .map(c => [c.case, c] as const);

  it.each(table('setWeight', false))('%s', (_, argo) => {
    const rules = virtualServiceDialect.rules(setWeight(argo), 'cluster.local');
    const expected =
      argo.expected?.routeWeights?.filter(
        // Its TLS and TCP rules of a mixed object stay as they are with us.
        ({ protocol }) => protocol === 'http',
      ) ?? [];
    for (const { index, destinations } of expected) {
      expect(
        rules[index].destinations.map(({ host, subset, weight }) => ({
          host,
          subset: subset ?? null,
          weight,
        })),
      ).toEqual(
        destinations.map(destination => ({
          ...destination,
          host: fullHost(destination.host, 'default', 'cluster.local'),
        })),
      );
    }
  });

  it.each([
    ...table('setWeight', true),
    ...table('validate', true),
    ...table('selectHttpRoutes', true),
  ])('%s is refused', (_, argo) => {
    expect(() =>
      rulesOf(argo).forEach(rule =>
        findRule(objectOf(argo), selectorOf(argo, rule)),
      ),
    ).toThrow(expect.objectContaining({ name: 'SplitRefusal' }));
  });

  it.each(table('validate', false))('%s is accepted', (_, argo) => {
    const found = findRule(objectOf(argo), selectorOf(argo, argo.routes[0]));
    expect(found.canary).toBeDefined();
  });

  it.each(
    cases
      .filter(c => / is refused$/.test(differences[c.case] ?? ''))
      .map(c => [c.case, c] as const),
  )('differs: %s', (_, argo) => {
    const selector = selectorOf(argo);
    const object = objectOf(argo);
    // The http rules of a mixed object are not asked for in these cases.
    delete object.spec?.http;
    expect(() => findRule(object, selector)).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });

  it('differs: a third destination is never added', () => {
    const argo = cases.find(
      c => c.case === 'TestHostSplitExperimentStep/create',
    )!;
    const [rule] = virtualServiceDialect.rules(
      setWeight(argo),
      'cluster.local',
    );
    expect(rule.destinations.map(({ weight }) => weight)).toEqual([90, 10]);
  });

  it('differs: a canary that the route lacks is added', () => {
    const argo = structuredClone(
      cases.find(c => c.case === 'TestValidateHosts/canary-not-found')!,
    );
    // The case's two destinations have no weights, which Istio refuses; one alone may go without.
    asList(argo.virtualService?.spec?.http).forEach(rule =>
      (asRecord(rule)?.route as unknown[]).splice(1),
    );
    const [rule] = virtualServiceDialect.rules(
      setWeight({ ...argo, setWeight: 10 }),
      'cluster.local',
    );
    expect(rule.destinations.at(-1)).toMatchObject({
      host: 'not-found-canary.default.svc.cluster.local',
      weight: 10,
    });
  });

  it('differs nowhere else', () => {
    const names = cases.map(c => c.case);
    expect(
      Object.keys(differences).filter(name => !names.includes(name)),
    ).toEqual([]);
    expect(agreed).toHaveLength(24);
    const page = readFileSync(
      resolve(__dirname, '../../../../../docs/agreement.md'),
      'utf8',
    );
    expect(page.split('\n## Route editing (Argo Rollouts)')[1]).toContain(
      `${agreed.length} of ${cases.length} agree`,
    );
  });
});
