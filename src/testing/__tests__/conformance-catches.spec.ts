import { CONFORMANCE_THEMES, contextFor, type ConformancePromise } from "..";
import { memoryHarness, type Mutation } from "./support/memory-gateway";
import { FURTHER_MUTANTS } from "./support/further-mutants";
import { PUBLISHED_MUTANTS } from "./support/published-mutants";

const PROMISES = CONFORMANCE_THEMES.flatMap(({ promises }) => promises);

describe("the suite can fail", () => {
  it("names every promise once", () => {
    const names = PROMISES.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  describe.each([...PUBLISHED_MUTANTS, ...FURTHER_MUTANTS])(
    "a gateway that $defect",
    ({ caught_by, ...mutation }) => {
      it.each(caught_by)("is caught by: %s", async (name) => {
        const kept = PROMISES.find((candidate) => candidate.name === name);
        if (!kept) {
          throw new Error(`There is no promise "${name}".`);
        }
        await expect(check(kept, {})).resolves.toBeUndefined();
        await expect(check(kept, mutation)).rejects.toThrow();
      });
    },
  );
});

async function check(kept: ConformancePromise, mutation: Mutation): Promise<void> {
  const harness = memoryHarness(mutation);
  if (!kept.applies(harness)) {
    throw new Error("The promise does not apply, and so proves nothing.");
  }
  await kept.run(contextFor(harness, await harness.start()));
}
