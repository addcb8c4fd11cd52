import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { INVARIANTS } from "../invariants";
import { removeSafeguard } from "./remove";
import { SAFEGUARDS } from "./table";

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "tender-safeguards-"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

describe("the table of safeguards", () => {
  it("names invariants that there are", () => {
    const names = INVARIANTS.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(SAFEGUARDS.flatMap(({ breaks }) => breaks)));
  });

  it.each(SAFEGUARDS)("finds in the source what is to be taken out: $name", (safeguard) => {
    removeSafeguard(safeguard, project);
  });

  it.each([
    ["has moved", "a text that is not in the source", "0 times"],
    ["is there more than once", "import type", "and must be once"],
  ])("says which safeguard's text %s", (_what, find, how_often) => {
    const edits = [{ file: "src/gateway/make-move.ts", find, replace: "" }];
    const remove = () => removeSafeguard({ name: "something that keeps money safe", edits }, project);
    expect(remove).toThrow("something that keeps money safe");
    expect(remove).toThrow(how_often);
  });
});
