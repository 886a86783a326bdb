import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { KubernetesError, KubernetesFailure } from './KubernetesApi';
import { shortened } from '../shortened';
import { wordingWith } from '../worded';

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
  const answer = answerWords(status, body);
  return new KubernetesError(
    failure,
    failure === 'unauthorized'
      ? wordingWith(signedIn ? 'kube.signedIn' : 'kube.notSignedIn', { answer })
      : answer,
    status,
  );
}

function answerWords(status: number, body: string): Words {
  if (isWebPage(body)) {
    return wording('kube.answeredPage', { status });
  }
  const said = messageOf(body);
  return said
    ? wording('kube.answeredSaying', { status, said })
    : wording('kube.answered', { status });
}

function isWebPage(body: string): boolean {
  return body.trim().startsWith('<');
}

/** The message of a `Status` object, or the beginning of whatever came instead. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? shortened(message, 500) : '';
  } catch {
    return shortened(body.trim(), 200);
  }
}
