import { KubeObject } from '../../store/KubeObject';

/** A column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'date';
  format?: 'name';
  /** 0 is shown always, 1 with `-o wide`. */
  priority?: number;
  cell(object: KubeObject, now: Date): string | number;
}
