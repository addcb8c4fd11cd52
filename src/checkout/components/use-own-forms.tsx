import { useCallback, useRef, useState, type ReactNode } from "react";
import type { PaymentAttemptView, PaymentOptionView } from "../client";
import {
  formOf,
  gatewayFormOf,
  isExpress,
  isToBeSaved,
  listedOptions,
  type CheckoutState,
  type PaymentDetails,
} from "../flow";
import type { Collected, GatewayFieldsHandle } from "../gateway-form";
import { GatewayFieldsSlot, type FormReport } from "./gateway-fields-slot";

type OwnFormsConfig = Readonly<{
  state: CheckoutState;
  /** The cart's total, as written. */
  amount: string;
  storeUrl: string | undefined;
  onPay: (details?: PaymentDetails, expressId?: string) => void;
  onBegin: ((optionId: string) => Promise<PaymentAttemptView | null>) | undefined;
  onReport: ((optionId: string, isUsable: boolean) => void) | undefined;
  /** The box to keep an option for next time; null where it cannot be kept. */
  saveBox: (option: PaymentOptionView) => ReactNode;
}>;

/** The forms that gateways draw by themselves among the ways to pay. */
export interface OwnForms {
  draw(option: PaymentOptionView): ReactNode;
  /** Collects what was typed into an option's form, and pays with it; without it where a page of the service's will do. */
  pay(option: PaymentOptionView): void;
  /** It was open, so that something may have been typed into it. */
  isKept(option: PaymentOptionView): boolean;
  /** Its form is being loaded. */
  isWaiting(option: PaymentOptionView): boolean;
  /** Its form cannot be loaded, or the device has no such wallet. */
  isUnusable(option: PaymentOptionView): boolean;
  /** Its form is a button of its service's own, into which nothing is typed. */
  isButton(option: PaymentOptionView): boolean;
  /** Something is typed into its form. */
  asksForDetails(option: PaymentOptionView): boolean;
  /** It is paid with by that button, and not by the page's. */
  paysByItself(option: PaymentOptionView): boolean;
}

/** Draws gateways' own forms, keeps hold of them, and knows which can be used. */
export function useOwnForms(config: OwnFormsConfig): OwnForms {
  const { state, amount, storeUrl, onPay, onBegin, onReport, saveBox } = config;
  const handles = useRef(new Map<string, GatewayFieldsHandle>());
  const drawn = useRef(new Set<string>());
  const [reports, setReports] = useState<Readonly<Record<string, FormReport>>>({});

  const report = useCallback(
    (optionId: string, reported: FormReport) => {
      setReports((before) => ({ ...before, [optionId]: reported }));
      onReport?.(optionId, reported !== "unusable");
    },
    [onReport],
  );

  const isOwn = (option: PaymentOptionView): boolean => formOf(option) === "gateway";
  const isUnusable = ({ id }: PaymentOptionView): boolean => state.unusableIds.includes(id);
  const isButton = (option: PaymentOptionView): boolean =>
    gatewayFormOf(option, state.forms)?.hasOwnButton?.(option) === true;

  return {
    draw: (option) => {
      const form = gatewayFormOf(option, state.forms);
      if (!form) return null;
      drawn.current.add(option.id);
      return (
        <GatewayFieldsSlot
          key={option.id}
          form={form}
          option={option}
          email={state.cart?.email ?? null}
          billing={state.cart?.billing_address ?? null}
          amount={amount}
          save={isToBeSaved(state, option.id)}
          saveBox={isExpress(option) ? null : saveBox(option)}
          disabled={state.phase === "paying"}
          hasOtherWays={listedOptions(state).some((other) => other.id !== option.id && !isUnusable(other))}
          storeUrl={storeUrl}
          handle={(handle) => {
            if (handle) handles.current.set(option.id, handle);
            else handles.current.delete(option.id);
          }}
          onReport={report}
          onBegin={() => onBegin?.(option.id) ?? Promise.resolve(null)}
          {...((isExpress(option) || isButton(option)) && {
            onApproved: (collect: () => Promise<Collected>) => {
              if (state.phase !== "choosing") return false;
              onPay(collect, option.id);
              return true;
            },
          })}
        />
      );
    },
    pay: (option) => {
      const handle = handles.current.get(option.id);
      if (reports[option.id] === "without_script") onPay();
      else if (handle && reports[option.id] === "ready") onPay(() => handle.collect());
    },
    isKept: (option) => isOwn(option) && drawn.current.has(option.id),
    isWaiting: (option) => isOwn(option) && reports[option.id] === undefined && !isUnusable(option),
    isUnusable,
    isButton,
    asksForDetails: (option) => gatewayFormOf(option, state.forms)?.asksForDetails?.(option) !== false,
    paysByItself: (option) => isButton(option) && reports[option.id] !== "without_script",
  };
}
