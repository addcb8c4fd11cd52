import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startProgram } from "./support/program";

const ROOT = path.resolve(__dirname, "../..");
const FAILED = "0 passed, 1 failed";

describe("npm test ends with its counts also when it does not get as far as the tests:", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-last-line-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["an option there is not", ["--nonsense"], "there is no option --nonsense"],
    ["a pattern no test matches", ["no-such-test-anywhere"], "no test matches no-such-test-anywhere"],
  ])("%s", async (_, args, why) => {
    const env = { TENDER_STATE: path.join(folder, "state") };
    const program = startProgram(["scripts/test.mjs", ...args], env);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(`tender: ${why}`);
    expect(program.stdout().trimEnd().split("\n").at(-1)).toBe(FAILED);
  });
});

it("npm test tells what it skipped before its counts, and that nothing passed is a failure", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-skipped-"));
  const args = ["src/gateway/__tests__/service-address", "--name", "no such test"];
  const program = startProgram(["scripts/test.mjs", ...args], { TENDER_STATE: path.join(folder, "state") });
  expect(await program.ended).toBe(1);
  rmSync(folder, { recursive: true, force: true });
  expect(program.stdout().trimEnd().split("\n").slice(-2)).toEqual([
    expect.stringMatching(/^skipped, switched off or not named by --name: \d+ tests$/),
    "0 passed, 0 failed",
  ]);
});

describe(".ci/run ends with the counts of npm test and its exit code", () => {
  it.each([
    { tests: "echo '12 passed, 0 failed'", last_line: "12 passed, 0 failed", code: 0 },
    { tests: "echo '11 passed, 1 failed'; exit 1", last_line: "11 passed, 1 failed", code: 1 },
    { tests: "echo 'tender: cut short' >&2; exit 130", last_line: FAILED, code: 1 },
    { tests: "echo 'all is well'", last_line: FAILED, code: 1 },
  ])("when that does: $tests", ({ tests, last_line, code }) => {
    expect(runCi({ test: tests })).toEqual({ last_line, code });
  });

  it.each(["lint", "typecheck", "build"])("and with one failure when %s fails", (step) => {
    expect(runCi({ [step]: "exit 2", test: "echo '12 passed, 0 failed'" })).toEqual({
      last_line: FAILED,
      code: 1,
    });
  });
});

/** Runs it in a project of its own, with an npm that does for each script what it is told. */
function runCi(scripts: Record<string, string>): { last_line: string | undefined; code: number | null } {
  const project = mkdtempSync(path.join(tmpdir(), "tender-ci-"));
  try {
    for (const made of [".ci", "bin", "node_modules"]) mkdirSync(path.join(project, made));
    copyFileSync(path.join(ROOT, ".ci", "run"), path.join(project, ".ci", "run"));
    writeFileSync(path.join(project, "package-lock.json"), "{}");
    writeFileSync(path.join(project, "node_modules", ".package-lock.json"), "{}");
    const cases = Object.entries(scripts).map(([name, does]) => `*" ${name}") ${does} ;;`);
    const npm = path.join(project, "bin", "npm");
    writeFileSync(npm, `#!/usr/bin/env bash\ncase " $*" in\n${cases.join("\n")}\nesac\n`);
    chmodSync(npm, 0o755);
    const ran = spawnSync(path.join(project, ".ci", "run"), {
      env: { PATH: `${path.dirname(npm)}:${process.env.PATH}` },
      encoding: "utf8",
    });
    return { last_line: ran.stdout.trimEnd().split("\n").at(-1), code: ran.status };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
