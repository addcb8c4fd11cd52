import { csvLine } from "../admin/tender/payment-attempts.csv/csv";

describe("a line of CSV", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@A1", "'@A1"],
    ["\t=1", "'\t=1"],
    ["a=1", "a=1"],
    ['say "hi"', '"say ""hi"""'],
    ["a,b", '"a,b"'],
    ["=A1,B1", `"'=A1,B1"`],
    [null, ""],
    [12, "12"],
  ])("holds %j as %s", (cell, expected) => {
    expect(csvLine([cell, "x"])).toBe(`${expected},x\r\n`);
  });
});
