import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Edit, Safeguard } from "./safeguard";

const REPOSITORY = path.resolve(__dirname, "../../..");

/**
 * Copies this repository's `src` into a folder, without the safeguard.
 * @throws Error when a text of the safeguard is not where the table says, or there more than once
 */
export function removeSafeguard(
  { name, edits }: Pick<Safeguard, "name" | "edits">,
  project_dir: string,
): void {
  cpSync(path.join(REPOSITORY, "src"), path.join(project_dir, "src"), { recursive: true });
  edits.forEach((edit) => apply(name, edit, project_dir));
}

function apply(name: string, { file, find, replace }: Edit, project_dir: string): void {
  const target = path.join(project_dir, file);
  const [before, after, ...more] = readFileSync(target, "utf8").split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(
      `The safeguard "${name}" cannot be removed: its text is there ${after === undefined ? 0 : more.length + 1} times ` +
        `in ${file}, and must be once. Bring integration-tests/faults/safeguards/table.ts up to date:\n${find}`,
    );
  }
  writeFileSync(target, before + replace + after);
}
