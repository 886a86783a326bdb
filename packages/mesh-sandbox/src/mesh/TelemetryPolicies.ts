import { ObjectStore } from '../store';
import { MeshSettings, Telemetry } from './istioObjects';

/** Which of Istio's standard metrics Telemetry objects switch off. Those with a selector are not considered. */
export class TelemetryPolicies {
  private readonly disabled = new Map<string, Set<string>>();
  private readonly root: string;

  constructor(store: ObjectStore, settings: MeshSettings) {
    this.root = settings.rootNamespace;
    for (const { metadata, spec } of store.list<Telemetry>(
      'telemetry.istio.io',
      'Telemetry',
    )) {
      const overrides = spec?.selector
        ? []
        : (spec?.metrics ?? []).flatMap(metric => metric.overrides ?? []);
      const off = overrides
        .filter(({ disabled }) => disabled)
        .map(
          ({ match }) =>
            `${match?.mode ?? 'CLIENT_AND_SERVER'}/${match?.metric ?? 'ALL_METRICS'}`,
        );
      if (off.length > 0) {
        this.disabled.set(metadata.namespace ?? '', new Set(off));
      }
    }
  }

  /** @param metric - Istio's name of it in the API: `REQUEST_SIZE` */
  exports(
    namespace: string,
    mode: 'CLIENT' | 'SERVER',
    metric: string,
  ): boolean {
    return [this.root, namespace].every(owner => {
      const off = this.disabled.get(owner);
      return (
        !off ||
        ![mode, 'CLIENT_AND_SERVER'].some(
          one => off.has(`${one}/${metric}`) || off.has(`${one}/ALL_METRICS`),
        )
      );
    });
  }
}
