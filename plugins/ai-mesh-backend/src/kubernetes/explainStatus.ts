import { KubernetesError, KubernetesFailure } from './KubernetesApi';

const failures: Record<number, KubernetesFailure> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  410: 'gone',
};

/** What an API server's refusal means. */
export function explainStatus(status: number, body: string): KubernetesError {
  const failure = failures[status] ?? 'unreachable';
  const said = messageOf(body);
  return new KubernetesError(
    failure,
    `the API server answered ${status}${said ? `: ${said}` : ''}`,
    status,
  );
}

/** The message of a `Status` object, or the beginning of whatever came instead. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? message.slice(0, 500) : '';
  } catch {
    return body.trim().startsWith('<')
      ? 'a web page; something else than an API server listens there'
      : body.trim().slice(0, 200);
  }
}
