import { Pod } from '../mesh';
import { connect } from './connect';
import { InboundProxy } from './InboundProxy';
import { MeshRequest, MeshResponse, Pending } from './messages';
import { ResolvedAsk } from './ResolvedAsk';
import { TrafficContext } from './TrafficContext';
import { externalWork } from './work';

const NOTHING: Pending = { abort: () => undefined };

/** Sends a request without a proxy: Kubernetes takes any pod, and routes, subsets and breakers do not exist. */
export function sendDirectly(
  context: TrafficContext,
  inbound: InboundProxy,
  from: Pod,
  ask: ResolvedAsk,
  request: MeshRequest,
  done: (response: MeshResponse) => void,
): Pending {
  const { random, simulation } = context;
  const { service } = ask;
  if (service?.external) {
    const work = externalWork(context, from.workload, service.host, request);
    const answered = simulation.schedule(work.durationMs, () => done(work));
    return { abort: () => answered.cancel() };
  }
  const cluster = ask.cluster(ask.plainRoute.destinations[0]);
  const pods = (cluster?.pods ?? []).filter(
    // Kubernetes knows the pods of its own cluster alone.
    ({ workload }) => workload.cluster === from.workload.cluster,
  );
  if (!cluster || pods.length === 0) {
    done({ status: 0 });
    return NOTHING;
  }
  const to = random.pick(pods);
  if (connect(context, from, cluster, to) === 'refused') {
    // The callee's proxy closes the connection before there is a request that anybody could count.
    done({ status: 0 });
    return NOTHING;
  }
  return inbound.deliver(
    {
      from,
      to,
      service: cluster.service,
      port: cluster.port.targetPort,
      mutualTls: false,
      request,
    },
    done,
  );
}
