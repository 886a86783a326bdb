import { Protocol, RequestShape } from '../mesh';
import { SpanContext } from './SpanContext';

/** What a model did for one answer. */
export interface ModelUsage {
  model: string;
  provider: string;
  promptTokens: number;
  completionTokens: number;
  timeToFirstTokenMs: number;
  timePerTokenMs: number;
}

export interface MeshRequest extends RequestShape {
  protocol: Protocol;
  requestBytes: number;
  /** What a good answer weighs. */
  responseBytes: number;
  /** The span of the proxy that the request is at; absent where it is not traced. */
  span?: SpanContext;
}

export interface MeshResponse {
  /** HTTP status; 0: the connection broke before one came. */
  status: number;
  /** gRPC only; HTTP is then 200. */
  grpcStatus?: number;
  /** Envoy's response flags where its proxy answered by itself. */
  flags?: string;
  usage?: ModelUsage;
  /** Names in lower case, every one as often as it is sent; absent: none that anybody looks at. */
  headers?: readonly AnswerHeader[];
}

export interface AnswerHeader {
  name: string;
  value: string;
}

/** An answer that is still to come and that nobody may want any more. */
export interface Pending {
  abort(): void;
}

/** gRPC's statuses for which the server is to blame. */
const GRPC_FAULTS = new Set([2, 4, 8, 12, 13, 14, 15]);

export function failed({ status, grpcStatus }: MeshResponse): boolean {
  return grpcStatus === undefined
    ? status === 0 || status >= 500 || status === 429
    : GRPC_FAULTS.has(grpcStatus);
}

const GRPC_OF_HTTP: Record<number, number> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  500: 13,
  502: 14,
  503: 14,
  504: 14,
};

/** Envoy turns its own answers into gRPC's where the request was gRPC. */
export function answerOf(
  protocol: Protocol,
  status: number,
  flags?: string,
): MeshResponse {
  if (protocol !== 'grpc' || status < 400) {
    return { status, flags };
  }
  return { status: 200, grpcStatus: GRPC_OF_HTTP[status] ?? 2, flags };
}
