import { settingAfter, spokenOf, type SettingValues } from "../change-setting";

const BEFORE: SettingValues = {
  enabled: true,
  apart: false,
  titles: { en: { title: "Ours" } },
  methods: { card: { position: 3, titles: { en: { title: "Card" }, de: { title: "Karte" } } } },
};

describe("a setting after a wish", () => {
  it("keeps what the wish leaves out, such as the position and other languages", () => {
    expect(
      settingAfter(BEFORE, {
        methods: { card: { enabled: false, titles: { de: null, fr: { title: "Carte" } } } },
      }),
    ).toEqual({
      ...BEFORE,
      methods: {
        card: { position: 3, enabled: false, titles: { en: { title: "Card" }, fr: { title: "Carte" } } },
      },
    });
  });

  it("is the same for an empty wish", () => {
    expect(settingAfter(BEFORE, {})).toEqual(BEFORE);
  });
});

describe("what the log of changes keeps", () => {
  it("is only what the wish speaks of, as it was and as it is", () => {
    const wish = { enabled: false, methods: { card: { apart: true, titles: { fr: { title: "Carte" } } } } };
    expect(spokenOf(BEFORE, wish)).toEqual({
      enabled: true,
      methods: { card: { apart: false, titles: { fr: null } } },
    });
    expect(spokenOf(settingAfter(BEFORE, wish), wish)).toEqual({
      enabled: false,
      methods: { card: { apart: true, titles: { fr: { title: "Carte" } } } },
    });
  });
});
