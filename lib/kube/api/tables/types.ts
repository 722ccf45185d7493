// Server-side tables (meta.k8s.io/v1 Table): columns of a kind and the cells of one object.
import type { KubeObject } from '@/lib/kube/types';

export interface Column {
  readonly name: string;
  readonly type?: 'string' | 'integer' | 'date';
  readonly format?: 'name';
  /** 1: shown with -o wide only. */
  readonly priority?: 1;
}

export type Cell = string | number;

export interface TableKind {
  readonly columns: readonly Column[];
  /** One cell a column; `now` is virtual time, ms since the epoch. */
  cells(object: KubeObject, now: number): readonly Cell[];
}

export const NAME: Column = { name: 'Name', format: 'name' };
export const AGE: Column = { name: 'Age' };
export const wide = (name: string, type?: Column['type']): Column => ({
  name,
  priority: 1,
  ...(type ? { type } : {}),
});
