import { notAcceptable } from '../status/refusals';

/** How an answer is to be written. */
export type Representation =
  { as: 'object' } | { as: 'table' } | { as: 'metadata' } | { as: 'discovery' };

const transforms: Record<string, Representation> = {
  Table: { as: 'table' },
  PartialObjectMetadata: { as: 'metadata' },
  PartialObjectMetadataList: { as: 'metadata' },
  APIGroupDiscoveryList: { as: 'discovery' },
};

/**
 * The first representation of an `Accept` header that the server can give.
 *
 * @throws ApiError 406 where it can give none, such as for protobuf alone
 */
export function negotiate(accept: string | undefined): Representation {
  for (const choice of (accept || '*/*').split(',')) {
    const [type, ...parameters] = choice.split(';').map(part => part.trim());
    if (['application/json', 'application/*', '*/*'].includes(type)) {
      const asked = new Map(
        parameters.map(parameter => {
          const [name, value] = parameter.split('=');
          return [name, value];
        }),
      );
      const as = asked.get('as');
      if (as === undefined) {
        return { as: 'object' };
      }
      // Of aggregated discovery only its stable version is written.
      if (transforms[as] && asked.get('v') !== 'v2beta1') {
        return transforms[as];
      }
    }
  }
  throw notAcceptable();
}
