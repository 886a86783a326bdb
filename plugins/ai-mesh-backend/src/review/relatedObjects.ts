import type { ObjectRef, SettingSource } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import { serviceEntryFor } from '../routes/serviceEntries';
import type { ReviewSubject } from './ReviewSubject';

const KINDS: readonly MeshKind[] = [
  'PeerAuthentication',
  'AuthorizationPolicy',
  'Telemetry',
];

/** The configuration that plays a part for a service: its routes, its DestinationRules, policies, Telemetry, providers. */
export function relatedObjects(subject: ReviewSubject): ConfigObject[] {
  const { snapshot, security, routes, telemetry } = subject;
  const { mtls } = security;
  const settings: (SettingSource | undefined)[] = [
    ...mtls.workloads
      .flatMap(({ ports }) => ports)
      .map(({ decidedBy }) => decidedBy),
    ...mtls.conflicts.map(({ client }) => client.decidedBy),
    ...mtls.notes.flatMap(({ at }) => at),
    ...(security.telemetry.status === 'known'
      ? security.telemetry.value.flatMap(({ tracing, accessLog, notes }) => [
          tracing.samplingFrom,
          accessLog.from,
          ...tracing.tags.map(({ from }) => from),
          ...notes.flatMap(({ at }) => at),
        ])
      : []),
  ];
  const refs = [
    ...settings.flatMap(setting => setting?.object ?? []),
    ...security.policies.map(({ object }) => object),
  ];
  const hosts =
    telemetry.egress.status === 'known' ? telemetry.egress.value : [];
  return [
    ...new Set([
      ...routes.objects,
      ...refs.flatMap(ref => find(subject, ref) ?? []),
      ...hosts.flatMap(({ host }) =>
        host === undefined ? [] : (serviceEntryFor(snapshot, host) ?? []),
      ),
    ]),
  ];
}

function find(
  { snapshot, routes }: ReviewSubject,
  { kind, namespace = '', name }: ObjectRef,
): ConfigObject | undefined {
  const known = KINDS.find(candidate => candidate === kind);
  return known
    ? (snapshot.get(known, namespace, name) as ConfigObject | undefined)
    : routes.objects.find(
        object =>
          object.kind === kind &&
          object.metadata.namespace === namespace &&
          object.metadata.name === name,
      );
}
