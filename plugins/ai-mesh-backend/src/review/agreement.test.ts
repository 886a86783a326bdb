import { readFileSync } from 'fs';
import { resolve } from 'path';
import { findingMessages } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOfObjects } from '../kubernetes/__testUtils__/snapshotFromYaml';
import {
  foreignCases,
  hasFixtures,
  type ForeignCase,
} from './__testUtils__/foreignCases';
import { subjectOf } from './__testUtils__/reviewOf';
import { judgeService } from './judgeService';

/** Codes that the review claims to share. */
const shared = new Set(
  Object.values(findingMessages).flatMap(({ equivalents }) => [...equivalents]),
);

/** Where we differ on purpose; docs/agreement.md has the reasons. */
const differences = new Set([
  'virtualServiceConflictingMeshGatewayHosts',
  'dupmatches',
  'DestinationRuleWithFakeHost',
  'authorization/TestAutoAuthzMeshDestRuleEnabled/mtls_enabled_checker_12.yaml/autoMtls=false',
  'virtualservices/TestSubsetsNotFoundSVCNS',
]);

/** What each checker can say. */
const CODES: Record<string, string[]> = {
  ConflictingMeshGatewayHosts: ['IST0109'],
  CollectionValidation: ['IST0130', 'IST0131'],
  PodNotSelected: ['IST0173', 'IST0174'],
  CaCertificate: ['IST0128', 'IST0129'],
  DisabledMeshWideChecker: ['KIA0506'],
  DisabledNamespaceWideChecker: ['KIA0505'],
  DisabledMeshWideMTLSChecker: ['KIA0208'],
  MtlsEnabledChecker: ['KIA0105'],
  SubsetPresenceChecker: ['KIA1107'],
  NoDestinationChecker: ['KIA0203'],
  'virtualservice.GatewayAnalyzer': ['IST0101', 'IST0132'],
  JWTClaimRouteAnalyzer: ['IST0149'],
  AuthorizationPoliciesAnalyzer: ['IST0101', 'IST0127'],
  DestinationHostAnalyzer: ['IST0140'],
  'telemetry.SelectorAnalyzer': ['IST0101', 'IST0159'],
  ConditionAnalyzer: ['IST0171'],
  'injection.Analyzer': ['IST0102', 'IST0103', 'IST0123', 'IST0148'],
  PortNameAnalyzer: ['IST0118'],
  ExportToNamespaceChecker: ['KIA0005'],
};

/** What the review says of every service of the case, as the other project would write it. */
function ours({ objects, autoMtls, subject }: ForeignCase): string[] {
  const snapshot = snapshotOfObjects(objects);
  const said = snapshot.all('Service').flatMap(({ metadata }) => {
    const { findings } = judgeService(
      subjectOf(snapshot, {
        autoMtls,
        service: { namespace: metadata.namespace!, name: metadata.name },
      }),
    );
    return findings.flatMap(({ equivalents, object, related }) =>
      [object, ...related].flatMap(({ kind, namespace, name }) =>
        equivalents.map(
          code => `${code} ${kind} ${namespace ? `${namespace}/` : ''}${name}`,
        ),
      ),
    );
  });
  return [...new Set(said)]
    .filter(line => subject === undefined || line.endsWith(subject))
    .sort();
}

/** Of ours, those that the other project's checker could have said. */
function comparable(lines: string[], { checker }: ForeignCase): string[] {
  const codes = Object.entries(CODES).find(([name]) =>
    checker.includes(name),
  )![1];
  return lines.filter(line => codes.some(code => line.startsWith(code)));
}

const ofIstio = foreignCases(
  'istio-analyzers',
  /ConflictingMeshGatewayHosts|CollectionValidation|PodNotSelected|virtualservice\.GatewayAnalyzer|JWTClaim|AuthorizationPolicies|DestinationHost|telemetry\.Selector|Condition|injection\.Analyzer|PortName|CaCertificate/,
);
const ofKiali = foreignCases('kiali-checks', /./);
const cases = [...ofIstio, ...ofKiali];

/** `17 of 20`: how many agree. */
function agreeing(some: readonly ForeignCase[]): string {
  const agreed = some.filter(({ name }) => !differences.has(name));
  return `${agreed.length} of ${some.length}`;
}

(hasFixtures ? describe : describe.skip)(
  'agreement with Istio and Kiali on their own cases (shared/fixtures)',
  () => {
    it('compares codes that the review claims to share', () => {
      const codes = Object.values(CODES).flat();
      expect(codes.filter(code => !shared.has(code))).toEqual([]);
    });

    it.each(cases.map(one => [one.name, one] as const))('%s', (name, one) => {
      const said = comparable(ours(one), one);
      const agrees = JSON.stringify(said) === JSON.stringify(one.expected);
      // A difference that is gone is to be taken off the list.
      expect({ agrees, said }).toEqual({
        agrees: !differences.has(name),
        said: differences.has(name) ? said : one.expected,
      });
    });

    it('is told by the page on agreement as it is', () => {
      const page = readFileSync(
        resolve(__dirname, '../../../../docs/agreement.md'),
        'utf8',
      );
      const section = page
        .split('\n## The review')[1]
        .split('\n### ')[0]
        .replace(/\s+/g, ' ');
      expect(section).toContain(
        `${agreeing(cases).replace('of', 'of the')} shared cases agree: ${agreeing(ofIstio)} of Istio's and ${agreeing(ofKiali)} of Kiali's`,
      );
      for (const name of differences) {
        expect(section).toContain(`\`${name}\``);
      }
    });

    it('agrees on all but five of 67', () => {
      expect(cases).toHaveLength(67);
      expect(cases.filter(({ name }) => differences.has(name))).toHaveLength(5);
    });
  },
);
