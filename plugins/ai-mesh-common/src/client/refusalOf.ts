import { ResponseError } from '@backstage/errors';

/**
 * The error of an answer that is not ok, with the backend's own words as its message: they say what to do, where
 * Backstage's client would say `Request failed with 404`. A page of something in between (a proxy's HTML) says nothing
 * to a person, so its status stays the message.
 *
 * @public
 */
export async function refusalOf(response: Response): Promise<ResponseError> {
  const isJson = response.headers
    .get('content-type')
    ?.startsWith('application/json');
  const error = await ResponseError.fromResponse(response);
  if (isJson && error.cause.message) {
    error.message = error.cause.message;
  }
  return error;
}
