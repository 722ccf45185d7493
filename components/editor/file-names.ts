// Names of the editor's files: what may be one, and the next free one for a copy.

/** More files than these would not fit the page's memory of what a learner did. */
export const MAX_FILES = 20;

export type NameFault = 'nameTaken' | 'nameWrong';

/** The name with an ending; YAML unless another is given. */
export function fullName(typed: string): string {
  const name = typed.trim();
  return /\.(ya?ml|json)$/i.test(name) ? name : `${name}.yaml`;
}

/** What is wrong with a name; undefined if nothing is. `but`: a file that may keep its name. */
export function nameFault(name: string, files: readonly string[], but?: string): NameFault | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/i.test(name)) return 'nameWrong';
  const taken = files.some((file) => file !== but && file.toLowerCase() === name.toLowerCase());
  return taken ? 'nameTaken' : undefined;
}

/** service.yaml → service-2.yaml, or the next number that is free. */
export function copyName(file: string, files: readonly string[]): string {
  const [, stem = file, ending = ''] = /^(.*?)(\.[a-z]+)?$/i.exec(file) ?? [];
  const base = stem.replace(/-\d+$/, '');
  for (let n = 2; ; n++) if (!nameFault(`${base}-${n}${ending}`, files)) return `${base}-${n}${ending}`;
}
