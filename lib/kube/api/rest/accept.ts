// Content negotiation: which form of an answer a client takes (k8s.io/apiserver pkg/endpoints/handlers/negotiation).

export interface Accepted {
  readonly form: 'json' | 'yaml';
  /** Objects as rows of a Table, or as metadata alone. */
  readonly as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  readonly version?: string;
}

interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The clauses of an Accept header, best first. */
export function acceptClauses(header: string): readonly Clause[] {
  return header
    .split(',')
    .map((part) => {
      const [type = '', ...rest] = part.split(';').map((p) => p.trim());
      const parameters = new Map(
        rest.map((p): [string, string] => {
          const at = p.indexOf('=');
          return at < 0 ? [p, ''] : [p.slice(0, at), p.slice(at + 1).replaceAll('"', '')];
        }),
      );
      return { type: type.toLowerCase(), parameters };
    })
    .filter(({ type }) => type !== '')
    .toSorted((a, b) => quality(b) - quality(a));
}

const quality = ({ parameters }: Clause): number => Number(parameters.get('q') ?? 1) || 0;

const AS = ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'] as const;

/** The first form that the server has; undefined if there is none. */
export function negotiated(header: string | undefined): Accepted | undefined {
  if (!header) return { form: 'json' };
  for (const { type, parameters } of acceptClauses(header)) {
    const form = formOf(type, header);
    if (!form) continue;
    const as = parameters.get('as');
    if (as === undefined) return { form };
    const known = AS.find((a) => a === as);
    const version = parameters.get('v') ?? '';
    if (!known || parameters.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(version)) continue;
    return { form, as: known, version };
  }
  return undefined;
}

function formOf(type: string, header: string): Accepted['form'] | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json';
  if (type === 'application/yaml') return 'yaml';
  // Browsers ask for HTML and more; the server shows them JSON.
  return type === 'text/html' && header.includes('*/*') ? 'json' : undefined;
}

export const ACCEPTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
