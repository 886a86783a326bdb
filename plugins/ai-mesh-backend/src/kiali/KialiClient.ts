/** What Kiali judges of one service, as far as it judges at all. */
export interface KialiServiceHealth {
  namespace: string;
  service: string;
  status: 'healthy' | 'degraded' | 'failing' | 'unknown';
}

export interface KialiValidation {
  /** Group, version and kind as Kiali names them: `networking.istio.io/v1, Kind=VirtualService`. */
  gvk: string;
  namespace: string;
  name: string;
  valid: boolean;
  checks: {
    code?: string;
    severity: 'error' | 'warning' | 'info';
    message: string;
    path?: string;
  }[];
}

export interface KialiValidations {
  validations: KialiValidation[];
  /** They may be older than the question. */
  observedAt: Date;
}

/** One cluster's Kiali. Every method throws `SourceError` when there is no usable answer. */
export interface KialiClient {
  health(namespaces: string[]): Promise<KialiServiceHealth[]>;
  validations(namespaces: string[]): Promise<KialiValidations>;
}
