import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ADDRESS, type ChainView } from "./support";

const MAIN = path.join(__dirname, "..", "main.ts");
const TYPESCRIPT = ["--require", "ts-node/register"];
/** Forks what it is told to and does nothing else. */
const PARENT = `require("node:child_process").fork(process.argv[1], ["--port", process.argv[2]],
  { execArgv: process.argv.slice(3), stdio: ["ignore", "inherit", "inherit", "ipc"] }).on("message", () => {})`;

describe("the simulated chain as a process of its own", () => {
  let folder: string;
  let journal: string;
  const running: ChildProcess[] = [];

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "simulated-chain-"));
  });
  beforeEach(() => {
    journal = path.join(folder, `${Math.random()}.jsonl`);
  });
  afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
  afterAll(() => rmSync(folder, { recursive: true }));

  function start(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [...TYPESCRIPT, MAIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    return child;
  }

  async function ready(child: ChildProcess): Promise<Readonly<{ url: string; esplora_url: string }>> {
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

  async function act(url: string, what: string, body?: object): Promise<ChainView> {
    const answer = await fetch(`${url}/demo/${what}`, {
      method: body ? "POST" : "GET",
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as ChainView;
  }

  it("says in one line of JSON that it is ready, and has its chain again after it was killed", async () => {
    const first = start("--journal", journal);
    const { url } = await ready(first);
    const pay = { address: ADDRESS, amount: "0.5" };
    await act(url, "pay", pay);
    await act(url, "mine", { blocks: 2 });
    await act(url, "reorg", { depth: 2 });
    const { txid = "" } = await act(url, "pay", pay);
    await act(url, "replace", { txid });
    const before = await act(url, "state");
    expect(before.waiting).toHaveLength(2);
    first.kill("SIGKILL");
    await once(first, "close");

    // What was being written when it was killed.
    appendFileSync(journal, '{"block":"00');
    const again = await ready(start("--journal", journal));
    expect(await act(again.url, "state")).toEqual(before);
    await act(again.url, "mine", {});
    expect(readFileSync(journal, "utf8")).not.toContain('"00{');
  });

  it("mines by itself what waits, as soon as it is started again", async () => {
    const first = start("--journal", journal);
    const { height } = await act((await ready(first)).url, "pay", { address: ADDRESS, amount: "0.5" });
    first.kill("SIGKILL");
    await once(first, "close");
    const { url } = await ready(start("--journal", journal, "--block-seconds", "1", "--confirmations", "2"));
    for (let now = height; now < height + 2; { height: now } = await act(url, "state")) {
      await sleep(100);
    }
    await sleep(1_500);
    expect(await act(url, "state")).toMatchObject({ height: height + 2, waiting: [] });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("stops cleanly on %s", async (signal) => {
    const child = start();
    await ready(child);
    child.kill(signal);
    expect(await ended(child)).toMatchObject({ code: 0, err: "" });
  });

  it("stops when the process that forked it is killed", async () => {
    const port = await freePort();
    const parent = spawn(process.execPath, ["-e", PARENT, MAIN, String(port), ...TYPESCRIPT], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(parent);
    const { url } = await ready(parent);
    expect(await listens(url)).toBe(true);
    parent.kill("SIGKILL");
    while (await listens(url)) {
      await sleep(100);
    }
  });

  it("explains itself with --help", async () => {
    expect(await ended(start("--help"))).toMatchObject({
      code: 0,
      out: expect.stringContaining("--journal"),
    });
  });

  it("says in one line what is wrong with how it was started", async () => {
    writeFileSync(journal, '{"block":"00"}\n');
    for (const [args, words] of [
      [["--port", "99999"], "--port"],
      [["--block-seconds", "0"], "--block-seconds"],
      [["--confirmations", "many"], "--confirmations"],
      [["--wrong"], "--wrong"],
      [["--journal", journal], `Line 1 of ${journal} cannot be read`],
    ] as const) {
      const { code, err } = await ended(start(...args));
      expect(code).toBe(1);
      expect(err).toContain(words);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  it("says in one line that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { code, err } = await ended(start("--port", String((other.address() as AddressInfo).port)));
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^The simulated chain cannot start: .*EADDRINUSE.*\n$/);
  });
});

const listens = (url: string): Promise<boolean> =>
  fetch(`${url}/demo/state`).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
