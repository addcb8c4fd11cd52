import { forwardRef, useEffect, useImperativeHandle } from "react";
import type {
  GatewayFieldsHandle,
  GatewayFieldsProps,
  GatewayFormParts,
} from "../../../checkout/gateway-form";
import { optionOf } from "./client";
import { CoinPanel } from "./panel";
import { coinTexts, fill } from "./texts";

/** Nothing to fill in: a word on what happens next. */
const Fields = forwardRef<GatewayFieldsHandle, GatewayFieldsProps>(function Fields(props, ref) {
  const { option, locale, onReady } = props;
  const minutes = optionOf(option)?.expires_in_min ?? null;
  const texts = coinTexts(locale);
  useEffect(onReady, [onReady]);
  useImperativeHandle(ref, () => ({ collect: async () => ({ type: "data", data: {} }) }), []);
  return (
    <p className="tender-own-form__help">
      {minutes === null ? texts.fields : fill(texts.fields_within, { minutes })}
    </p>
  );
});

export const coinParts: GatewayFormParts = {
  Fields,
  Panel: CoinPanel,
  // The panel asks, and sees by itself what comes of it.
  act: async () => undefined,
};
