import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { busyPort, freePort, startProgram } from "./support/program";

describe("npm start says in one line what is wrong, and ends with exit code 1:", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-refusals-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("a port of the store that is in use", async () => {
    const { port, close } = await busyPort();
    const line = await refusal({ PORT: String(port) });
    await close();
    expect(line).toBe(
      `tender: port ${port} for the store is in use. Choose another: PORT=${beside(port, 100)} npm start`,
    );
  });

  it("a port of the bank that is in use", async () => {
    const { port, close } = await busyPort();
    const line = await refusal({ BANK_PORT: String(port) });
    await close();
    expect(line).toBe(
      `tender: port ${port} for the sandbox bank is in use. Choose another: BANK_PORT=${beside(port, 100)} npm start`,
    );
  });

  it("a port of the simulated chain that is in use", async () => {
    const { port, close } = await busyPort();
    const line = await refusal({ CHAIN_PORT: String(port) });
    await close();
    expect(line).toBe(
      `tender: port ${port} for the simulated chain is in use. Choose another: CHAIN_PORT=${beside(port, 100)} npm start`,
    );
  });

  it.each(["nonsense", "0", "65536", "-1", "80.5"])("PORT=%s, which is no port", async (PORT) => {
    expect(await refusal({ PORT })).toBe(
      `tender: PORT=${PORT} is not a port. Use a number from 1 to 65535, e.g. PORT=9000.`,
    );
  });

  it("one port for the store and the bank", async () => {
    const PORT = String(await freePort());
    expect(await refusal({ PORT, BANK_PORT: PORT })).toMatch(`tender: PORT and BANK_PORT are both ${PORT}.`);
  });

  it.each(["PORT", "BANK_PORT"])("one port for %s and the chain", async (other) => {
    const port = String(await freePort());
    expect(await refusal({ [other]: port, CHAIN_PORT: port })).toMatch(
      `tender: ${other} and CHAIN_PORT are both ${port}. Choose another for the chain: CHAIN_PORT=`,
    );
  });

  it("the last port of all, when it is in use, with a port that exists as the way out", async () => {
    const { close } = await busyPort(65_535);
    const line = await refusal({ PORT: "65535" });
    await close();
    expect(line).toBe("tender: port 65535 for the store is in use. Choose another: PORT=65435 npm start");
  });

  it("the last port of all leaves the one before it for the bank", async () => {
    const { close } = await busyPort(65_534);
    const line = await refusal({ PORT: "65535" });
    await close();
    expect(line).toMatch("port 65534 for the sandbox bank is in use.");
  });

  it("a folder that cannot be written to", async () => {
    const file = path.join(folder, "a-file");
    writeFileSync(file, "");
    const TENDER_STATE = path.join(file, "state");
    const line = await refusal({ TENDER_STATE });
    expect(line).toMatch(`tender: cannot write to ${TENDER_STATE} (ENOTDIR`);
    expect(line).toMatch("TENDER_STATE");
  });

  it("a database that does not answer", async () => {
    const DATABASE_URL = `postgres://user:secret@127.0.0.1:${await freePort()}/tender`;
    const line = await refusal({ DATABASE_URL });
    expect(line).toMatch(/^tender: the database of DATABASE_URL does not answer \(.*ECONNREFUSED/);
    expect(line).not.toMatch("secret");
  });

  it("a database whose password is another", async () => {
    const { DB_HOST, DB_PORT, DB_USERNAME } = process.env;
    const DATABASE_URL = `postgres://${DB_USERNAME}:wrong@${DB_HOST}:${DB_PORT}/postgres`;
    expect(await refusal({ DATABASE_URL })).toMatch(
      /^tender: the database of DATABASE_URL does not answer \(password authentication failed/,
    );
  });

  /** The line it ends with; fails when it says more than one, or ends well. */
  async function refusal(env: Record<string, string>): Promise<string> {
    const ports = { PORT: String(await freePort()), BANK_PORT: "", CHAIN_PORT: "" };
    const program = startProgram(["scripts/start.mjs"], {
      ...ports,
      TENDER_STATE: path.join(folder, "state"),
      ...env,
    });
    expect(await program.ended).toBe(1);
    const lines = program.stderr().trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    return lines[0]!;
  }
});

/** A port that exists. */
function beside(port: number, distance: number): number {
  return port + distance <= 65_535 ? port + distance : port - distance;
}
