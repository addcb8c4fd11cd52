import type { en } from "../en/all";
import type { TextsLike } from "../texts";
import { attempts } from "./attempts";
import { attention } from "./attention";
import { changes } from "./changes";
import { common } from "./common";
import { option_preview } from "./option-preview";
import { options } from "./options";
import { payment_actions } from "./payment-actions";
import { payments } from "./payments";
import { refunds } from "./refunds";
import { rules } from "./rules";
import { saved_methods } from "./saved-methods";
import { wallets } from "./wallets";
import { webhooks } from "./webhooks";
import * as payment_words from "./payment-words";

/** Every text of the admin in Arabic. */
export const ar: TextsLike<typeof en> = {
  ...payment_words,
  attempts,
  attention,
  changes,
  common,
  option_preview,
  options,
  payment_actions,
  payments,
  refunds,
  rules,
  saved_methods,
  wallets,
  webhooks,
};
