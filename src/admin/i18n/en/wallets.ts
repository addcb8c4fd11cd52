/** Wallets the store holds itself: invoices, addresses, nodes. */
export const wallets = {
  title: "Wallets",
};
