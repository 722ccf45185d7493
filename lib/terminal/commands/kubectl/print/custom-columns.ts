// `-o custom-columns=NAME:.metadata.name,…`: k8s.io/kubectl pkg/cmd/get/customcolumn.go.
import { alignTabs, GET } from '../../../tabwriter';
import { Failure } from '../run/errors';
import { goString } from './go-value';
import { JsonPath, relaxedJsonPath } from './jsonpath';

interface Column {
  readonly header: string;
  readonly path: string;
}

/** The columns of a specification. */
export function columnsOf(spec: string): readonly Column[] {
  if (spec === '') throw new Failure('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0 || part.indexOf(':', colon + 1) >= 0)
      throw new Failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1)) };
  });
}

/** The columns of a template file: headers on its first line, paths on the second. */
export function columnsOfFile(text: string): readonly Column[] {
  const [headers = '', paths = ''] = text.split('\n');
  const words = (line: string): readonly string[] => line.trim().split(/\s+/).filter(Boolean);
  if (words(headers).length !== words(paths).length)
    throw new Failure(
      `number of headers (${words(headers).length}) and field specifications (${words(paths).length}) don't match`,
    );
  return words(headers).map((header, i) => ({ header, path: relaxedJsonPath(words(paths)[i] ?? '') }));
}

/** The table; items of lists one a row. */
export function customColumnsText(
  columns: readonly Column[],
  objects: readonly unknown[],
  headers: boolean,
): string {
  const parsers = columns.map(({ path }) => new JsonPath(path, { allowMissingKeys: true }));
  const rows = objects.map((object) =>
    parsers.map((parser) => {
      const results = parser.find(object);
      const none = results.length === 0 || results[0]?.length === 0 ? ['<none>'] : [];
      return [...none, ...results.flat().map(goString)].join(',');
    }),
  );
  const lines = headers ? [columns.map((c) => c.header), ...rows] : rows;
  return alignTabs(lines.map((cells) => `${cells.join('\t')}\n`).join(''), GET);
}
