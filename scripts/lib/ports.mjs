/** Ports of this machine: a free one, and whether a wanted one is. */
import { createServer } from "node:net";
import { messageOf, Problem } from "./report.mjs";

/**
 * @param {number} port 0 for any
 * @param {string} host
 * @returns {Promise<number>}
 */
function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

export const freePort = () => listenOnce(0, "127.0.0.1");

/**
 * Reads a port from the environment.
 * @param {string} variable
 * @param {number} fallback
 */
export function portFrom(variable, fallback) {
  const text = process.env[variable];
  const port = text ? Number(text) : fallback;
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Problem(
    `${variable}=${text} is not a port. Use a number from 1 to 65535, e.g. ${variable}=${fallback}.`,
  );
}

/**
 * @param {{ port: number, host: string, variable: string, what: string }} wanted
 */
export async function requireFreePort({ port, host, variable, what }) {
  try {
    await listenOnce(port, host);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why = code === "EADDRINUSE" ? "is in use" : `cannot be used (${messageOf(error)})`;
    throw new Problem(`port ${port} for ${what} ${why}. Choose another: ${variable}=${port + 100} npm start`);
  }
}
