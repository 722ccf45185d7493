// The syntax tree of the shell language: the useful part of bash (POSIX.1-2017, Shell Command Language, with bash's [[ ]], (( )),
// here-strings, &> and brace expansion).

export type WordPart =
  /** Quoted text is neither split nor a pattern. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly quoted: boolean;
      readonly use?: ParameterUse;
    }
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

export type ParameterUse =
  /** ${#name} */
  | { readonly kind: 'length' }
  /** ${name:-word} and its kin; with `colon` an empty value counts as none. */
  | {
      readonly kind: 'default' | 'assign' | 'error' | 'alternative';
      readonly colon: boolean;
      readonly word: Word;
    }
  /** ${name#pattern}, ## % %% */
  | {
      readonly kind: 'trim';
      readonly end: 'start' | 'end';
      readonly longest: boolean;
      readonly pattern: Word;
    }
  /** ${name/pattern/word}, // */
  | { readonly kind: 'replace'; readonly all: boolean; readonly pattern: Word; readonly word: Word }
  /** ${name:offset:length} */
  | { readonly kind: 'slice'; readonly offset: Word; readonly length?: Word }
  /** ${name^^} ${name,,} ${name^} ${name,} */
  | { readonly kind: 'case'; readonly upper: boolean; readonly all: boolean };

export interface Word {
  readonly parts: readonly WordPart[];
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
  /** name+=value */
  readonly append: boolean;
}

export interface Redirect {
  /** The descriptor that is redirected; "&" is both 1 and 2. */
  readonly fd: 0 | 1 | 2 | '&';
  readonly op: '<' | '>' | '>>' | '<<<' | '<<' | '>&' | '<&';
  /** A file, a text, or the number of a descriptor. */
  readonly target: Word;
}

export type ShellCommand = { readonly redirects: readonly Redirect[] } & (
  | { readonly kind: 'simple'; readonly assignments: readonly Assignment[]; readonly words: readonly Word[] }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Script | undefined }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** undefined: the positional parameters. */
      readonly words: readonly Word[] | undefined;
      readonly body: Script;
    }
  /** for ((a; b; c)) */
  | { readonly kind: 'counting-for'; readonly clauses: readonly [Word, Word, Word]; readonly body: Script }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: Script; readonly body: Script }
  | { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly kind: 'group' | 'subshell'; readonly body: Script }
  | { readonly kind: 'function'; readonly name: string; readonly body: ShellCommand }
  /** (( expression )) */
  | { readonly kind: 'arithmetic'; readonly expression: Word }
  /** [[ … ]]: operators are unquoted words of one text. */
  | { readonly kind: 'conditional'; readonly words: readonly Word[] }
);

export interface Branch {
  readonly condition: Script;
  readonly body: Script;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Script;
}

export interface Pipeline {
  /** `!` before it. */
  readonly negated: boolean;
  readonly commands: readonly ShellCommand[];
  /** How it is joined to the one before it. */
  readonly after: 'always' | 'success' | 'failure';
  /** `&` behind it: its text. */
  readonly background: string | undefined;
}

export interface Script {
  readonly pipelines: readonly Pipeline[];
}

/** The word's text if it is one unquoted literal, else undefined. */
export function literal(word: Word | undefined): string | undefined {
  const [part, more] = word?.parts ?? [];
  return part?.kind === 'text' && !part.quoted && !more ? part.text : undefined;
}

export const textWord = (text: string): Word => ({ parts: [{ kind: 'text', text, quoted: true }] });
