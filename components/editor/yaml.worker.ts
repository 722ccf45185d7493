// monaco-yaml's worker: completion and hover from the Kubernetes schemas. A file of its own so that the bundler sees one literal entry.
import 'monaco-yaml/yaml.worker.js';
