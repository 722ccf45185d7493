// The values of attributes such as items={[…]}: literals of JavaScript, read from the syntax tree of the MDX parser, never run.

/** A node of the ESTree, as far as it is read here. */
export interface SyntaxNode {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly value?: unknown;
  readonly elements?: readonly (SyntaxNode | null)[];
  readonly properties?: readonly SyntaxNode[];
  readonly key?: SyntaxNode;
  readonly name?: string;
  readonly quasis?: readonly { readonly value: { readonly cooked?: string } }[];
  readonly body?: readonly SyntaxNode[];
  readonly expression?: SyntaxNode;
}

export interface LiteralText {
  /** "[0].why" */
  readonly path: string;
  readonly text: string;
  readonly line: number;
}

const keyOf = (node: SyntaxNode | undefined): string =>
  node?.name ?? (typeof node?.value === 'string' ? node.value : '');

/** The value of a literal; undefined for anything that would have to be run. */
export function valueOf(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral':
      return node.quasis?.map((q) => q.value.cooked ?? '').join('');
    case 'ArrayExpression':
      return node.elements?.map((element) => (element ? valueOf(element) : undefined));
    case 'ObjectExpression':
      return Object.fromEntries(
        (node.properties ?? []).map((property) => [keyOf(property.key), valueOf(inner(property))]),
      );
    default:
      return undefined;
  }
}

const inner = (property: SyntaxNode): SyntaxNode =>
  typeof property.value === 'object' && property.value !== null
    ? (property.value as SyntaxNode)
    : { type: 'Unknown' };

/** Every text in a literal, with its place. */
export function textsOf(node: SyntaxNode, path = ''): readonly LiteralText[] {
  if (node.type === 'ArrayExpression')
    return (node.elements ?? []).flatMap((element, i) => (element ? textsOf(element, `${path}[${i}]`) : []));
  if (node.type === 'ObjectExpression')
    return (node.properties ?? []).flatMap((property) =>
      textsOf(inner(property), `${path}.${keyOf(property.key)}`),
    );
  const value = valueOf(node);
  return typeof value === 'string' ? [{ path, text: value, line: node.loc?.start.line ?? 1 }] : [];
}
