/** Istio's string match: exact, `abc*`, `*abc`, and `*` for anything that is not empty. */
export function matchesPattern(pattern: string, value: string): boolean {
  if (pattern === '*') {
    return value !== '';
  }
  if (pattern.startsWith('*')) {
    return value.endsWith(pattern.slice(1));
  }
  if (pattern.endsWith('*')) {
    return value.startsWith(pattern.slice(0, -1));
  }
  return value === pattern;
}

/** As {@link matchesPattern}, but a star anywhere stands for any text, as Istio has it for namespaces. */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  return matchesPieces(pattern, /(\*+)/, () => '.*', namespace);
}

/** Whether the path is a template, in which a plain star has no meaning. */
export function isPathTemplate(pattern: string): boolean {
  return pattern.includes('{*}') || pattern.includes('{**}');
}

/** A path as policies name it: a pattern, or a template where `{*}` is one segment and `{**}` any number of them. */
export function matchesPath(pattern: string, path: string): boolean {
  return isPathTemplate(pattern)
    ? matchesPieces(
        pattern,
        /(\{\*\*?\})/,
        operator => (operator === '{*}' ? '[^/]+' : '.*'),
        path,
      )
    : matchesPattern(pattern, path);
}

/** Hosts are compared without regard to case. A port is part of the host: `chat:8080` is not `chat`. */
export function matchesHost(pattern: string, host: string): boolean {
  return matchesPattern(pattern.toLowerCase(), host.toLowerCase());
}

/** Splits a pattern at its operators; what lies between them is taken as it is. */
function matchesPieces(
  pattern: string,
  operators: RegExp,
  translate: (operator: string) => string,
  value: string,
): boolean {
  const regex = pattern
    .split(operators)
    .map((piece, index) =>
      // What the parentheses of `operators` caught is every second piece.
      index % 2 === 1
        ? translate(piece)
        : piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${regex}$`).test(value);
}
