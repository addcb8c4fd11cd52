import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/** A fenced block: what stands after its backticks, and its text. */
export type Block = Readonly<{ info: string; text: string }>;

/** Every document a reader of the repository is meant to read. */
export const DOCUMENTS: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => `docs/${file}`),
];

/** A file of the repository, as text. */
export function sourceOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

export function existsInRepository(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

export function blocksOf(document: string): Block[] {
  return [...sourceOf(document).matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, info = "", text = ""]) => ({
      info: info.trim(),
      text,
    }),
  );
}

/** The document without its fenced blocks. */
export function proseOf(document: string): string {
  return sourceOf(document).replaceAll(/^```[^\n]*\n[\s\S]*?^```$/gm, "");
}

/** Everything in backticks in the first column of the tables of a section. */
export function firstColumn(document: string, heading: string): string[] {
  const section =
    proseOf(document)
      .split(`\n${heading}\n`)[1]
      ?.split(/\n#{1,3} /)[0] ?? "";
  const cells = [...section.matchAll(/^\| ([^|]*`[^|]*)\|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}
