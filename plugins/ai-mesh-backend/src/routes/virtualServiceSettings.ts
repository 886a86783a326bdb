import type { Field } from './Field';
import type { RouteSettings } from './RouteSource';

type HostOf = (host: string) => string;

/** What an http rule of a VirtualService says of a request's handling. */
export function httpSettings(rule: Field, hostOf: HostOf): RouteSettings {
  const mirrors = readMirrors(rule, hostOf);
  const headers = readHeaders(rule, hostOf);
  const actions = readActions(rule);
  return {
    timeoutMs: rule.at('timeout').durationMs(),
    retries: readRetries(rule.at('retries')),
    fault: readFault(rule.at('fault')),
    mirrors: mirrors.length > 0 ? mirrors : undefined,
    headers: headers.length > 0 ? headers : undefined,
    rewrite: readRewrite(rule.at('rewrite')),
    actions: actions.length > 0 ? actions : undefined,
  };
}

function readRetries(retries: Field): RouteSettings['retries'] {
  if (!retries.present) {
    return undefined;
  }
  return {
    // Istio reads a block without attempts as one that turns retries off.
    attempts: retries.at('attempts').integer() ?? 0,
    perTryTimeoutMs: retries.at('perTryTimeout').durationMs(),
    retryOn: (retries.at('retryOn').text() ?? '')
      .split(',')
      .map(condition => condition.trim())
      .filter(Boolean),
  };
}

function readFault(fault: Field): RouteSettings['fault'] {
  const delay = fault.at('delay');
  const abort = fault.at('abort');
  const fixedDelayMs = delay.at('fixedDelay').durationMs();
  const status = abort.present ? abortStatus(abort) : undefined;
  if (fixedDelayMs === undefined && status === undefined) {
    return undefined;
  }
  return {
    ...(fixedDelayMs !== undefined && {
      delay: { fixedDelayMs, percent: faultPercent(delay) },
    }),
    ...(status !== undefined && {
      abort: { status, percent: faultPercent(abort) },
    }),
  };
}

function abortStatus(abort: Field): string | undefined {
  const status = abort.at('httpStatus').integer();
  return status === undefined ? abort.at('grpcStatus').text() : String(status);
}

/** Without a percentage a fault hits no request. `percent` is the older field. */
function faultPercent(fault: Field): number {
  return (
    fault.at('percentage').at('value').number() ??
    fault.at('percent').number() ??
    0
  );
}

function readMirrors(
  rule: Field,
  hostOf: HostOf,
): NonNullable<RouteSettings['mirrors']> {
  const mirror = (target: Field, percent: number | undefined) => {
    const host = target.at('host').text();
    const subset = target.at('subset').text();
    const port = target.at('port').at('number').integer();
    return host === undefined
      ? []
      : [
          {
            host: hostOf(host),
            ...(subset && { subset }),
            ...(port !== undefined && { port }),
            // Without a percentage every request is mirrored.
            percent: percent ?? 100,
          },
        ];
  };
  const single = rule.at('mirror');
  return [
    ...(single.present
      ? mirror(
          single,
          rule.at('mirrorPercentage').at('value').number() ??
            rule.at('mirrorPercent').number(),
        )
      : []),
    ...rule
      .at('mirrors')
      .list()
      .flatMap(item =>
        mirror(
          item.at('destination'),
          item.at('percentage').at('value').number(),
        ),
      ),
  ];
}

function readHeaders(rule: Field, hostOf: HostOf): string[] {
  return [
    ...headerChanges(rule.at('headers')),
    ...rule
      .at('route')
      .list()
      .flatMap(route => {
        const changes = headerChanges(route.at('headers'));
        if (changes.length === 0) {
          return [];
        }
        const destination = route.at('destination');
        const target =
          destination.at('subset').text() ??
          hostOf(destination.at('host').text() ?? '');
        return changes.map(change => `${target}: ${change}`);
      }),
  ];
}

function headerChanges(headers: Field): string[] {
  return ['request', 'response'].flatMap(direction => {
    const changes = headers.at(direction);
    const written = (verb: string) =>
      Object.entries(changes.at(verb).textMap()).map(
        ([name, value]) => `${direction} ${verb} ${name}: ${value}`,
      );
    return [
      ...written('set'),
      ...written('add'),
      ...changes
        .at('remove')
        .texts()
        .map(name => `${direction} remove ${name}`),
    ];
  });
}

function readRewrite(rewrite: Field): string | undefined {
  const uri = rewrite.at('uri').text();
  const authority = rewrite.at('authority').text();
  const regex = rewrite.at('uriRegexRewrite');
  const parts = [
    ...(uri === undefined ? [] : [`path → ${uri}`]),
    ...(regex.present
      ? [
          `path ${regex.at('match').text() ?? ''} → ${regex.at('rewrite').text() ?? ''}`,
        ]
      : []),
    ...(authority === undefined ? [] : [`host → ${authority}`]),
  ];
  return parts.length > 0 ? `rewrite ${parts.join(', ')}` : undefined;
}

function readActions(rule: Field): string[] {
  const redirect = rule.at('redirect');
  const response = rule.at('directResponse');
  return [
    ...(redirect.present ? [readRedirect(redirect)] : []),
    ...(response.present
      ? [`directResponse ${response.at('status').integer() ?? ''}`]
      : []),
    ...(rule.at('corsPolicy').present ? ['corsPolicy'] : []),
  ];
}

function readRedirect(redirect: Field): string {
  const scheme = redirect.at('scheme').text();
  const authority = redirect.at('authority').text();
  const port = redirect.at('port').integer();
  const target = [
    ...(scheme ? [`scheme ${scheme}`] : []),
    ...(authority ? [`host ${authority}`] : []),
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(redirect.at('uri').present
      ? [`path ${redirect.at('uri').text() ?? ''}`]
      : []),
  ];
  return `redirect ${redirect.at('redirectCode').integer() ?? 301} → ${target.join(', ')}`;
}
