import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API_KEY, authorized, gatewayAt, PROVIDER, WEBHOOK_SECRET } from "../../__tests__/support";

const MAIN = join(__dirname, "..", "main.ts");

describe("the bank as a process of its own", () => {
  let folder: string;
  let merchants: string;
  const running: ChildProcess[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-bank-"));
    merchants = join(folder, "merchants.json");
    writeFileSync(
      merchants,
      JSON.stringify([{ provider: PROVIDER, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET }]),
    );
  });
  afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
  afterAll(() => rmSync(folder, { recursive: true }));

  function bank(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, ["-r", "ts-node/register", MAIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    return child;
  }

  async function ready(
    child: ChildProcess,
  ): Promise<{ url: string; merchants: Record<string, { url: string }> }> {
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    return JSON.parse(line.toString()) as Awaited<ReturnType<typeof ready>>;
  }

  async function ended(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
    const text = { out: "", err: "" };
    child.stdout?.on("data", (chunk) => (text.out += chunk));
    child.stderr?.on("data", (chunk) => (text.err += chunk));
    const [code] = (await once(child, "close")) as unknown[];
    return { code, ...text };
  }

  it("says in one line of JSON that it is ready, and keeps its ledger when it is killed", async () => {
    const ledger = join(folder, "ledger.jsonl");
    const first = bank("--merchants", merchants, "--ledger", ledger);
    const { merchants: shops } = await ready(first);
    const reference = await authorized(gatewayAt(shops[PROVIDER]?.url ?? ""));
    first.kill("SIGKILL");
    await once(first, "close");

    const { url, merchants: after } = await ready(bank("--merchants", merchants, "--ledger", ledger));
    const gateway = gatewayAt(after[PROVIDER]?.url ?? "");
    expect(await gateway.retrievePayment(reference, AbortSignal.timeout(5000))).toMatchObject({
      status: "authorized",
    });
    expect((await fetch(`${url}/control/ledger`)).status).toBe(200);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("stops cleanly on %s", async (signal) => {
    const child = bank("--merchants", merchants);
    await ready(child);
    child.kill(signal);
    expect(await ended(child)).toMatchObject({ code: 0, err: "" });
  });

  it("explains itself with --help", async () => {
    expect(await ended(bank("--help"))).toMatchObject({
      code: 0,
      out: expect.stringContaining("--merchants"),
    });
  });

  it("says in one line what is wrong with how it was started", async () => {
    const broken = join(folder, "broken.json");
    writeFileSync(
      broken,
      JSON.stringify([{ provider: PROVIDER, api_key: 12345678, webhook_secret: "secret-value" }]),
    );
    for (const [args, words] of [
      [[], "--merchants"],
      [["--merchants", join(folder, "none.json")], "cannot be read"],
      [["--merchants", broken], "0.api_key"],
      [["--merchants", merchants, "--port", "99999"], "--port"],
      [["--wrong"], "--wrong"],
    ] as const) {
      const { code, err } = await ended(bank(...args));
      expect(code).toBe(1);
      expect(err).toContain(words);
      expect(err).not.toContain("secret-value");
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  it("says in one line that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, err } = await ended(bank("--merchants", merchants, "--port", String(port)));
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^The sandbox bank cannot start: .*EADDRINUSE.*\n$/);
  });
});
