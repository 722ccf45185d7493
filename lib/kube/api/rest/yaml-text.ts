// YAML instead of JSON, for clients that ask for it.
import { stringify } from 'yaml';

/** The YAML of a JSON text. */
export const yamlText = (json: string): string => stringify(JSON.parse(json), { lineWidth: 0 });
