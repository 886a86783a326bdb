import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { subjectOf } from '../__testUtils__/reviewOf';
import { ruleConflicts } from './ruleConflicts';

const service = `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec: { selector: { app: chat }, ports: [{ name: http, port: 80 }] }
---
`;
const rule = (name: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: ${name} }
spec: { host: chat }
---
`;

it('names three rivals of each rule, and says that there are more', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const subject = subjectOf(
    snapshotOfObjects(objectsFromYaml(service + names.map(rule).join(''))),
  );
  const found = [...ruleConflicts.analyze(subject)].flatMap(one =>
    'gap' in one || one.key !== 'AIM311.conflict'
      ? []
      : `${one.object.metadata.name} ${one.about}${one.evidence ? ' and more' : ''}`,
  );
  expect(found).toEqual([
    'b a',
    'c a',
    'c b',
    'd a',
    'd b',
    'd c',
    'e a',
    'e b',
    'e c and more',
  ]);
});
