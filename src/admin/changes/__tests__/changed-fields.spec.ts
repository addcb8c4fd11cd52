import { changedFields } from "../changed-fields";

describe("what a change changed", () => {
  it("is what differs, field by field, also inside others", () => {
    expect(
      changedFields(
        { enabled: true, position: 1, titles: { en: "Card", ar: "بطاقة" } },
        { enabled: false, position: 1, titles: { en: "Cards", ar: "بطاقة" } },
      ),
    ).toEqual([
      { name: "enabled", before: "true", after: "false" },
      { name: "titles.en", before: "Card", after: "Cards" },
    ]);
  });

  it("names what came and what went", () => {
    expect(changedFields({ gone: "x" }, { come: ["a", 1] })).toEqual([
      { name: "gone", before: "x", after: undefined },
      { name: "come", before: undefined, after: '["a",1]' },
    ]);
  });

  it("is all of it where there was nothing before, or is nothing after", () => {
    expect(changedFields(null, { status: "done" })).toEqual([
      { name: "status", before: undefined, after: "done" },
    ]);
    expect(changedFields({ status: "done" }, undefined)).toEqual([
      { name: "status", before: "done", after: undefined },
    ]);
  });

  it("of bare values and of equal ones is no trouble", () => {
    expect(changedFields("a", "b")).toEqual([{ name: "", before: "a", after: "b" }]);
    expect(changedFields({ a: [1] }, { a: [1] })).toEqual([]);
    expect(changedFields(null, null)).toEqual([]);
  });
});
