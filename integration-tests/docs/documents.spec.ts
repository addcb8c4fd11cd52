import path from "node:path";
import { STATUS_OF_PROBLEM } from "../../src/api/problem-status";
import { DECLINE_CATEGORIES } from "../../src/gateway";
import { TenderOptionsSchema } from "../../src/modules/tender/options";
import { TEST_CARDS } from "../../src/providers/sandbox/bank/test-cards";
import { declineOf } from "../../src/providers/sandbox/declines";
import { blocksOf, DOCUMENTS, existsInRepository, proseOf, sourceOf } from "./support/documents";

/** npm's own commands, which need no script. */
const BUILT_IN = ["install", "pack", "start", "test"];

describe.each(DOCUMENTS)("%s", (document) => {
  const links = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const inside = links.filter((target) => !/^[a-z]+:/.test(target));

  it("links to files and pictures that exist, and to headings that do", () => {
    const broken = inside.filter((target) => !leadsSomewhere(document, target));
    expect(broken).toEqual([]);
  });

  it("names files of the repository that exist", () => {
    const named = [
      ...proseOf(document).matchAll(/`((?:src|docs|scripts|bench|integration-tests)\/[\w@.[\]/-]+)`/g),
    ];
    // The example of how to add a gateway is no file of ours.
    const own = named.map(([, file = ""]) => file).filter((file) => !file.includes("/acme"));
    expect(own.filter((file) => !existsInRepository(file))).toEqual([]);
  });

  it("names npm scripts that exist", () => {
    const scripts = Object.keys((JSON.parse(sourceOf("package.json")) as { scripts: object }).scripts);
    const named = [...sourceOf(document).matchAll(/(?:^|`)npm (?:run )?([a-z][\w:-]*)/gm)].map(
      ([, name = ""]) => name,
    );
    const known = [...scripts, ...BUILT_IN];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("speaks of no machine and no account of anybody's", () => {
    expect(sourceOf(document)).not.toMatch(/\/work\/|\/home\/|\/root\/|BEGIN [A-Z ]*KEY|sk_live/);
  });
});

describe("docs/operators.md", () => {
  it("explains every option of the plugin", () => {
    const explained = [...proseOf("docs/operators.md").matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(explained).toEqual(expect.arrayContaining(Object.keys(TenderOptionsSchema.shape)));
  });

  it("tells what each category of refusals leads to, in the order of the categories", () => {
    const table =
      proseOf("docs/operators.md").split("## What a refusal leads to")[1]?.split("\n## ")[0] ?? "";
    expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)).toEqual(DECLINE_CATEGORIES);
  });
});

describe("docs/store-api.md", () => {
  it("lists every problem with the status it is answered with", () => {
    const table = proseOf("docs/store-api.md").split("## Errors")[1]?.split("\n## ")[0] ?? "";
    const listed = [...table.matchAll(/^\| (\d{3}) +\| `(\w+)`/gm)].map(([, status, code]) => [code, status]);
    const answered = Object.entries({ ...STATUS_OF_PROBLEM, too_many_requests: { status: 429 } }).map(
      ([code, { status }]) => [code, String(status)],
    );
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(answered));
  });
});

describe("docs/sandbox.md", () => {
  const rows = [
    ...proseOf("docs/sandbox.md").matchAll(/^\| (\d{14,16}) +\| `(\w+)` +\|[^|]*\| (?:`(\w+)`)? *\|$/gm),
  ];

  it.each(rows.map(([, number, token, category]) => ({ number, token, category: category ?? "approved" })))(
    "is right about $token",
    ({ number, token, category }) => {
      const card = TEST_CARDS.find((known) => known.token === token);
      expect(card?.number).toBe(number);
      const behaviour = card?.behaviour.type === "three_d_secure" ? card.behaviour.then : card?.behaviour;
      expect(behaviour?.type === "decline" ? declineOf(behaviour.decline).category : "approved").toBe(
        category,
      );
    },
  );

  it("lists the cards of the README among others", () => {
    const in_readme = [...proseOf("README.md").matchAll(/^\| ([\d ]{19}) /gm)].map(([, number = ""]) =>
      number.replaceAll(" ", ""),
    );
    expect(in_readme.length).toBeGreaterThan(5);
    expect(rows.map(([, number]) => number)).toEqual(expect.arrayContaining(in_readme));
  });
});

/** True for an existing file, and a heading of it where one is named. */
function leadsSomewhere(document: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const found = file === "" ? document : path.posix.join(path.posix.dirname(document), file);
  if (!existsInRepository(found)) {
    return false;
  }
  return heading === undefined || headingsOf(found).includes(heading);
}

/** Headings as GitHub makes anchors of them. */
function headingsOf(document: string): string[] {
  return [...proseOf(document).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

it("blocks that are to be run are there", () => {
  const run = DOCUMENTS.flatMap((document) => blocksOf(document)).filter(({ info }) => info === "sh test");
  expect(run.length).toBeGreaterThanOrEqual(2);
});
