/** Secrets of the demo: made once, kept in `.tender/secrets.json`, readable by their owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { inState, shown, STATE, writePrivateJson } from "./paths.mjs";
import { Problem } from "./report.mjs";

const NAMES = /** @type {const} */ ([
  "database_password",
  "jwt_secret",
  "cookie_secret",
  "admin_password",
  "sandbox_a_api_key",
  "sandbox_a_webhook_secret",
  "sandbox_b_api_key",
  "sandbox_b_webhook_secret",
]);

/** @typedef {Record<typeof NAMES[number], string>} Secrets */

export const newSecret = () => randomBytes(24).toString("base64url");

/** A set for one run, kept nowhere. @returns {Secrets} */
export const newSecrets = () =>
  /** @type {Secrets} */ (Object.fromEntries(NAMES.map((name) => [name, newSecret()])));

/** @returns {Secrets} */
export function readOrMakeSecrets() {
  const file = inState("secrets.json");
  const kept = existsSync(file) ? read(file) : {};
  const secrets = /** @type {Secrets} */ (
    Object.fromEntries(NAMES.map((name) => [name, kept[name] ?? newSecret()]))
  );
  if (NAMES.some((name) => kept[name] === undefined)) writePrivateJson(file, secrets);
  return secrets;
}

/** @param {string} file @returns {Partial<Secrets>} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Problem(
      `${file} cannot be read. Remove the folder ${shown(STATE)} to begin anew (the demo's data goes with it).`,
    );
  }
}
