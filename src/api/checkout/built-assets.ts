import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "@medusajs/framework/zod";

/** Beside this file both in the sources and in the built package. */
const DIST = path.join(__dirname, "../../checkout/dist");
const PAGE_ENTRY = "hosted/main.tsx";

const Manifest = z.record(z.string(), z.object({ file: z.string(), css: z.array(z.string()).optional() }));

export type BuiltPage = Readonly<{ script: string; styles: readonly string[] }>;

/** What to tell someone who runs the plugin from its sources and has not built the page. */
export const NOT_BUILT = "The checkout page is not built. Run: npm run build:checkout\n";

/** The page's script and styles by file name, or null when the page has not been built. */
export async function builtPage(dist: string = DIST): Promise<BuiltPage | null> {
  const entry = (await manifest(dist))?.[PAGE_ENTRY];
  return entry ? { script: entry.file, styles: entry.css ?? [] } : null;
}

/**
 * The bytes of a built file. Only files that the build's manifest names are ever opened.
 * @returns null when the page has not been built, undefined when there is no such file
 */
export async function builtFile(name: string, dist: string = DIST): Promise<Buffer | undefined | null> {
  const built = await manifest(dist);
  if (!built) return null;
  const allowed = Object.values(built).flatMap(({ file, css = [] }) => [file, ...css]);
  return allowed.includes(name) ? readFile(path.join(dist, name)) : undefined;
}

async function manifest(dist: string): Promise<z.infer<typeof Manifest> | null> {
  try {
    return Manifest.parse(JSON.parse(await readFile(path.join(dist, "manifest.json"), "utf8")));
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw error;
  }
}

function isMissingFile(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
