import { Request } from 'express';
import { GraphOptions } from './buildGraph';
import { GraphType } from './GraphNodes';
import { durationSeconds } from './numbers';

/** A request that Kiali refuses. */
export class KialiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Some refusals are a bare JSON string. */
    readonly bare = false,
  ) {
    super(message);
  }
}

const GRAPH_TYPES: GraphType[] = ['app', 'service', 'versionedApp', 'workload'];
const APPENDERS = [
  'aggregateNode',
  'ambient',
  'deadNode',
  'health',
  'idleNode',
  'istio',
  'labeler',
  'meshCheck',
  'responseTime',
  'securityPolicy',
  'serviceEntry',
  'throughput',
  'workloadEntry',
];

/** Query parameters, read as Kiali reads them. */
export class KialiQuery {
  constructor(private readonly request: Request) {}

  text(name: string): string | undefined {
    const value = this.request.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  list(name: string, separator = ','): string[] | undefined {
    return this.text(name)
      ?.split(separator)
      .map(one => one.trim());
  }

  /** @throws KialiError 400 where it is none of those allowed */
  oneOf<T extends string>(name: string, allowed: readonly T[], usual: T): T {
    const value = this.text(name);
    const found = allowed.find(one => one === value);
    if (value !== undefined && !found) {
      throw new KialiError(400, `Invalid ${name} [${value}]`);
    }
    return found ?? usual;
  }

  seconds(name: string, usual: string): number {
    const text = this.text(name) ?? usual;
    const seconds = durationSeconds(text);
    if (seconds === undefined) {
      throw new KialiError(400, `Invalid ${name} [${text}]`);
    }
    return seconds;
  }

  /** @throws KialiError 400 for a parameter that is not documented */
  allowOnly(names: readonly string[]): void {
    const stranger = Object.keys(this.request.query).find(
      name => !names.includes(name),
    );
    if (stranger) {
      throw new KialiError(400, `Unknown query parameter [${stranger}]`);
    }
  }

  graph(): Omit<GraphOptions, 'namespaces' | 'cluster' | 'hash'> {
    const appenders = this.list('appenders');
    const stranger = appenders?.find(name => !APPENDERS.includes(name));
    if (stranger) {
      throw new KialiError(400, `Invalid appender [${stranger}]`);
    }
    const queryTime = this.text('queryTime');
    if (queryTime !== undefined && !/^\d+$/.test(queryTime)) {
      throw new KialiError(400, `Invalid queryTime [${queryTime}]`);
    }
    const graphType = this.oneOf('graphType', GRAPH_TYPES, 'workload');
    return {
      durationSeconds: this.seconds('duration', '10m'),
      graphType,
      injectServiceNodes:
        this.oneOf('injectServiceNodes', ['true', 'false'], 'false') === 'true',
      boxByApp:
        graphType === 'versionedApp' &&
        (this.list('boxBy') ?? []).includes('app'),
      appenders,
      responseTime: this.oneOf('responseTime', ['avg', '50', '95', '99'], '95'),
    };
  }
}
