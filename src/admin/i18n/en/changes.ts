/** Who changed what. */
export const changes = {
  title: "Changes",
};
