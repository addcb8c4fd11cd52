export { BusyButton } from "./busy-button";
export { CardForm } from "./card-form";
export { DeclinePanel } from "./decline-panel";
export { DonePanel, type DoneOrder } from "./done-panel";
export { ExpressButtons } from "./express-buttons";
export { Icon } from "./icon";
export { Mark, OptionMarks } from "./mark";
export { NothingToPay } from "./nothing-to-pay";
export { NoticeBox } from "./notice-box";
export { OptionList } from "./option-list";
export { OrderSummary } from "./order-summary";
export { OrderedPanel } from "./ordered-panel";
export { Panel } from "./panel";
export { PayButton } from "./pay-button";
export { PaymentStep } from "./payment-step";
export {
  ActingPanel,
  BlockedPanel,
  CheckingPanel,
  LeavingPanel,
  StepUpPanel,
  WaitPanel,
} from "./status-panels";
export { StoreLink } from "./store-link";
export { TenderCheckout, type TenderCheckoutProps } from "./tender-checkout";
export { useCardDraft, type CardDraftState } from "./use-card-draft";
export { useCheckout, type Checkout, type CheckoutSource } from "./use-checkout";
export { WalletSheet } from "./wallet-sheet";
export { useWording, WordingProvider } from "./wording-context";
