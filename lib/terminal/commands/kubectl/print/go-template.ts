// `-o go-template`: text/template of Go, the part that templates for kubectl use.
import { evaluateTemplate, type TemplateResult } from './go-template-eval';
import { parseTemplate } from './go-template-parse';
import { Failure } from '../run/errors';

/** A template ready to run. Throws `error parsing template …`. */
export function goTemplate(text: string, allowMissing: boolean): (data: unknown) => TemplateResult {
  try {
    const nodes = parseTemplate(text);
    return (data) => evaluateTemplate(nodes, data, allowMissing, text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`error parsing template ${text}, template: output:${error.message}`);
  }
}
