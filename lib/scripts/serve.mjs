// Installs and builds what is missing, then serves the app and prints where it answers.
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ensureBuild } from './build.mjs';
import { ensurePackages } from './packages.mjs';
import { exitCode, forwardSignals, NEXT, Problem, report, start } from './process.mjs';

const FIRST_PORT = 3000;
const PORTS_TRIED = 50;

/** Runs `npm start`. Ends with the server's exit code. */
export async function main() {
  forwardSignals();
  try {
    const host = process.env['HOST'] || undefined;
    const port = await choosePort(host);
    await ensurePackages();
    await ensureBuild();
    await serve(host, port);
  } catch (error) {
    report(error);
  }
}

/** PORT if it is set (and then that one or none), else the first free one from 3000 on. */
async function choosePort(host) {
  const wanted = process.env['PORT'];
  if (!wanted) {
    for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++)
      if (!(await portTrouble(port, host))) return port;
    throw new Problem(
      `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS_TRIED - 1}: name one with PORT=…`,
    );
  }
  const port = Number(wanted);
  if (!/^\d+$/.test(wanted) || port < 1 || port > 65535)
    throw new Problem(`PORT=${wanted} is not a port number (1 to 65535).`);
  const trouble = await portTrouble(port, host);
  if (trouble === 'EADDRINUSE')
    throw new Problem(`Port ${port} is taken by another program: end it, or name another port with PORT=…`);
  if (trouble === 'EACCES')
    throw new Problem(`Port ${port} may not be used by this account: name one above 1023 with PORT=…`);
  if (trouble) throw new Problem(`HOST=${host} is not an address of this machine (${trouble}).`);
  return port;
}

/** The error code of listening there; undefined if it works. Without a host both all addresses and loopback must be free. */
async function portTrouble(port, host) {
  for (const address of host ? [host] : [undefined, '127.0.0.1']) {
    const code = await new Promise((resolve) => {
      const server = createServer();
      server.once('error', (error) => resolve(error.code ?? error.message));
      server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(undefined)));
    });
    if (code) return code;
  }
  return undefined;
}

async function serve(host, port) {
  const args = [NEXT, 'start', '-p', String(port), ...(host ? ['-H', host] : [])];
  const child = start(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  let answering = false;
  let before = '';
  // Next announces itself before it answers; that banner is only of use if it never does.
  child.stdout.on('data', (chunk) => (answering ? process.stdout.write(chunk) : (before += chunk)));
  const ended = new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(exitCode(code, signal))),
  );
  answering = await Promise.race([ended.then(() => false), answers(child, host, port)]);
  if (answering) console.log(addresses(host, port));
  const code = await ended;
  if (!answering && code !== 0) console.error(before.trim());
  process.exitCode = code;
}

/** Resolves to true once the server answers an HTTP request. */
async function answers(child, host, port) {
  const url = `http://${forUrl(!host || isWildcard(host) ? '127.0.0.1' : host)}:${port}/`;
  while (child.exitCode === null && child.signalCode === null) {
    const reply = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(
      () => undefined,
    );
    if (reply && reply.status < 500) return true;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return false;
}

const isWildcard = (host) => host === '0.0.0.0' || host === '::';
const forUrl = (host) => (host.includes(':') ? `[${host}]` : host);

/** The one line that is printed: this machine's address, and the one for others on the network. */
function addresses(host, port) {
  if (host && !isWildcard(host)) return `Servicepath: http://${forUrl(host)}:${port}`;
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((a) => a && !a.internal && a.family === 'IPv4' && !a.address.startsWith('169.254.'));
  const network = others[0] ? `   (on the network: http://${others[0].address}:${port})` : '';
  return `Servicepath: http://localhost:${port}${network}`;
}
