import type { ConfigObject } from '../kubernetes/kinds';
import { specOf } from './specOf';

/** The labels that an object selects its workloads by; undefined where it selects none, and is for all in its reach. */
export function selectorOf(
  object: ConfigObject,
): Record<string, string> | undefined {
  const spec = specOf(object);
  const labels =
    object.kind === 'Sidecar'
      ? spec.at('workloadSelector').at('labels')
      : spec.at('selector').at('matchLabels');
  const wanted = labels.textMap();
  return Object.keys(wanted).length > 0 ? wanted : undefined;
}

/** Whether an object is attached to a Service or a gateway instead of workloads. */
export function hasTargetRefs(object: ConfigObject): boolean {
  const spec = specOf(object);
  return (
    spec.at('targetRef').present || spec.at('targetRefs').list().length > 0
  );
}

/** `app=chat, version=v1` */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
