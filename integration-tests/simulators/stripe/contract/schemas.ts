import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { AnySchema } from "ajv";
import Stripe from "stripe";
import { PARAMETER_TYPES, type ParameterTypeName } from "./parameter-types";

export type ParameterSchemas = Readonly<Record<ParameterTypeName, AnySchema>>;

const ROOT = path.resolve(__dirname, "../../../..");
const GENERATOR = path.join(__dirname, "generate-schemas.ts");
const GENERATION_LIMIT_MS = 180_000;

/**
 * The schemas of the parameters as the installed SDK declares them. They take some seconds to make and are kept in
 * `.tender/` until the SDK, the generator or the list of types changes.
 */
export async function parameterSchemas(): Promise<ParameterSchemas> {
  const file = path.join(ROOT, ".tender/stripe-simulator", `parameters-${fingerprint()}.json`);
  if (!existsSync(file)) {
    const declarations = path.join(path.dirname(require.resolve("stripe")), "resources");
    await promisify(execFile)(
      process.execPath,
      ["--require", "ts-node/register", GENERATOR, declarations, file],
      { cwd: ROOT, timeout: GENERATION_LIMIT_MS },
    );
  }
  return JSON.parse(readFileSync(file, "utf8")) as ParameterSchemas;
}

function fingerprint(): string {
  return createHash("sha256")
    .update(Stripe.PACKAGE_VERSION)
    .update(readFileSync(GENERATOR))
    .update(JSON.stringify(PARAMETER_TYPES))
    .digest("hex")
    .slice(0, 16);
}
