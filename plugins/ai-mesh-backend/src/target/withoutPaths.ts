/** Where files lie on the machines of portals, clusters and sources; paths of APIs and of pages begin otherwise. */
const ROOTS =
  'app|bin|data|dev|etc|home|lib|mnt|opt|prometheus|proc|private|root|run|sbin|srv|sys|tmp|usr|Users|var|workspace';

const FILE = new RegExp(
  `(?<![\\w:/.])/(?:${ROOTS})/(?:[^\\s/'"]*/)*[^\\s/'":,;)]+`,
  'g',
);

/**
 * Takes absolute paths of files out of a text that a person will see: of each its last part is left, which tells whoever set
 * things up which file is meant, and nobody else where things lie.
 */
export function withoutPaths(text: string): string {
  return text.replace(FILE, fileName);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1)!;
}
