// `npm test`: installs what the tests need, runs all of them, and ends with one line of counts.
import { supportedNode } from './check-node.mjs';

if (supportedNode()) void import('./test-parts.mjs').then((parts) => parts.main());
