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
  return matchesPieces(pattern.split(/(\*+)/), () => 'text', namespace);
}

/** Whether the path is a template, in which a plain star has no meaning. */
export function isPathTemplate(pattern: string): boolean {
  return pattern.includes('{*}') || pattern.includes('{**}');
}

/** A path as policies name it: a pattern, or a template where `{*}` is one segment and `{**}` any number of them. */
export function matchesPath(pattern: string, path: string): boolean {
  return isPathTemplate(pattern)
    ? matchesPieces(
        pattern.split(/(\{\*\*?\})/),
        operator => (operator === '{*}' ? 'segment' : 'text'),
        path,
      )
    : matchesPattern(pattern, path);
}

/** Hosts are compared without regard to case. A port is part of the host: `chat:8080` is not `chat`. */
export function matchesHost(pattern: string, host: string): boolean {
  return matchesPattern(pattern.toLowerCase(), host.toLowerCase());
}

/**
 * Whether pieces, every second of which is an operator, make up a value. It keeps every place that could have been
 * reached, so that no pattern, however it is written, takes more than pieces times characters.
 */
function matchesPieces(
  pieces: readonly string[],
  meaning: (operator: string) => 'segment' | 'text',
  value: string,
): boolean {
  let reached = new Set([0]);
  pieces.forEach((piece, index) => {
    reached =
      index % 2 === 0 ? afterLiteral(piece) : afterOperator(meaning(piece));
  });
  return reached.has(value.length);

  function afterLiteral(piece: string): Set<number> {
    return new Set(
      [...reached]
        .filter(place => value.startsWith(piece, place))
        .map(place => place + piece.length),
    );
  }

  function afterOperator(means: 'segment' | 'text'): Set<number> {
    const after = new Set<number>();
    let inside = false;
    for (let place = 0; place <= value.length; place += 1) {
      // A segment goes on until its slash, and has at least one character.
      inside &&= means === 'text' || value[place - 1] !== '/';
      if (inside || (means === 'text' && reached.has(place))) {
        after.add(place);
      }
      inside ||= reached.has(place);
    }
    return after;
  }
}
