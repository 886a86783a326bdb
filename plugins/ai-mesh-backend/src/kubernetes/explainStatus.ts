import { KubernetesError, KubernetesFailure } from './KubernetesApi';
import { shortened } from '../shortened';

const failures: Record<number, KubernetesFailure> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  410: 'gone',
};

/**
 * What an API server's refusal means.
 *
 * @param signedIn - whether it was asked with credentials at all
 */
export function explainStatus(
  status: number,
  body: string,
  signedIn: boolean,
): KubernetesError {
  const failure = failures[status] ?? 'unreachable';
  const said = messageOf(body);
  const why = signedIn
    ? 'the credentials may have expired, or belong to another cluster'
    : 'no credentials are configured for it (serviceAccountToken)';
  return new KubernetesError(
    failure,
    `the API server answered ${status}${said ? `: ${said}` : ''}${failure === 'unauthorized' ? `; ${why}` : ''}`,
    status,
  );
}

/** The message of a `Status` object, or the beginning of whatever came instead. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? shortened(message, 500) : '';
  } catch {
    return body.trim().startsWith('<')
      ? 'a web page; something else than an API server listens there'
      : shortened(body.trim(), 200);
  }
}
