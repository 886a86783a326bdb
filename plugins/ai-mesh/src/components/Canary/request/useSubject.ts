import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  chooseRoute,
  chooseVersions,
  type OfferedRoute,
  type OfferedService,
  type OfferedVersion,
  routeKey,
  serviceKey,
} from './subjectChoices';

type Services = CanaryOptions['services'];

/** A service, its route and versions, by their names. */
interface Names {
  service?: string;
  route?: string;
  stable?: string;
  canary?: string;
}

/** What a canary is to be made of: as chosen, else as it has offered itself. */
export interface Subject {
  service?: OfferedService;
  route?: OfferedRoute;
  stable?: OfferedVersion;
  canary?: OfferedVersion;
  /** What is chosen and not offered, or not any more: nothing else takes its place by itself. */
  gone: Names;
  setService: (key: string) => void;
  setRoute: (key: string) => void;
  setStable: (label: string) => void;
  setCanary: (label: string) => void;
}

/** The choice of service, route and versions; the address may bring service and route along. */
export function useSubject({ services }: CanaryOptions): Subject {
  const [params] = useSearchParams();
  const choose = (chosen: Names) => ({
    chosen,
    offered: offerOf(services, chosen),
  });
  const [{ chosen, offered }, setChoice] = useState(() =>
    choose({
      service: params.get('service') ?? undefined,
      route: params.get('route') ?? undefined,
    }),
  );
  const names: Names = { ...offered, ...present(chosen) };
  const found = resolve(services, names);
  const setVersion = (version: Pick<Names, 'stable' | 'canary'>) =>
    setChoice({ chosen: { ...chosen, ...version }, offered });
  return {
    ...found,
    gone: found.service
      ? Object.fromEntries(
          Object.entries(names).filter(
            ([what]) => found[what as keyof Names] === undefined,
          ),
        )
      : { service: names.service },
    setService: service => setChoice(choose({ service })),
    setRoute: route =>
      setChoice(choose({ ...chosen, service: names.service, route })),
    setStable: stable => setVersion({ stable }),
    setCanary: canary => setVersion({ canary }),
  };
}

/** What offers itself at this moment beside what is chosen. */
function offerOf(services: Services, chosen: Names): Names {
  const service = chosen.service
    ? resolve(services, chosen).service
    : (services.find(({ routes }) => routes.length > 0) ?? services[0]);
  if (!service) {
    return {};
  }
  const route = chooseRoute(service, chosen.route);
  const { stable, canary } = chooseVersions(service, route);
  return present({
    service: serviceKey(service),
    route: route && routeKey(route),
    stable: stable?.label,
    canary: canary?.label,
  });
}

function resolve(services: Services, names: Names) {
  const service = services.find(each => serviceKey(each) === names.service);
  const versionOf = (label: string | undefined) =>
    service?.versions.find(version => version.label === label);
  return {
    service,
    route: service?.routes.find(route => routeKey(route) === names.route),
    stable: versionOf(names.stable),
    canary: versionOf(names.canary),
  };
}

function present(names: Names): Names {
  return Object.fromEntries(
    Object.entries(names).filter(([, name]) => name !== undefined),
  );
}
