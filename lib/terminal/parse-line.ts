// A command line as the terminal's shell reads it: words with quotes, pipes, redirections, and lists joined by ;, && and ||.
// A useful part of POSIX sh (section 2 of the standard); what is left out (variables, globs, loops) is refused by name.

export interface SimpleCommand {
  readonly words: readonly string[];
  readonly stdin?: string;
  readonly stdout?: { readonly file: string; readonly append: boolean };
}

export interface Pipeline {
  readonly commands: readonly SimpleCommand[];
  /** How it is joined to the pipeline before it. */
  readonly after: 'always' | 'success' | 'failure';
}

export type ParsedLine =
  | { readonly ok: true; readonly pipelines: readonly Pipeline[] }
  | { readonly ok: false; readonly message: string };

interface Token {
  readonly text: string;
  readonly operator: boolean;
}

const OPERATORS = ['&&', '||', '>>', '|', ';', '>', '<'];

/** Splits a line. The messages are those of bash. */
export function parseLine(line: string): ParsedLine {
  const tokens = tokenize(line);
  if (!Array.isArray(tokens)) return { ok: false, message: tokens.message };
  const pipelines: Pipeline[] = [];
  let commands: SimpleCommand[] = [];
  let after: Pipeline['after'] = 'always';
  let words: string[] = [];
  let redirect: Pick<SimpleCommand, 'stdin' | 'stdout'> = {};
  const unexpected = (text: string): ParsedLine => ({
    ok: false,
    message: `syntax error near unexpected token \`${text}'`,
  });
  const endCommand = (): boolean => {
    if (words.length === 0) return false;
    commands.push({ words, ...redirect });
    words = [];
    redirect = {};
    return true;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    if (!token.operator) words.push(token.text);
    else if (token.text === '>' || token.text === '>>' || token.text === '<') {
      const file = tokens[++i];
      if (!file || file.operator) return unexpected(file?.text ?? 'newline');
      redirect =
        token.text === '<'
          ? { ...redirect, stdin: file.text }
          : { ...redirect, stdout: { file: file.text, append: token.text === '>>' } };
    } else if (!endCommand()) return unexpected(token.text);
    else if (token.text !== '|') {
      pipelines.push({ commands, after });
      commands = [];
      after = token.text === '&&' ? 'success' : token.text === '||' ? 'failure' : 'always';
    }
  }
  const last = tokens.at(-1);
  if (endCommand()) pipelines.push({ commands, after });
  else if (commands.length > 0 || (last?.operator && last.text !== ';')) return unexpected('newline');
  return { ok: true, pipelines };
}

function tokenize(line: string): Token[] | { readonly message: string } {
  const tokens: Token[] = [];
  let word: string | null = null;
  const end = (): void => {
    if (word !== null) tokens.push({ text: word, operator: false });
    word = null;
  };
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    const operator = OPERATORS.find((o) => line.startsWith(o, i));
    if (c === ' ' || c === '\t' || c === '\n') end();
    else if (c === '#' && word === null) break;
    else if (operator) {
      end();
      tokens.push({ text: operator, operator: true });
      i += operator.length - 1;
    } else if (c === "'") {
      const close = line.indexOf("'", i + 1);
      if (close < 0) return { message: `unexpected EOF while looking for matching \`''` };
      word = (word ?? '') + line.slice(i + 1, close);
      i = close;
    } else if (c === '"') {
      let text = '';
      for (i++; line[i] !== '"'; i++) {
        if (i >= line.length) return { message: 'unexpected EOF while looking for matching `"\'' };
        if (line[i] === '\\' && '"\\$`'.includes(line[i + 1] ?? ' ')) i++;
        text += line[i] ?? '';
      }
      word = (word ?? '') + text;
    } else if (c === '\\') word = (word ?? '') + (line[++i] ?? '');
    else word = (word ?? '') + c;
  }
  end();
  return tokens;
}
