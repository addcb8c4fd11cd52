import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withRunningStore } from "../support/suite";
import { blocksOf } from "./support/documents";

const CURL = path.resolve(__dirname, "support/curl.cjs");

withRunningStore((running) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tender-docs-"));
    mkdirSync(path.join(folder, ".tender"));
    const demo = { base_url: running.base_url(), publishable_key: running.store().publishable_key };
    writeFileSync(path.join(folder, ".tender", "demo.json"), JSON.stringify(demo));
    // A machine without curl gets one that does what the examples use of it.
    writeFileSync(path.join(folder, "curl"), `#!/bin/sh\nexec "${process.execPath}" "${CURL}" "$@"\n`);
    chmodSync(path.join(folder, "curl"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe("the commands a reader copies", () => {
    it("from README.md list the options, are refused in plain words, and pay another way", async () => {
      const [options, refusal, order] = await linesOf(firstTestBlock("README.md"));
      expect(options?.split(" ")).toContain("pp_sandbox_a:google_pay");
      expect(refusal).toMatch(/not enough money/);
      expect(order).toMatch(/^order_/);
    });

    it("from docs/store-api.md go from an empty cart over a refusal to an order", async () => {
      const [category, options, order] = await linesOf(firstTestBlock("docs/store-api.md"));
      expect(category).toBe("instrument_unusable");
      expect(options?.split(" ").length).toBeGreaterThanOrEqual(2);
      expect(order).toMatch(/^order_/);
    });
  });

  /** Runs a script as a reader would, from the repository's folder of a running demo. */
  async function linesOf(script: string): Promise<string[]> {
    const shell = spawn("sh", ["-e", "-c", script], {
      cwd: folder,
      env: { PATH: `${process.env.PATH}:${path.dirname(process.execPath)}:${folder}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let complaints = "";
    shell.stdout.on("data", (chunk) => (output += chunk));
    shell.stderr.on("data", (chunk) => (complaints += chunk));
    const code = await new Promise((resolve) => shell.on("close", resolve));
    expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
    return output.trim().split("\n");
  }
});

function firstTestBlock(document: string): string {
  const block = blocksOf(document).find(({ info }) => info === "sh test");
  if (!block) {
    throw new Error(`${document} has no block marked "sh test".`);
  }
  return block.text;
}
