import type {
  MayCallRequest,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';

/** How a caller is named: by workload, by identity, or not at all (it calls in plaintext). */
export const callerKinds = ['workload', 'principal', 'nobody'] as const;

/** What is written in the form. */
export interface Question {
  caller: (typeof callerKinds)[number];
  /** `namespace/name`. */
  workload: string;
  principal: string;
  method: string;
  path: string;
  port: string;
  host: string;
  ip: string;
  headers: string;
}

/** The form before anything is written. */
export const emptyQuestion: Question = {
  caller: 'workload',
  workload: '',
  principal: '',
  method: 'POST',
  path: '/',
  port: '',
  host: '',
  ip: '',
  headers: '',
};

/** The question as the backend is asked it: what was left empty is left out. */
export function requestOf(
  question: Question,
  { cluster, namespace, name }: ServiceRef,
): MayCallRequest {
  const { caller, method, path, port } = question;
  const [callerNamespace, ...rest] = question.workload.trim().split('/');
  return {
    cluster,
    namespace,
    service: name,
    ...(caller === 'workload' && {
      callerNamespace,
      callerWorkload: rest.join('/'),
    }),
    ...(caller === 'principal' && { principal: question.principal.trim() }),
    method,
    path: path.trim(),
    ...(port.trim() !== '' && { port: Number(port) }),
    ...written('host', question.host),
    ...written('ip', question.ip),
    ...written('headers', question.headers),
  };
}

function written(name: string, value: string): Record<string, string> {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}
