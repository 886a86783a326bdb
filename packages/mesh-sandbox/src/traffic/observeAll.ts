import { TrafficObserver } from './TrafficObserver';

/** One observer that tells several, each of what it listens to. */
export function observeAll(
  observers: readonly Partial<TrafficObserver>[],
): TrafficObserver {
  return {
    request: report => observers.forEach(one => one.request?.(report)),
    connectionOpened: report =>
      observers.forEach(one => one.connectionOpened?.(report)),
    connectionClosed: (report, sent, received) =>
      observers.forEach(one => one.connectionClosed?.(report, sent, received)),
    modelCalled: call => observers.forEach(one => one.modelCalled?.(call)),
    modelServed: served => observers.forEach(one => one.modelServed?.(served)),
    answered: answer => observers.forEach(one => one.answered?.(answer)),
  };
}

/** Tells an observer of what the proxies and applications of one cluster report, and of nothing else. */
export function observeCluster(
  cluster: string,
  observer: TrafficObserver,
): TrafficObserver {
  return {
    request: report =>
      report.proxy.cluster === cluster && observer.request(report),
    connectionOpened: report =>
      report.proxy.cluster === cluster && observer.connectionOpened(report),
    connectionClosed: (report, sent, received) =>
      report.proxy.cluster === cluster &&
      observer.connectionClosed(report, sent, received),
    modelCalled: call =>
      call.pod.workload.cluster === cluster && observer.modelCalled(call),
    modelServed: served =>
      served.pod.workload.cluster === cluster && observer.modelServed(served),
    answered: answer =>
      answer.pod.workload.cluster === cluster && observer.answered(answer),
  };
}
