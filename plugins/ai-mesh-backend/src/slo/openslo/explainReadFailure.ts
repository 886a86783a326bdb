import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isError } from '@backstage/errors';
import { redact } from '../../target/redact';

const FILE_SENTENCES: Record<string, TextKey> = {
  ENOENT: 'file.none',
  ENOTDIR: 'file.none',
  EISDIR: 'file.folder',
  EACCES: 'file.forbidden',
  EPERM: 'file.forbidden',
  ELOOP: 'file.circle',
};

/**
 * Why a file could not be read, for whoever wrote its name: nothing of where things lie on the portal's disk, and no
 * credential of a URL.
 */
export function explainReadFailure(error: unknown, timeoutMs: number): Words {
  if (!isError(error)) {
    return wording('file.readerFailed');
  }
  if (error.name === 'TimeoutError') {
    return wording('file.late', { seconds: timeoutMs / 1000 });
  }
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && Object.hasOwn(FILE_SENTENCES, code)) {
    return wording(FILE_SENTENCES[code]);
  }
  // A path begins where no host and no other path does.
  const said = redact(error.message).replace(
    /(?<![\w:/.])\/(?:[^\s/'"]+\/)*[^\s/'"]+/g,
    'a path of the portal',
  );
  return error.name === 'NotAllowedError' && /not allowed/i.test(said)
    ? wording('file.notAllowed', { text: said.replace(/\.$/, '') })
    : wording('verbatim', { text: said });
}
