// Puts a new lab into the list of lib/course/labs.ts: one import and one entry, each at its place in the course's order.

/** The text with the lab in it; undefined if the file no longer has the form that this knows. */
export function registerLab(text: string, folder: string): string | undefined {
  const name = labName(text, folder);
  const imported = insert(
    text.split('\n'),
    /^import \{ lab as \w+ \} from '@\/(content\/stages\/[^']+)\/lab';$/,
    folder,
    `import { lab as ${name} } from '@/${folder}/lab';`,
  );
  const listed =
    imported &&
    insert(
      imported,
      /^ {2}\{ lab: \w+, folder: '(content\/stages\/[^']+)' \},$/,
      folder,
      `  { lab: ${name}, folder: '${folder}' },`,
    );
  return listed?.join('\n');
}

/** 01-external-traffic-policy is externalTrafficPolicy; a name that is taken gets its stage behind it. */
function labName(text: string, folder: string): string {
  const [stage = '', lesson = ''] = folder.split('/').slice(-2);
  const words = lesson.replace(/^\d+-/, '').split('-');
  const name = words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const safe = /^[a-z]/.test(name) ? name : `lab${name}`;
  return new RegExp(String.raw`\b${safe}\b`).test(text) ? `${safe}${Number.parseInt(stage, 10)}` : safe;
}

/** Before the first line of its kind that comes later in the course, or behind the last one. */
function insert(
  lines: readonly string[],
  kind: RegExp,
  folder: string,
  line: string,
): readonly string[] | undefined {
  const own = lines.flatMap((text, at) => {
    const other = kind.exec(text)?.[1];
    return other === undefined ? [] : [{ at, other }];
  });
  const last = own.at(-1);
  if (!last) return undefined;
  const place = own.find(({ other }) => other > folder)?.at ?? last.at + 1;
  return lines.toSpliced(place, 0, line);
}
