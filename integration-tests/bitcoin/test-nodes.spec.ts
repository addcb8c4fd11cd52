import { fork } from "node:child_process";
import path from "node:path";
import { until } from "../support/until";

const PARENT = path.join(__dirname, "..", "nodes", "parent-process.ts");

describe("the nodes of these tests", () => {
  it("end by themselves when whoever started them is killed", async () => {
    const parent = fork(PARENT, {
      execArgv: ["--require", "ts-node/register"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const urls = await new Promise<string[]>((resolve, reject) => {
      parent.once("message", (message) => resolve(message as string[]));
      parent.once("exit", () => reject(new Error("It ended before its nodes were there.")));
    });
    expect(await Promise.all(urls.map(isListening))).toEqual([true, true]);
    parent.kill("SIGKILL");
    await until(async () => !(await Promise.all(urls.map(isListening))).includes(true));
  });
});

const isListening = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );
