import {
  known,
  said,
  unknown,
  wording,
  type Certificate,
  type Certificates,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry/RateRow';
import {
  FIGURE_LABEL,
  NAMESPACE_LABELS,
  POD_LABELS,
} from './certificateQueries';
import type { MeshWorkload } from './MeshWorkload';

/** A workload's certificate lives 24 h and is renewed at about half of that. */
const SOON_SECONDS = 3600;
const ROOT_SOON_SECONDS = 30 * 86_400;
/** Watching looks once in so long. */
const WATCH_STEP_SECONDS = 1800;
/** Scrapes and clocks differ by seconds; a renewal moves the expiry by hours. */
const MOVED_SECONDS = 600;

export interface CertificateInputs {
  readonly workloads: readonly MeshWorkload[];
  /** Of the certificates query. */
  readonly proxies: Measured<readonly RateRow[]>;
  /** Of the control plane query. */
  readonly controlPlane: Measured<readonly RateRow[]>;
  readonly now: Date;
}

/** When certificates end, whether they are renewed, and which proxies run on an old configuration. */
export function certificates(inputs: CertificateInputs): Certificates {
  const { workloads, proxies, controlPlane, now } = inputs;
  return {
    workloads: workloads.map(workload => ({
      workload: workload.name,
      ...ofWorkload(workload, proxies, now),
    })),
    root: ofRoot(controlPlane, now),
    outOfSync: outOfSync(controlPlane, workloads),
  };
}

type OfWorkload = Omit<Certificates['workloads'][number], 'workload'>;

function ofWorkload(
  workload: MeshWorkload,
  proxies: CertificateInputs['proxies'],
  now: Date,
): OfWorkload {
  const nothing = (soonest: Measured<never>): OfWorkload => ({
    soonest,
    rotation: {
      status: 'unknown',
      ...said(wording('certificate.unknown')),
    },
  });
  if (proxies.status === 'unknown') {
    return nothing(proxies);
  }
  if (workload.proxy === 'none') {
    return nothing(unknown('not-configured', [wording('certificate.noProxy')]));
  }
  const pods = workload.pods.flatMap(({ metadata }) => {
    const rows = proxies.value.filter(
      ({ labels }) =>
        first(labels, POD_LABELS) === metadata.name &&
        first(labels, NAMESPACE_LABELS) === metadata.namespace,
    );
    const left = figure(rows, 'left');
    return left === undefined ? [] : [{ left, ...watched(rows, left, now) }];
  });
  if (pods.length === 0) {
    return nothing(
      unknown('not-exported', [wording('certificate.notReported')]),
    );
  }
  const soonest = pods.reduce((a, b) => (b.left < a.left ? b : a));
  return {
    soonest: known(certificate(soonest.left, SOON_SECONDS, now)),
    rotation: rotation(pods),
  };
}

interface PodCertificate {
  left: number;
  /** How far the expiry moved over the last day, seconds. */
  moved: number;
  /** For how long it has been reported. */
  watchedSeconds: number;
}

function watched(
  rows: readonly RateRow[],
  left: number,
  now: Date,
): Pick<PodCertificate, 'moved' | 'watchedSeconds'> {
  const seconds = now.getTime() / 1000;
  const earliest = figure(rows, 'earliest');
  const since = figure(rows, 'since');
  return {
    moved: earliest === undefined ? 0 : seconds + left - earliest,
    watchedSeconds: since === undefined ? 0 : seconds - since,
  };
}

function rotation(pods: readonly PodCertificate[]): OfWorkload['rotation'] {
  const stuck = pods.filter(
    ({ left, moved }) => left < SOON_SECONDS && moved < MOVED_SECONDS,
  );
  if (stuck.length > 0) {
    return {
      status: 'failing',
      ...said(
        wording('certificate.stuck', { count: stuck.length, all: pods.length }),
      ),
    };
  }
  const moving = pods.filter(({ moved }) => moved >= MOVED_SECONDS);
  if (moving.length > 0) {
    return {
      status: 'working',
      ...said(
        wording('certificate.renewed', {
          count: moving.length,
          all: pods.length,
        }),
      ),
    };
  }
  const seconds = Math.min(...pods.map(({ watchedSeconds }) => watchedSeconds));
  return {
    status: 'unknown',
    ...said(
      seconds < WATCH_STEP_SECONDS
        ? wording('certificate.noRenewalAtMost', {
            watched: WATCH_STEP_SECONDS,
          })
        : wording('certificate.noRenewal', { watched: Math.round(seconds) }),
    ),
  };
}

/** The mesh's root certificate, by the control plane query. */
export function ofRoot(
  controlPlane: CertificateInputs['controlPlane'],
  now: Date,
): Measured<Certificate> {
  if (controlPlane.status === 'unknown') {
    return controlPlane;
  }
  const expires = figure(controlPlane.value, 'root_expires');
  const left =
    // Istiod says -1 where it could not read the certificate.
    expires !== undefined && expires > 0
      ? expires - now.getTime() / 1000
      : figure(controlPlane.value, 'root_left');
  return left === undefined
    ? unknown('not-exported', [wording('certificate.rootNotReported')])
    : known(certificate(left, ROOT_SOON_SECONDS, now));
}

function certificate(
  secondsLeft: number,
  soonSeconds: number,
  now: Date,
): Certificate {
  const inTime = secondsLeft < soonSeconds ? 'soon' : 'ok';
  return {
    expiresAt: new Date(now.getTime() + secondsLeft * 1000).toISOString(),
    secondsLeft,
    status: secondsLeft <= 0 ? 'expired' : inTime,
  };
}

function outOfSync(
  controlPlane: CertificateInputs['controlPlane'],
  workloads: readonly MeshWorkload[],
): Certificates['outOfSync'] {
  if (controlPlane.status === 'unknown') {
    return controlPlane;
  }
  const proxies = new Set(
    workloads
      .flatMap(({ pods }) => pods)
      .map(({ metadata: { name, namespace } }) => `${name}.${namespace}`),
  );
  const rejected = controlPlane.value
    .filter(({ labels }) => labels[FIGURE_LABEL]?.startsWith('rejected_'))
    .filter(({ labels }) => proxies.has(labels.node))
    .map(({ labels }) => ({
      proxy: labels.node,
      part: labels[FIGURE_LABEL].replace('rejected_', ''),
      ...(labels.err && { message: labels.err }),
    }))
    .sort(
      (a, b) => a.proxy.localeCompare(b.proxy) || a.part.localeCompare(b.part),
    );
  // Rejections are exported only once there are any: that there is none is known only of istiods that serve proxies.
  return rejected.length > 0 ||
    figure(controlPlane.value, 'connected') !== undefined
    ? known(rejected)
    : nobodyConnected(controlPlane.value);
}

/** Why it is not known what proxies reject, where no istiod reports one that is connected. */
export function nobodyConnected(rows: readonly RateRow[]): Measured<never> {
  const scraped = ['reporting', 'root_expires', 'root_left'].some(
    name => figure(rows, name) !== undefined,
  );
  return scraped
    ? unknown('no-traffic', [wording('certificate.nobodyConnected')])
    : unknown('not-exported', [wording('certificate.noControlPlane')]);
}

export function figure(
  rows: readonly RateRow[],
  name: string,
): number | undefined {
  const value = rows.find(({ labels }) => labels[FIGURE_LABEL] === name)?.rate;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function first(
  labels: Readonly<Record<string, string>>,
  names: readonly string[],
): string | undefined {
  return names.map(name => labels[name]).find(Boolean);
}
