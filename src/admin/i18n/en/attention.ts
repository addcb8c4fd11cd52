/** Open findings and what can be done about them. */
export const attention = {
  title: "Needs attention",
};
