// What was written in the cluster, as the page shows it.
import { fieldChanges, type Change, type ChangeLog } from '@/lib/sim';
/** A write to an object or to a node's rules. */
export interface ChangeView {
  readonly id: number;
  readonly at: number;
  /** "editor", a client's field manager ("kubectl-edit"), "request", a controller's name, or kube-proxy. */
  readonly by: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'RULES';
  readonly node?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Of a MODIFIED: field by field. */
  readonly fields: readonly { readonly path: string; readonly before?: string; readonly after?: string }[];
}

/** Values longer than this are cut. */
const VALUE_CHARS = 200;

/** The newest writes first; `about` narrows them down to objects ("pod default/web") and components that hold the text. */
export function changeViews(log: ChangeLog, limit: number, about: string): readonly ChangeView[] {
  const wanted = about.trim().toLowerCase();
  const found: ChangeView[] = [];
  let id = log.total;
  for (const change of log.newest()) {
    if (found.length >= limit) break;
    const view = viewOf(change, id--);
    if (wanted === '' || titleOf(view).includes(wanted)) found.push(view);
  }
  return found;
}

const titleOf = ({ by, kind = '', namespace = '', name = '', node = '' }: ChangeView): string =>
  `${kind} ${namespace}/${name} ${by} ${node}`.toLowerCase();

function viewOf(change: Change, id: number): ChangeView {
  const { at, by, type } = change;
  if (change.type === 'RULES') return { id, at, by, type, node: change.node, fields: [] };
  const { kind, metadata } = change.object;
  const fields =
    change.type === 'MODIFIED'
      ? fieldChanges(change.old, change.object).map(({ path, before, after }) => ({
          path,
          ...(before === undefined ? {} : { before: brief(before) }),
          ...(after === undefined ? {} : { after: brief(after) }),
        }))
      : [];
  return {
    id,
    at,
    by,
    type,
    kind,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    name: metadata.name ?? '',
    fields,
  };
}

/** A value of a field as text. */
export function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > VALUE_CHARS ? `${text.slice(0, VALUE_CHARS)} …` : text;
}
