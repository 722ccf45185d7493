// Sets a field in YAML text for links that act ("set service.yaml spec.sessionAffinity ClientIP"). Nothing but the value changes:
// the text is the learner's, comments and blank lines included. The page reaches the engine's editing through this door.
import { setField } from '@/lib/sim/manifest-edit';

/** The text with the field set, or undefined if it cannot be read. `value` is as YAML writes it: 4, true, ClientIP, "4". */
export function setYamlPath(text: string, path: string, value: string): string | undefined {
  return setField(text, path, scalarOf(value));
}

function scalarOf(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return Number(value);
  return /^".*"$/.test(value) ? value.slice(1, -1) : value;
}
