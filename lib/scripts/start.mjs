// `npm start`: from a fresh clone to the printed address.
import { supportedNode } from './check-node.mjs';

if (supportedNode()) void import('./serve.mjs').then((serve) => serve.main());
