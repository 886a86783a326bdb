import { snapshotFromYaml } from './__testUtils__/snapshotFromYaml';
import { meshConfig } from './meshConfig';

function configMap(name: string, mesh: string, namespace = 'istio-system') {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { namespace: ${namespace}, name: ${name} }
data: { mesh: ${JSON.stringify(mesh)} }
---`;
}

const trustDomainOf = (yaml: string, namespace = 'ai') =>
  meshConfig(snapshotFromYaml(yaml), namespace)?.trustDomain;

describe('the configuration of the mesh', () => {
  it.each<[string, string, string | undefined]>([
    ['nobody can read it', '', undefined],
    [
      'it says so',
      configMap('istio', 'trustDomain: td1.example'),
      'td1.example',
    ],
    [
      'it says nothing',
      configMap('istio', 'rootNamespace: x'),
      'cluster.local',
    ],
    [
      'there is one revision alone',
      configMap('istio-1-30', 'trustDomain: td1.example'),
      'td1.example',
    ],
    [
      'the revisions agree',
      configMap('istio', 'trustDomain: td1.example') +
        configMap('istio-canary', 'trustDomain: td1.example'),
      'td1.example',
    ],
    [
      'the revisions differ, and the namespace belongs to the default one',
      configMap('istio', 'trustDomain: td1.example') +
        configMap('istio-canary', 'trustDomain: td2.example'),
      'td1.example',
    ],
    [
      'the revisions differ, and a label names one',
      `${configMap('istio', 'trustDomain: td1.example')}${configMap('istio-canary', 'trustDomain: td2.example')}
apiVersion: v1
kind: Namespace
metadata: { name: ai, labels: { istio.io/rev: canary } }
---`,
      'td2.example',
    ],
    [
      'the revisions differ, and a label names a tag',
      `${configMap('istio', 'trustDomain: td1.example')}${configMap('istio-canary', 'trustDomain: td2.example')}
apiVersion: v1
kind: Namespace
metadata: { name: ai, labels: { istio.io/rev: prod } }
---`,
      undefined,
    ],
    ['it is no YAML', configMap('istio', '{ trustDomain'), undefined],
    [
      'it is no YAML, and another revision’s is',
      configMap('istio', '{ trustDomain') +
        configMap('istio-canary', 'trustDomain: td2.example'),
      undefined,
    ],
    [
      'another revision’s is no YAML',
      configMap('istio', 'trustDomain: td1.example') +
        configMap('istio-canary', '{ trustDomain'),
      'td1.example',
    ],
    ['it is a list', configMap('istio', '[1]'), undefined],
    [
      'it lies elsewhere',
      configMap('istio', 'trustDomain: td1.example', 'ai'),
      undefined,
    ],
  ])('where %s: %s%s', (_, yaml, expected) => {
    expect(trustDomainOf(yaml)).toBe(expected);
  });
});
