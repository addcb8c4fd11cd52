/** What a refusal leads to, and the simulator. */
export const rules = {
  title: "Recovery rules",
};
