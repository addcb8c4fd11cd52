/** The inbox of webhooks. */
export const webhooks = {
  title: "Webhooks",
};
