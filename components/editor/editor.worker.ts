// Monaco's own worker (links, word lists). A file of its own so that the bundler sees one literal entry.
import 'monaco-editor/editor/editor.worker';
