import { appliedVersionOf } from '../../kubernetes/appliedVersion';
import type { Analyzer } from '../Analyzer';
import { relatedObjects } from '../relatedObjects';
import { placeOf } from '../subjectRules';

const ALPHA = /\/v\d+alpha\d+$/;

/** AIM701: an object that is written in an alpha version, as it was last applied or as it is served. */
export const oldApiVersion: Analyzer = {
  codes: ['AIM701'],
  needs: [],
  *analyze(subject) {
    for (const object of relatedObjects(subject)) {
      const old = [appliedVersionOf(object), object.apiVersion].find(
        version => version !== undefined && ALPHA.test(version),
      );
      if (old === undefined) {
        continue;
      }
      yield {
        key: 'AIM701',
        object,
        path: 'apiVersion',
        params: { object: placeOf(object, ''), version: old },
        // A patch cannot change it: the version is that of whoever applies the manifest.
        fix: {
          apply: { ...object, apiVersion: old.replace(ALPHA, '/v1') },
          writtenIn: old,
        },
      };
    }
  },
};
