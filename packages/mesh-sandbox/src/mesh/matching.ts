import { HttpMatch, StringMatch } from './istioObjects';

/** What of a request routes can see. */
export interface RequestShape {
  method: string;
  path: string;
  authority: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** Who sends it, as far as routes can see. */
export interface RequestOrigin {
  namespace: string;
  labels: Readonly<Record<string, string>>;
  /** `mesh` for a sidecar; `<namespace>/<name>` of each Gateway that a gateway's proxy serves. */
  gateways: readonly string[];
}

const compiled = new Map<string, RegExp>();

function fullRegex(source: string): RegExp {
  let regex = compiled.get(source);
  if (!regex) {
    regex = new RegExp(`^(?:${source})$`);
    compiled.set(source, regex);
  }
  return regex;
}

/** Istio's string match; one without a kind (`{}`) matches whatever is present. */
export function stringMatches(
  match: StringMatch,
  value: string | undefined,
  ignoreCase = false,
): boolean {
  if (value === undefined) {
    return false;
  }
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (match.exact !== undefined) {
    return fold(value) === fold(match.exact);
  }
  if (match.prefix !== undefined) {
    return fold(value).startsWith(fold(match.prefix));
  }
  if (match.regex !== undefined) {
    return fullRegex(match.regex).test(value);
  }
  return true;
}

const NONE: Readonly<Record<string, never>> = {};

/** Whether one entry of a rule's `match` fits; all its conditions must. */
export function httpMatches(
  match: HttpMatch,
  request: RequestShape,
  origin: RequestOrigin,
  port: number,
): boolean {
  return (
    pathMatches(match, request.path) &&
    (!match.method || stringMatches(match.method, request.method)) &&
    (!match.authority || stringMatches(match.authority, request.authority)) &&
    (match.port === undefined || match.port === port) &&
    (match.sourceNamespace === undefined ||
      match.sourceNamespace === origin.namespace) &&
    (!match.gateways?.length ||
      match.gateways.some(gateway => origin.gateways.includes(gateway))) &&
    labelsMatch(match.sourceLabels, origin.labels) &&
    Object.entries(match.headers ?? NONE).every(([name, value]) =>
      stringMatches(value, request.headers[name.toLowerCase()]),
    ) &&
    !Object.entries(match.withoutHeaders ?? NONE).some(([name, value]) =>
      stringMatches(value, request.headers[name.toLowerCase()]),
    )
  );
}
function pathMatches(match: HttpMatch, path: string): boolean {
  if (!match.uri && !match.queryParams) {
    return true;
  }
  const [plain, query = ''] = path.split('?', 2);
  return (
    (!match.uri || stringMatches(match.uri, plain, match.ignoreUriCase)) &&
    queryMatches(match.queryParams, query)
  );
}

function labelsMatch(
  wanted: Record<string, string> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted ?? NONE).every(
    ([key, value]) => labels[key] === value,
  );
}

function queryMatches(
  wanted: Record<string, StringMatch> | undefined,
  query: string,
): boolean {
  if (!wanted) {
    return true;
  }
  const params = new URLSearchParams(query);
  return Object.entries(wanted).every(([name, match]) =>
    stringMatches(match, params.get(name) ?? undefined),
  );
}
