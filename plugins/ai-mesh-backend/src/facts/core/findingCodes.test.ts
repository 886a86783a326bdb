import type { Finding, FindingCode } from '@ai-mesh/plugin-ai-mesh-common';
import { findingCodes } from './findingCodes';

const finding = (code: FindingCode, more: Partial<Finding> = {}) =>
  ({ code, ...more }) as Finding;

it('names the code of each finding once, and of none that an annotation silences', () => {
  const suppressedBy = { object: {} } as Finding['suppressedBy'];
  expect(
    findingCodes({
      findings: [
        finding('AIM401'),
        finding('AIM103'),
        finding('AIM103', { suppressedBy }),
        finding('AIM103'),
        finding('AIM201', { suppressedBy }),
      ],
    }),
  ).toEqual(['AIM103', 'AIM401']);
});
