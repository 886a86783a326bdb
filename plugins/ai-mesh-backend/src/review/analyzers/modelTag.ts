import type { TelemetrySettings } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { setValue, stepsOf, valueAt } from '../../manifest';
import { isAmbient, namespaceLabels } from '../ambientUse';
import { gap, type Analyzer, type Fix } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { serviceName } from '../subjectRules';
import { telemetryObject } from '../telemetryObject';

const TAG = {
  header: { name: 'x-ai-model', defaultValue: 'unknown' },
};

/** AIM501: traces that do not carry the model's name. */
export const modelTag: Analyzer = {
  codes: ['AIM501'],
  needs: ['Telemetry'],
  *analyze(subject) {
    const { telemetry } = subject.security;
    if (telemetry.status === 'unknown') {
      yield gap('AIM501', telemetry);
      return;
    }
    const without = telemetry.value.find(
      ({ tracing }) => tracing.modelTag === undefined,
    );
    if (!without) {
      return;
    }
    const object = telemetryObject(subject, without);
    yield {
      key: 'AIM501',
      object: object ?? subject.object,
      path: object ? 'spec.tracing' : '',
      params: { service: serviceName(subject) },
      ...fixFor(subject, without, object),
    };
  },
};

/**
 * A tag more in the namespace's or the workload's own Telemetry, else a Telemetry for the service. Tags replace each
 * other as a whole, so that a new object would lose those of the mesh.
 */
function fixFor(
  { snapshot, service, object: called }: ReviewSubject,
  { tracing }: TelemetrySettings,
  object: ConfigObject | undefined,
): { fix?: Fix } {
  const { namespace, name } = service;
  if (object && object.metadata.namespace === namespace) {
    const entries = valueAt(object, stepsOf('spec.tracing'));
    const last = Array.isArray(entries) ? entries.length - 1 : -1;
    return {
      fix: {
        object,
        operations:
          last >= 0
            ? setValue(
                object,
                stepsOf(`spec.tracing[${last}].customTags`, 'ai.model'),
                TAG,
              )
            : setValue(object, stepsOf('spec.tracing'), [
                { customTags: { 'ai.model': TAG } },
              ]),
      },
    };
  }
  const selector = called.spec?.selector ?? {};
  return tracing.tags.length > 0 ||
    // A waypoint heeds no Telemetry that selects pods.
    isAmbient(namespaceLabels(snapshot, namespace)) ||
    Object.keys(selector).length === 0 ||
    snapshot.get('Telemetry', namespace, name)
    ? {}
    : {
        fix: {
          create: {
            apiVersion:
              snapshot.state('Telemetry').apiVersion ?? 'telemetry.istio.io/v1',
            kind: 'Telemetry',
            metadata: { name, namespace },
            spec: {
              selector: { matchLabels: selector },
              tracing: [{ customTags: { 'ai.model': TAG } }],
            },
          },
        },
      };
}
