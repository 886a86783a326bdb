/** Names as Kubernetes has them (DNS subdomains): they become parts of paths, of files' names and of commands. */
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

export function isObjectName(text: unknown): text is string {
  return typeof text === 'string' && NAME.test(text);
}
