import { readFileSync } from 'fs';
import { resolve } from 'path';
import { applyPatch as reference } from 'fast-json-patch';
import { findingMessages } from '@ai-mesh/plugin-ai-mesh-common';
import { objectsFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { KubernetesObject } from '../kubernetes/kinds';
import {
  breakerCases,
  otherCases,
  routeCases,
  type Case,
} from './__testUtils__/cases';
import { effectCases } from './__testUtils__/effectCases';
import { meshCases } from './__testUtils__/meshCases';
import { objectCases } from './__testUtils__/objectCases';
import { policyCases } from './__testUtils__/policyCases';
import { reviewOf } from './__testUtils__/reviewOf';
import { soundMesh } from './__testUtils__/soundMesh';
import { codesIn, theirCodes } from './__testUtils__/theirCodes';

const cases = [
  ...routeCases,
  ...breakerCases,
  ...otherCases,
  ...effectCases,
  ...objectCases,
  ...meshCases,
  ...policyCases,
];

function review({ changes, more, options }: Case) {
  return reviewOf(soundMesh(changes, more), options);
}

/** What istioctl and Kiali call the findings. */
function theirNames(entry: Case): string[] {
  return review(entry)
    .findings.filter(({ equivalents }) => equivalents.length > 0)
    .map(
      ({ messageKey, object: { kind, name }, equivalents }) =>
        `${messageKey} ${kind}/${name} ${equivalents.join(' ')}`,
    )
    .sort();
}

/** A finding wherever it may have moved to. */
function names(findings: { messageKey: string; object: { name: string } }[]) {
  return findings.map(
    ({ messageKey, object }) => `${messageKey} ${object.name}`,
  );
}

/** What of the second list is not in the first, one by one. */
function added(before: string[], after: string[]): string[] {
  const left = [...before];
  return after.filter(name => {
    const index = left.indexOf(name);
    if (index >= 0) {
      left.splice(index, 1);
    }
    return index < 0;
  });
}

it('have a case for every message', () => {
  const seen = cases.flatMap(({ finds }) =>
    finds.map(key => key.split(' ')[0]),
  );
  expect(
    Object.keys(findingMessages).filter(key => !seen.includes(key)),
  ).toEqual([]);
});

describe.each(cases)('$what', entry => {
  it('is found, and nothing else', () => {
    const { findings, unreadable } = review(entry);
    expect(unreadable).toEqual([]);
    expect(
      findings
        .map(({ messageKey, path }) => `${messageKey} ${path}`.trim())
        .sort(),
    ).toEqual([...entry.finds].sort());
  });

  it('is called what istioctl and Kiali call it', () => {
    const called = theirNames(entry);
    expect(called).toEqual([...(entry.theirs ?? called)].sort());
  });

  it('is told in words without holes', () => {
    for (const { message } of review(entry).findings) {
      expect(message).not.toMatch(/\{\{|undefined|NaN/);
    }
  });

  it('is gone once its fix is applied, and nothing comes instead', () => {
    const objects = soundMesh(entry.changes, entry.more);
    const { findings } = review(entry);
    for (const { id, fix, ...finding } of findings) {
      if (!fix) {
        continue;
      }
      const isTarget = (object: KubernetesObject) =>
        object.kind === fix.object.kind &&
        object.metadata.name === fix.object.name &&
        object.metadata.namespace === fix.object.namespace;
      const target = objects.find(isTarget);
      const [fromYaml] = objectsFromYaml(fix.yaml);
      expect(fix.yaml).not.toContain('resourceVersion');
      expect(
        fix.jsonPatch !== undefined ||
          target === undefined ||
          finding.code === 'AIM701',
      ).toBe(true);
      const changed = fix.jsonPatch
        ? reference(structuredClone(target!), fix.jsonPatch, true).newDocument
        : fromYaml;
      expect(changed.spec).toEqual(fromYaml.spec);
      const after = reviewOf(
        [...objects.filter(object => !isTarget(object)), changed],
        { ...entry.options, ...entry.afterwards },
      );
      expect(after.unreadable).toEqual([]);
      expect({
        id,
        added: added(names(findings), names(after.findings)),
      }).toEqual({
        id,
        added: [],
      });
      const same = names([{ ...finding, object: finding.object }])[0];
      // One change may answer several findings of a kind.
      expect(
        names(after.findings).filter(name => name === same).length,
      ).toBeLessThan(names(findings).filter(name => name === same).length);
    }
  });
});

describe('every code that the review claims to know', () => {
  it('is that of a finding in some case', () => {
    const found = new Set(
      cases
        .filter(({ finds }) => finds.length > 0)
        .flatMap(
          (entry): readonly string[] => entry.theirs ?? theirNames(entry),
        )
        .flatMap(name => codesIn(name)),
    );
    expect(theirCodes.filter(code => !found.has(code))).toEqual([]);
  });

  it('stands in the page on agreement', () => {
    const written = new Set(
      codesIn(
        readFileSync(
          resolve(__dirname, '../../../../docs/agreement.md'),
          'utf8',
        ),
      ),
    );
    expect(theirCodes.filter(code => !written.has(code))).toEqual([]);
  });
});
