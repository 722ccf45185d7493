// Imports nothing and keeps to old syntax, so that it also runs on a Node that is too old for the rest.

/** Whether this Node can run the project; says what is needed if not. */
export function supportedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return true;
  console.error(
    'Servicepath needs Node.js 20.9 or newer; this is ' + process.version + ' (https://nodejs.org).',
  );
  process.exitCode = 1;
  return false;
}
