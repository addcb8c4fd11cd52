/** Ports of this machine: a free one, and whether a wanted one is. */
import { createServer } from "node:net";
import { messageOf, Problem } from "./report.mjs";

const LAST_PORT = 65_535;

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

/** A port so far from another, on the side where there is one. @param {number} port @param {number} distance */
export const portBeside = (port, distance) =>
  port + distance <= LAST_PORT ? port + distance : port - distance;

/**
 * Reads a port from the environment.
 * @param {string} variable
 * @param {number} fallback a port
 */
export function portFrom(variable, fallback) {
  const text = process.env[variable];
  const port = text ? Number(text) : fallback;
  if (Number.isInteger(port) && port > 0 && port <= LAST_PORT) return port;
  throw new Problem(
    `${variable}=${text} is not a port. Use a number from 1 to ${LAST_PORT}, e.g. ${variable}=${fallback}.`,
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
    throw new Problem(
      `port ${port} for ${what} ${why}. Choose another: ${variable}=${portBeside(port, 100)} npm start`,
    );
  }
}
