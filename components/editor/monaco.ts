// Monaco with the features that a YAML editor needs, its workers and monaco-yaml, set up once a page. Reached only by a
// dynamic import: nothing of this is in a page's first bytes.
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/longLinesHelper/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/wordOperations/register';
// features/suggest/register of 0.57 leaves out the controller itself.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import { configureMonacoYaml, type MonacoYaml, type MonacoYamlOptions } from 'monaco-yaml';
import { jsonSchemaOf } from '@/lib/kube/schema-json';
import { fieldDoc } from '@/lib/workbench/editor-help';
import type { Locale } from '@/lib/i18n/locales';
import type { K8sVersion } from '@/lib/kube/versions';
import { fieldsAndValues, soleDocument } from './completion';
import { registerProviders } from './providers';
import { THEMES } from './themes';

export { monaco };

const SCHEMA_URI = 'servicepath://schema/kubernetes.json';

/** Models of this path get the Kubernetes schemas. */
export const modelUri = (file: string): monaco.Uri => monaco.Uri.from({ scheme: 'file', path: `/${file}` });

let yaml: { readonly service: MonacoYaml; k8s: K8sVersion; locale: Locale } | undefined;

/** Prepares Monaco on the first call, and switches the schemas to a Kubernetes version and a language on each. */
export function prepareMonaco(k8s: K8sVersion, locale: Locale): void {
  if (!yaml) {
    globalThis.MonacoEnvironment = { getWorker: (_, label) => makeWorker(label) };
    for (const [name, theme] of Object.entries(THEMES)) monaco.editor.defineTheme(name, theme);
    registerProviders();
    yaml = { service: configureMonacoYaml(monacoForYaml(), yamlOptions(k8s, locale)), k8s, locale };
  } else if (yaml.k8s !== k8s || yaml.locale !== locale) {
    [yaml.k8s, yaml.locale] = [k8s, locale];
    void yaml.service.update(yamlOptions(k8s, locale));
  }
}

/** The worker validates with the API server's messages, providers.ts explains; monaco-yaml only completes. */
function yamlOptions(k8s: K8sVersion, locale: Locale): MonacoYamlOptions {
  const schema = jsonSchemaOf(k8s, (object, field) => fieldDoc(object, field)?.[locale]);
  return {
    isKubernetes: true,
    validate: false,
    completion: true,
    hover: false,
    hoverAnchor: false,
    enableSchemaRequest: false,
    format: { enable: false },
    schemas: [{ uri: SCHEMA_URI, fileMatch: ['**/*.yaml', '**/*.yml'], schema: schema as never }],
  };
}

// The URLs must be literal and inline: that is what the bundler looks for.
function makeWorker(label: string): Worker {
  return label === 'yaml'
    ? new Worker(new URL('./yaml.worker.ts', import.meta.url), { type: 'module' })
    : new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' });
}

/** monaco-yaml 5.5 asks for a worker as Monaco did before 0.53 (by label and options): translated to the present way. */
function monacoForYaml(): Parameters<typeof configureMonacoYaml>[0] {
  const createWebWorker = ({
    label,
    createData,
  }: {
    readonly label: string;
    readonly createData: unknown;
  }): unknown => {
    const worker = makeWorker(label);
    // The first message installs the handler of the worker's module, the second carries its options.
    worker.postMessage('start');
    worker.postMessage(createData);
    return monaco.editor.createWebWorker({ worker });
  };
  const registerCompletionItemProvider: typeof monaco.languages.registerCompletionItemProvider = (
    language,
    provider,
  ) => monaco.languages.registerCompletionItemProvider(language, completionFor(provider));
  return {
    ...monaco,
    editor: { ...monaco.editor, createWebWorker },
    languages: { ...monaco.languages, registerCompletionItemProvider },
  } as never;
}

type CompletionProvider = monaco.languages.CompletionItemProvider;

function completionFor(provider: CompletionProvider): CompletionProvider {
  const provide: CompletionProvider['provideCompletionItems'] = async (model, position, context, token) => {
    const sole = soleDocument(model.getValue(monaco.editor.EndOfLinePreference.LF), position.lineNumber);
    const shadow =
      sole === undefined
        ? undefined
        : monaco.editor.createModel(sole, 'yaml', modelUri(`completion/${++shadows}.yaml`));
    try {
      const list = await provider.provideCompletionItems(shadow ?? model, position, context, token);
      return list && { ...list, suggestions: fieldsAndValues(list.suggestions) };
    } finally {
      shadow?.dispose();
    }
  };
  return { ...provider, provideCompletionItems: provide };
}

let shadows = 0;
