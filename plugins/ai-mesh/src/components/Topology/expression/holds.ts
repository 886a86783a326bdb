import type {
  Measured,
  TopologyEdge,
  TopologyNode,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { protectionOf } from '../../Marks';
import { edgeHealth } from '../edgeHealth';
import type {
  Expression,
  Mark,
  NumberField,
  Operator,
  TextField,
} from './Expression';

/** Undefined: not known, or nothing that it is asked of. */
type Truth = boolean | undefined;

interface Subject {
  /** What a word is looked for in. */
  names: string;
  text(field: TextField): readonly string[] | undefined;
  traffic: Traffic;
  is(mark: Mark): Truth;
}

/** Whether an expression holds of a service or caller. What is not known holds neither, nor does its opposite. */
export function holdsOfNode(
  expression: Expression,
  node: TopologyNode,
): boolean {
  const { name, namespace, entityRef = '', versions, cluster } = node;
  return (
    truth(expression, {
      names: `${namespace ?? ''}/${name} ${entityRef}`,
      traffic: node.traffic,
      text: field =>
        ({
          name: [name],
          namespace: namespace === undefined ? undefined : [namespace],
          // Nobody knows of a host outside the mesh, nor of any moment of a replay.
          version:
            versions.length > 0 ? versions.map(one => one.name) : undefined,
          cluster: [cluster],
        })[field],
      is(mark) {
        switch (mark) {
          case 'plaintext':
            return undefined;
          case 'idle':
            return node.tcp ? false : isIdle(node.traffic);
          case 'external':
            return node.kind === 'external';
          default:
            return node.health.status === mark;
        }
      },
    }) === true
  );
}

/** Whether an expression holds of a call, which has no name of its own. */
export function holdsOfEdge(
  expression: Expression,
  edge: TopologyEdge,
): boolean {
  return (
    truth(expression, {
      names: '',
      traffic: edge.traffic,
      text: () => undefined,
      is(mark) {
        switch (mark) {
          case 'plaintext': {
            const protection = protectionOf(edge.encryption);
            return protection === 'unknown'
              ? undefined
              : protection !== 'encrypted';
          }
          case 'idle':
            return edge.tcp ? false : isIdle(edge.traffic);
          case 'external':
            return undefined;
          default:
            return edgeHealth(edge) === mark;
        }
      },
    }) === true
  );
}

function truth(expression: Expression, subject: Subject): Truth {
  switch (expression.kind) {
    case 'and':
      return all(expression.parts.map(part => truth(part, subject)));
    case 'or':
      return not(all(expression.parts.map(part => not(truth(part, subject)))));
    case 'not':
      return not(truth(expression.part, subject));
    case 'word':
      return subject.names === ''
        ? undefined
        : subject.names.toLowerCase().includes(expression.word.toLowerCase());
    case 'text': {
      const found = subject
        .text(expression.field)
        ?.some(value => isLike(value, expression.pattern));
      return expression.operator === '=' ? found : not(found);
    }
    case 'number': {
      const value = numberOf(subject.traffic, expression.field);
      return value.status === 'known'
        ? compare(value.value, expression.operator, expression.value)
        : undefined;
    }
    default:
      return subject.is(expression.mark);
  }
}

/** Of three-valued truths (Kleene). */
function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) {
    return false;
  }
  return truths.includes(undefined) ? undefined : true;
}

function not(value: Truth): Truth {
  return value === undefined ? undefined : !value;
}

function isIdle({ requestsPerSecond }: Traffic): Truth {
  if (requestsPerSecond.status === 'known') {
    return requestsPerSecond.value === 0;
  }
  return requestsPerSecond.reason === 'no-traffic' ? true : undefined;
}

function numberOf(traffic: Traffic, field: NumberField): Measured<number> {
  switch (field) {
    case 'errors':
      return traffic.errorRatio;
    case 'rate':
      return traffic.requestsPerSecond;
    default: {
      const latency = traffic[field];
      return latency.status === 'known'
        ? { status: 'known', value: latency.value.valueMs }
        : latency;
    }
  }
}

function compare(value: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '=':
      return value === bound;
    default:
      return value !== bound;
  }
}

/**
 * Whether a name is as written, where `*` stands for any characters. Each part is looked for once, at the first place
 * behind the one before: a regular expression would try every place of each, for as long as a link's author likes.
 */
function isLike(name: string, written: string): boolean {
  const text = name.toLowerCase();
  const [first, ...rest] = written.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
