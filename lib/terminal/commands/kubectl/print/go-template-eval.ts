// Runs a template of Go's text/template on JSON values: text/template/exec.go, funcs.go; kubectl's `exists` and `base64decode`.
import { Failure } from '../run/errors';
import type { Operand, Pipeline, TemplateNode } from './go-template-parse';
import { callFunction, isTruthy, templateString } from './go-template-funcs';
import { byBytes } from './json';

interface Scope {
  readonly dot: unknown;
  readonly variables: readonly { readonly name: string; value: unknown }[];
}

/** What a template printed; with an error, what it printed before. */
export interface TemplateResult {
  readonly output: string;
  readonly error?: string;
}

/** Steps after which a template is ended. */
const LIMIT = 200_000;

class LoopSignal extends Error {
  constructor(readonly kind: 'break' | 'continue') {
    super(kind);
  }
}

/** Runs the nodes on the data. */
export function evaluateTemplate(
  nodes: readonly TemplateNode[],
  data: unknown,
  allowMissing: boolean,
  source: string,
): TemplateResult {
  const run = new Run(allowMissing);
  try {
    run.nodes(nodes, { dot: data, variables: [{ name: '$', value: data }] });
    return { output: run.output };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { output: run.output, error: `template: output:${placeOf(source, run.at)}: ${error.message}` };
  }
}

/** LINE:COLUMN, the column counted from 0 (text/template/parse ErrorContext). */
function placeOf(source: string, at: number): string {
  const before = source.slice(0, at).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length}`;
}

class Run {
  output = '';
  /** Offset of what is being evaluated. */
  at = 2;
  #steps = 0;

  constructor(readonly allowMissing: boolean) {}

  nodes(nodes: readonly TemplateNode[], scope: Scope): void {
    let inner = scope;
    for (const node of nodes) inner = this.#node(node, inner);
  }

  #node(node: TemplateNode, scope: Scope): Scope {
    if (++this.#steps > LIMIT) throw new Failure('the template takes too many steps');
    switch (node.kind) {
      case 'text':
        this.output += node.text;
        return scope;
      case 'action': {
        const [value, inner] = this.#pipeline(node.pipeline, scope, node.source);
        if (node.pipeline.declares.length === 0) this.output += templateString(value);
        return inner;
      }
      case 'break':
      case 'continue':
        throw new LoopSignal(node.kind);
      case 'range':
        this.#range(node, scope);
        return scope;
      default: {
        const [value, inner] = this.#pipeline(node.pipeline, scope, node.source);
        if (!isTruthy(value)) this.nodes(node.otherwise, inner);
        else this.nodes(node.body, node.kind === 'with' ? { ...inner, dot: value } : inner);
        return scope;
      }
    }
  }

  #range(node: Extract<TemplateNode, { kind: 'if' | 'range' | 'with' }>, scope: Scope): void {
    const value = this.#value(node.pipeline, scope, node.source);
    const pairs = pairsOf(value);
    if (pairs.length === 0) {
      this.nodes(node.otherwise, scope);
      return;
    }
    const { declares } = node.pipeline;
    for (const [key, item] of pairs) {
      const [first, second] = declares;
      const added =
        first === undefined
          ? []
          : second === undefined
            ? [{ name: first, value: item }]
            : [
                { name: first, value: key },
                { name: second, value: item },
              ];
      try {
        this.nodes(node.body, { dot: item, variables: [...scope.variables, ...added] });
      } catch (error) {
        if (!(error instanceof LoopSignal)) throw error;
        if (error.kind === 'break') return;
      }
    }
  }

  #pipeline(pipeline: Pipeline, scope: Scope, source: string): readonly [unknown, Scope] {
    const value = this.#value(pipeline, scope, source);
    const [name] = pipeline.declares;
    if (name === undefined) return [value, scope];
    if (!pipeline.assigns) return [value, { ...scope, variables: [...scope.variables, { name, value }] }];
    const variable = scope.variables.findLast((v) => v.name === name);
    if (!variable) throw new Failure(`undefined variable: ${name}`);
    variable.value = value;
    return [value, scope];
  }

  #value({ commands }: Pipeline, scope: Scope, source: string): unknown {
    let piped: readonly unknown[] = [];
    for (const command of commands) piped = [this.#command(command, scope, piped, source)];
    return piped[0];
  }

  #command(
    [first, ...rest]: readonly Operand[],
    scope: Scope,
    piped: readonly unknown[],
    source: string,
  ): unknown {
    if (!first) return undefined;
    if (first.kind !== 'function') {
      if (rest.length > 0 || piped.length > 0)
        throw new Failure(`executing "output" at <${source}>: can't give argument to non-function ${source}`);
      return this.#operand(first, scope, source);
    }
    const args = [...rest.map((o) => this.#operand(o, scope, source)), ...piped];
    this.at = first.at;
    try {
      return callFunction(first.name, args);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(`executing "output" at <${source}>: error calling ${first.name}: ${error.message}`);
    }
  }

  #operand(operand: Operand, scope: Scope, source: string): unknown {
    switch (operand.kind) {
      case 'dot':
        return scope.dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'variable': {
        const variable = scope.variables.findLast((v) => v.name === operand.name);
        if (!variable) throw new Failure(`undefined variable "${operand.name}"`);
        this.at = operand.at;
        return this.#fields(variable.value, operand.path, `${operand.name}.${operand.path.join('.')}`);
      }
      case 'field': {
        const receiver = operand.of ? this.#operand(operand.of, scope, source) : scope.dot;
        this.at = operand.at;
        return this.#fields(receiver, operand.path, `.${operand.path.join('.')}`);
      }
      case 'pipeline':
        return this.#value(operand.pipeline, scope, source);
      case 'function':
        return callFunction(operand.name, []);
    }
  }

  /** text/template/exec.go evalField: what a map has not has no fields either. */
  #fields(value: unknown, path: readonly string[], source: string): unknown {
    const fault = (text: string): Failure => new Failure(`executing "output" at <${source}>: ${text}`);
    let current = value;
    for (const name of path) {
      if (current === undefined) {
        if (this.allowMissing) return undefined;
        throw fault(`nil data; no entry for key "${name}"`);
      }
      if (current === null) throw fault(`nil pointer evaluating interface {}.${name}`);
      if (typeof current !== 'object' || Array.isArray(current))
        throw fault(`can't evaluate field ${name} in type interface {}`);
      const entries = current as Readonly<Record<string, unknown>>;
      if (!Object.hasOwn(entries, name)) {
        if (!this.allowMissing) throw fault(`map has no entry for key "${name}"`);
        current = undefined;
      } else current = entries[name];
    }
    return current;
  }
}

function pairsOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, i) => [i, item as unknown] as const);
  if (typeof value === 'object') return Object.entries(value).sort(([a], [b]) => byBytes(a, b));
  if (typeof value === 'number')
    return Array.from({ length: Math.min(value, LIMIT) }, (_, i) => [i, i] as const);
  throw new Failure(`range can't iterate over ${String(value as string)}`);
}
