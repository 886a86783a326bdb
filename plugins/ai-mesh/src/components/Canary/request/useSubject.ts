import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  chooseRoute,
  chooseVersions,
  type OfferedRoute,
  type OfferedService,
  type OfferedVersion,
  serviceKey,
} from './subjectChoices';

/** What a canary is to be made of: as chosen, else as it offers itself. */
export interface Subject {
  service?: OfferedService;
  route?: OfferedRoute;
  stable?: OfferedVersion;
  canary?: OfferedVersion;
  setService: (key: string) => void;
  setRoute: (key: string) => void;
  setStable: (label: string) => void;
  setCanary: (label: string) => void;
}

/** The choice of service, route and versions; the address may bring service and route along. */
export function useSubject({ services }: CanaryOptions): Subject {
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState<{
    service: string | null;
    route: string | null;
    stable?: string;
    canary?: string;
  }>(() => ({ service: params.get('service'), route: params.get('route') }));
  const service =
    services.find(offered => serviceKey(offered) === chosen.service) ??
    services.find(({ routes }) => routes.length > 0) ??
    services[0];
  const route = service && chooseRoute(service, chosen.route);
  const offered = service ? chooseVersions(service, route) : {};
  const named = (label: string | undefined) =>
    service?.versions.find(version => version.label === label);
  return {
    service,
    route,
    stable: named(chosen.stable) ?? offered.stable,
    canary: named(chosen.canary) ?? offered.canary,
    setService: key => setChosen({ service: key, route: null }),
    setRoute: key =>
      setChosen(before => ({ service: before.service, route: key })),
    setStable: stable => setChosen(before => ({ ...before, stable })),
    setCanary: canary => setChosen(before => ({ ...before, canary })),
  };
}
