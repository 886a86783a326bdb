import { isError } from '@backstage/errors';
import { redact } from '../../target/redact';

const FILE_SENTENCES: Record<string, string> = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'there is no such file.',
  EISDIR: 'it is a folder.',
  EACCES: 'the portal may not read it.',
  EPERM: 'the portal may not read it.',
  ELOOP: 'its links lead in a circle.',
};

/**
 * Why a file could not be read, for whoever wrote its name: nothing of where things lie on the portal's disk, and no
 * credential of a URL.
 */
export function explainReadFailure(error: unknown, timeoutMs: number): string {
  if (!isError(error)) {
    return 'the reader failed.';
  }
  if (error.name === 'TimeoutError') {
    return `it did not come within ${timeoutMs / 1000} s.`;
  }
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && Object.hasOwn(FILE_SENTENCES, code)) {
    return FILE_SENTENCES[code];
  }
  // A path begins where no host and no other path does.
  const said = redact(error.message).replace(
    /(?<![\w:/.])\/(?:[^\s/'"]+\/)*[^\s/'"]+/g,
    'a path of the portal',
  );
  return error.name === 'NotAllowedError' && /not allowed/i.test(said)
    ? `${said.replace(/\.$/, '')}. Hosts are allowed by integrations, or by backend.reading.allow.`
    : said;
}
