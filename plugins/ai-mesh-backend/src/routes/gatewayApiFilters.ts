import type { Field } from './Field';
import type { CandidateDestination, RouteSettings } from './RouteSource';

type Locate = (backend: Field) => CandidateDestination | undefined;

/** What the filters of a Gateway API rule (or of one backend) do to a request. */
export function filterSettings(filters: Field, locate: Locate): RouteSettings {
  const headers: string[] = [];
  const actions: string[] = [];
  const mirrors: NonNullable<RouteSettings['mirrors']> = [];
  for (const filter of filters.list()) {
    const type = filter.at('type').text();
    switch (type) {
      case 'RequestHeaderModifier':
        headers.push(
          ...headerChanges('request', filter.at('requestHeaderModifier')),
        );
        break;
      case 'ResponseHeaderModifier':
        headers.push(
          ...headerChanges('response', filter.at('responseHeaderModifier')),
        );
        break;
      case 'RequestRedirect':
        actions.push(redirect(filter.at('requestRedirect')));
        break;
      case 'URLRewrite':
        actions.push(rewrite(filter.at('urlRewrite')));
        break;
      case 'RequestMirror': {
        const mirror = filter.at('requestMirror');
        const target = locate(mirror.at('backendRef'));
        if (target) {
          const { host, kind, port } = target;
          mirrors.push({
            host,
            ...(kind && { kind }),
            ...(port !== undefined && { port }),
            percent: mirrorPercent(mirror),
          });
        }
        break;
      }
      case 'ExtensionRef': {
        const ref = filter.at('extensionRef');
        actions.push(
          `extensionRef ${ref.at('kind').text() ?? ''} ${ref.at('name').text() ?? ''}`.trim(),
        );
        break;
      }
      default:
        if (type !== undefined) {
          actions.push(`filter ${type}`);
        }
    }
  }
  return {
    headers: headers.length > 0 ? headers : undefined,
    actions: actions.length > 0 ? actions : undefined,
    mirrors: mirrors.length > 0 ? mirrors : undefined,
  };
}

function headerChanges(direction: string, modifier: Field): string[] {
  const written = (verb: string) =>
    modifier
      .at(verb)
      .list()
      .map(
        header =>
          `${direction} ${verb} ${header.at('name').text() ?? ''}: ${header.at('value').text() ?? ''}`,
      );
  return [
    ...written('set'),
    ...written('add'),
    ...modifier
      .at('remove')
      .texts()
      .map(name => `${direction} remove ${name}`),
  ];
}

function redirect(field: Field): string {
  const target = ['scheme', 'hostname', 'port']
    .map(key => ({ key, value: field.at(key).value }))
    .filter(
      ({ value }) => typeof value === 'string' || typeof value === 'number',
    )
    .map(({ key, value }) => `${key === 'hostname' ? 'host' : key} ${value}`);
  return `redirect ${field.at('statusCode').integer() ?? 302} → ${[
    ...target,
    ...pathChange(field.at('path')),
  ].join(', ')}`;
}

function rewrite(field: Field): string {
  const host = field.at('hostname').text();
  return `rewrite ${[
    ...pathChange(field.at('path')),
    ...(host === undefined ? [] : [`host → ${host}`]),
  ].join(', ')}`;
}

function pathChange(path: Field): string[] {
  const full = path.at('replaceFullPath').text();
  const prefix = path.at('replacePrefixMatch').text();
  if (full !== undefined) {
    return [`path → ${full}`];
  }
  return prefix === undefined ? [] : [`path prefix → ${prefix}`];
}

function mirrorPercent(mirror: Field): number {
  const fraction = mirror.at('fraction');
  const numerator = fraction.at('numerator').number();
  const denominator = fraction.at('denominator').number() ?? 100;
  return numerator !== undefined && denominator > 0
    ? (numerator / denominator) * 100
    : (mirror.at('percent').number() ?? 100);
}
