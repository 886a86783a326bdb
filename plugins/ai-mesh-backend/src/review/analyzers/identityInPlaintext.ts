import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { Analyzer, Draft } from '../Analyzer';
import type { IdentityRule, ReviewSubject } from '../ReviewSubject';
import { strictFix } from '../strictFix';
import { placeOf, serviceName } from '../subjectRules';
import { callerNames } from './notStrict';

/** AIM405: a rule that needs mutual TLS where plaintext is allowed. */
export const identityInPlaintext: Analyzer = {
  codes: ['AIM405'],
  needs: ['AuthorizationPolicy', 'PeerAuthentication', 'DestinationRule'],
  *analyze(subject) {
    for (const rule of subject.security.identityRules) {
      const draft = judge(subject, rule);
      if (draft) {
        yield draft;
      }
    }
  },
};

function judge(
  subject: ReviewSubject,
  { at, evadable }: IdentityRule,
): Draft | undefined {
  const { security, snapshot } = subject;
  const object = snapshot.get(
    'AuthorizationPolicy',
    at.object.namespace ?? '',
    at.object.name,
  );
  const ports = security.mtls.workloads.flatMap(workload => workload.ports);
  const open = ports.filter(({ mode }) => mode !== 'STRICT');
  if (!object || (ports.length > 0 && open.length === 0)) {
    return undefined;
  }
  const common = { object, path: at.path };
  const params = {
    place: placeOf(object, at.path),
    service: serviceName(subject),
  };
  if (security.callersAre === 'plaintext') {
    return {
      ...common,
      key: 'AIM405.never',
      params: { ...params, because: whyPlaintext(subject) },
    };
  }
  if (evadable) {
    return {
      ...common,
      key: 'AIM405.bypass',
      params,
      ...strictFix(subject),
    };
  }
  const plaintext = security.mtls.callers.filter(
    ({ plaintextBecause }) => plaintextBecause,
  );
  return plaintext.length === 0
    ? undefined
    : {
        ...common,
        key: 'AIM405.plaintextCaller',
        params: {
          ...params,
          callers: callerNames(plaintext.map(({ caller }) => caller)),
        },
      };
}

function whyPlaintext({ security }: ReviewSubject): Words {
  const off = security.mtls.workloads
    .flatMap(workload => workload.ports)
    .find(({ mode }) => mode === 'DISABLE' || mode === 'NO_PROXY');
  if (!off) {
    return wording('found.noMutualTls');
  }
  return wording(off.mode === 'NO_PROXY' ? 'found.noProxy' : 'found.takesNone');
}
