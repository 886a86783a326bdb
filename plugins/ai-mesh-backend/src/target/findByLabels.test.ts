import fc from 'fast-check';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { workloadOfPod } from '../kubernetes/workloadOfPod';
import { workloadKey } from '../kubernetes/workloads';
import { findByLabels } from './findByLabels';
import { meets, parseLabelSelector } from './LabelSelector';

const KIND = { apiVersion: 'v1', kind: 'Any' };
const key = fc.constantFrom('app', 'tier', 'env');
const value = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(key, value, { maxKeys: 3 });
const values = fc.array(value, { minLength: 1, maxLength: 3 });
const condition = fc.oneof(
  fc.tuple(key, value).map(([one, is]) => `${one}=${is}`),
  fc.tuple(key, value).map(([one, is]) => `${one}!=${is}`),
  fc.tuple(key, values).map(([one, are]) => `${one} in (${are})`),
  fc.tuple(key, values).map(([one, are]) => `${one} notin (${are})`),
  key,
  key.map(one => `!${one}`),
);
const object = fc.record({
  namespace: fc.constantFrom('x', 'y'),
  own: labels,
  template: labels,
});

it('finds what meets every condition, whatever the conditions', () => {
  fc.assert(
    fc.property(
      fc.array(object, { maxLength: 8 }),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('x', undefined),
      (objects, conditions, namespace) => {
        const named = objects.map((one, index) => ({
          ...one,
          metadata: {
            namespace: one.namespace,
            name: `o${index}`,
            labels: one.own,
          },
        }));
        const snapshot = snapshotOf({
          Service: named.map(({ metadata }) => ({ ...KIND, metadata })),
          Pod: named.map(({ metadata }) => ({ ...KIND, metadata })),
          Deployment: named.map(({ metadata, template }) => ({
            ...KIND,
            metadata,
            spec: { template: { metadata: { labels: template } } },
          })),
        });
        const selector = conditions.join(',');
        const requirements = parseLabelSelector(selector);
        const { services, workloads } = findByLabels(snapshot, {
          annotation: '',
          value: selector,
          find: 'labels',
          selector,
          requirements,
          namespace,
        });
        const there = named.filter(
          one => (namespace ?? one.namespace) === one.namespace,
        );
        const labelled = there.filter(one => meets(one.own, requirements));
        const byTemplate = there.filter(
          one =>
            meets(one.own, requirements) || meets(one.template, requirements),
        );
        expect(services.map(({ name }) => name).sort()).toEqual(
          labelled.map(({ metadata }) => metadata.name).sort(),
        );
        expect(workloads.map(workloadKey).sort()).toEqual(
          [
            ...byTemplate.map(({ metadata: { namespace: at, name } }) =>
              workloadKey({ kind: 'Deployment', namespace: at, name }),
            ),
            ...labelled.map(({ metadata }) =>
              workloadKey(workloadOfPod({ ...KIND, metadata })),
            ),
          ].sort(),
        );
      },
    ),
  );
});
