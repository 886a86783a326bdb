import { KubeObject } from '../../store/KubeObject';
import { StatusCause } from '../status/ApiError';
import { hasLabels, Labels } from '../read/labelSelector';
import { fieldAt, listAt } from '../../store/fieldAt';

const subdomain =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function invalidValue(
  field: string,
  value: unknown,
  explanation: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${explanation}`,
    field,
  };
}

function required(field: string): StatusCause {
  return { reason: 'FieldValueRequired', message: 'Required value', field };
}

function workloadCauses(object: KubeObject): StatusCause[] {
  const causes: StatusCause[] = [];
  const replicas = fieldAt(object, 'spec.replicas');
  if (typeof replicas === 'number' && replicas < 0) {
    causes.push(
      invalidValue(
        'spec.replicas',
        replicas,
        'must be greater than or equal to 0',
      ),
    );
  }
  const selector = fieldAt(object, 'spec.selector.matchLabels');
  const labels = fieldAt(object, 'spec.template.metadata.labels');
  if (!selector) {
    causes.push(required('spec.selector'));
  } else if (!hasLabels(labels as Labels | undefined, selector as Labels)) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels ?? {},
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (listAt(object, 'spec.template.spec.containers').length === 0) {
    causes.push(required('spec.template.spec.containers'));
  }
  return causes;
}

const kindRules: Record<string, (object: KubeObject) => StatusCause[]> = {
  Deployment: workloadCauses,
  StatefulSet: workloadCauses,
  ReplicaSet: workloadCauses,
  DaemonSet: workloadCauses,
  Pod: pod =>
    listAt(pod, 'spec.containers').length === 0
      ? [required('spec.containers')]
      : [],
};

/** What no schema says, but every API server checks: names, labels, and the built-in kinds' own rules. */
export function ruleCauses(object: KubeObject): StatusCause[] {
  const { name, labels } = object.metadata;
  const causes: StatusCause[] = [];
  if (name.length > 253 || !subdomain.test(name)) {
    causes.push(
      invalidValue(
        'metadata.name',
        name,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
          "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
          "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ),
    );
  }
  for (const value of Object.values(labels ?? {})) {
    if (
      typeof value !== 'string' ||
      value.length > 63 ||
      !labelValue.test(value)
    ) {
      causes.push(
        invalidValue(
          'metadata.labels',
          value,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
            "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', " +
            "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ),
      );
    }
  }
  return [...causes, ...(kindRules[object.kind]?.(object) ?? [])];
}
