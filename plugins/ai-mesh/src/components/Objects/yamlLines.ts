import { isNode, parseDocument, stringify } from 'yaml';

/** A line of an object's YAML. */
export interface YamlLine {
  text: string;
  /** Part of what was pointed at. */
  marked: boolean;
}

/**
 * An object as lines of YAML, those under a path marked.
 *
 * @param path - as the backend writes it: `spec.http[2]`
 */
export function yamlLines(
  manifest: Record<string, unknown>,
  path?: string,
): YamlLine[] {
  const yaml = stringify(manifest, { lineWidth: 0 });
  const marked = path ? linesOf(yaml, path) : undefined;
  return yaml
    .trimEnd()
    .split('\n')
    .map((text, index) => ({
      text,
      marked: !!marked && index >= marked.first && index <= marked.last,
    }));
}

function linesOf(yaml: string, path: string) {
  const keys = [...path.matchAll(/[^.[\]]+/g)].map(([key]) =>
    /^\d+$/.test(key) ? Number(key) : key,
  );
  const found = parseDocument(yaml).getIn(keys, true);
  if (!isNode(found) || !found.range) {
    return undefined;
  }
  const [start, end] = found.range;
  const lineAt = (offset: number) =>
    yaml.slice(0, offset).split('\n').length - 1;
  // A block's value ends after its last line break.
  return { first: lineAt(start), last: lineAt(Math.max(start, end - 1)) };
}
