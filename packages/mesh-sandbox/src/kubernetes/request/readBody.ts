import { Request } from 'express';
import { parse as parseYaml } from 'yaml';
import { badRequest, unsupportedMediaType } from '../status/refusals';

/** The media type of a request's body, without its parameters. */
export function mediaType(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';')[0].trim();
}

/** The body as text; empty where there is none. Needs `express.raw`. */
function textOf(request: Request): string {
  return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
}

/**
 * A body that is JSON, or YAML where the media type says so.
 *
 * @throws ApiError 400 where it cannot be parsed, 415 where its media type is not one of `accepted`
 */
export function readBody(
  request: Request,
  accepted: readonly string[] = ['application/json', 'application/yaml'],
): unknown {
  const type = mediaType(request) || 'application/json';
  if (!accepted.includes(type)) {
    throw unsupportedMediaType(accepted);
  }
  const text = textOf(request);
  try {
    return type.endsWith('yaml') ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `the body of the request could not be parsed as ${type}: ${(error as Error).message}`,
    );
  }
}

/** As {@link readBody}, but `undefined` where there is no body. */
export function readOptionalBody(request: Request): unknown {
  return textOf(request) === '' ? undefined : readBody(request);
}
