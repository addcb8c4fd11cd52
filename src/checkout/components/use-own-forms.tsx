import { useCallback, useRef, useState, type ReactNode } from "react";
import type { PaymentOptionView } from "../client";
import {
  formOf,
  gatewayFormOf,
  isExpress,
  listedOptions,
  type CheckoutState,
  type PaymentDetails,
} from "../flow";
import type { Collected, GatewayFieldsHandle } from "../gateway-form";
import { GatewayFieldsSlot } from "./gateway-fields-slot";

type OwnFormsConfig = Readonly<{
  state: CheckoutState;
  storeUrl: string | undefined;
  onPay: (details?: PaymentDetails, expressId?: string) => void;
  onReport: ((optionId: string, isUsable: boolean) => void) | undefined;
}>;

/** The forms that gateways draw by themselves among the ways to pay. */
export interface OwnForms {
  draw(option: PaymentOptionView): ReactNode;
  /** Collects what was typed into an option's form, and pays with it. */
  pay(option: PaymentOptionView): void;
  /** It was open, so that something may have been typed into it. */
  isKept(option: PaymentOptionView): boolean;
  /** Its form is being loaded. */
  isWaiting(option: PaymentOptionView): boolean;
  /** Its form cannot be loaded, or the device has no such wallet. */
  isUnusable(option: PaymentOptionView): boolean;
}

/** Draws gateways' own forms, keeps hold of them, and knows which can be used. */
export function useOwnForms({ state, storeUrl, onPay, onReport }: OwnFormsConfig): OwnForms {
  const handles = useRef(new Map<string, GatewayFieldsHandle>());
  const drawn = useRef(new Set<string>());
  const [readyIds, setReadyIds] = useState<readonly string[]>([]);

  const report = useCallback(
    (optionId: string, isUsable: boolean) => {
      setReadyIds((before) => [...before.filter((id) => id !== optionId), ...(isUsable ? [optionId] : [])]);
      onReport?.(optionId, isUsable);
    },
    [onReport],
  );

  const isOwn = (option: PaymentOptionView): boolean => formOf(option) === "gateway";
  const isUnusable = ({ id }: PaymentOptionView): boolean => state.unusableIds.includes(id);

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
          disabled={state.phase === "paying"}
          hasOtherWays={listedOptions(state).some((other) => other.id !== option.id && !isUnusable(other))}
          storeUrl={storeUrl}
          handle={(handle) => {
            if (handle) handles.current.set(option.id, handle);
            else handles.current.delete(option.id);
          }}
          onReport={report}
          {...(isExpress(option) && {
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
      if (handle && readyIds.includes(option.id)) onPay(() => handle.collect());
    },
    isKept: (option) => isOwn(option) && drawn.current.has(option.id),
    isWaiting: (option) => isOwn(option) && !readyIds.includes(option.id) && !isUnusable(option),
    isUnusable,
  };
}
