import type { WalletInvoiceStatusName, WalletReader, WalletTroubleKind } from "../../wallets/words";

/** Wallets the store holds itself: invoices, addresses, nodes. */
export const wallets = {
  title: "Wallets",
  hint: "What was paid to addresses of the store's own accounts. Nothing here can spend: the keys are in your wallet.",
  none: "No installed payment provider keeps a wallet of its own. One that takes coins on chain does; add it to medusa-config.ts, and its wallet is shown here.",
  broken: "This wallet could not be looked at. The server's log says why.",
  test_network: "Test network",
  node: {
    title: "Node",
    answers: "Answers",
    does_not_answer: "Does not answer",
    behind_one: "{{count}} block behind",
    behind_other: "{{count}} blocks behind",
    network: "Network",
    newest_block: "Newest block",
    read_up_to: "Read up to block",
    looked_at: "Read last",
    never: "Not yet",
    unknown: "Not known",
    reader: "Read by",
    readers: {
      this_server: "This server",
      another_server: "Another server of the store",
      nobody: "Nobody just now",
    } satisfies Readonly<Record<WalletReader, string>>,
    troubles: {
      unreachable:
        "The node cannot be reached, or does not answer in time. Payments are seen once it answers again.",
      warming_up: "The node is starting. Payments are seen once it is ready.",
      refused_credentials:
        "The node does not accept the store's user or key. Correct it in medusa-config.ts.",
      wrong_network: "The node belongs to another network. Correct its address in medusa-config.ts.",
      behind: "The node has fewer blocks than were read already. It has to catch up.",
      nonsense: "The node answers what cannot be right. Check what runs at its address.",
      refused: "The node refuses to answer. Its settings may leave out what is needed.",
    } satisfies Readonly<Record<WalletTroubleKind, string>>,
  },
  account: {
    title: "Account",
    fingerprint: "Fingerprint",
    kind: "Addresses",
    watch_only: "Watched by its public key alone",
    next: "Next address",
    used: "Addresses paid to",
    unused: "Unused since the last payment",
    of_limit: "{{count}} of {{limit}}",
    near_limit:
      "Most wallets stop looking after {{limit}} unused addresses in a row. Raise this limit in your wallet soon, or it will not show the next payments. No money is lost.",
    over_limit:
      "Most wallets stop looking after {{limit}} unused addresses in a row. Set this limit in your wallet to more than {{needed}}, or it does not show all payments. No money is lost.",
  },
  invoices: {
    title: "Invoices",
    search: "Address, transaction or attempt",
    search_hint: "The whole address, transaction id or attempt id",
    empty: "Nobody has been asked to pay to this wallet yet.",
    no_match: "No invoice fits. Change the search or the status.",
    address: "Address",
    asked: "Asked for",
    seen: "Seen",
    confirmed: "Confirmed",
    confirmations: "Confirmations",
    expires: "Price holds until",
    attempt: "Attempt",
    copy_address: "Copy the address",
    region: "Invoices, a table that scrolls sideways",
    statuses: {
      awaiting: "Waiting for the payment",
      partial: "Paid in part",
      confirming: "Being confirmed",
      settled: "Paid",
      undone: "Taken back by the network",
      expired: "Not paid in time",
      canceled: "Canceled",
    } satisfies Readonly<Record<WalletInvoiceStatusName, string>>,
  },
};
