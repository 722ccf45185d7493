import type { Glossary } from '@/lib/course/glossary';

type Forms = Readonly<Record<'zh' | 'en', readonly (readonly [form: string, id: string])[]>>;

/** The forms of each term that may be explained, by language. */
export function hoverForms(glossary: Glossary): Forms;

/** Marks the first occurrence of each term in a lesson's running text. */
export default function remarkGlossary(options: {
  readonly forms: Forms;
}): (tree: object, file: { readonly path?: string }) => void;
