import type {
  CardFieldComponent,
  CardFieldsOneTimePaymentSession,
  CardFieldTypes,
  EventPayload,
  EventState,
} from "@paypal/paypal-js/sdk-v6";
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type ReactElement,
  type Ref,
} from "react";
import type { Collected, GatewayFieldsHandle, GatewayFieldsProps } from "../../../checkout/gateway-form";
import { billingAddressOf } from "./billing";
import { CARD_FIELDS, cardFieldOptions } from "./card-look";
import { complaintsAfter, wrongFields } from "./card-state";
import { orderIdOf } from "./client";
import type { PayPal } from "./paypal-js";
import { cardTexts } from "./texts";

type CardFieldsProps = GatewayFieldsProps & Readonly<{ paypal: PayPal }>;

/** PayPal's fields for a card, each in a frame of PayPal's, under labels of the page. */
export const CardFields = forwardRef<GatewayFieldsHandle, CardFieldsProps>(function CardFields(props, ref) {
  const { paypal, billing, locale, theme, direction, disabled, begin, onReady } = props;
  const places = useRef(new Map<CardFieldTypes, HTMLDivElement>());
  const session = useRef<CardFieldsOneTimePaymentSession | null>(null);
  const fields = useRef(new Map<CardFieldTypes, CardFieldComponent>());
  const state = useRef<EventState | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const [complaints, setComplaints] = useState<readonly CardFieldTypes[]>([]);
  const texts = cardTexts(locale);

  useEffect(() => {
    const made = paypal.createCardFieldsOneTimePaymentSession();
    const listen = (event: EventPayload): void => {
      state.current = event.data;
      setComplaints((before) => complaintsAfter(before, event));
    };
    void made.on("change", listen);
    void made.on("validitychange", listen);
    void made.on("blur", listen);
    for (const type of CARD_FIELDS) {
      const field = made.createCardFieldsComponent(cardFieldOptions(type, { theme, locale, direction }));
      fields.current.set(type, field);
      places.current.get(type)?.append(field);
    }
    session.current = made;
    onReady();
    return () => {
      session.current = null;
      state.current = null;
      fields.current.forEach((field) => field.destroy());
      made.destroy();
    };
    // Another language changes the labels only: made anew, the fields would lose what was typed.
  }, [paypal, theme, onReady]);

  useEffect(() => {
    // A frame knows nothing of the page's disabled fields.
    if (form.current) form.current.inert = disabled;
  }, [disabled]);

  useImperativeHandle(ref, () => ({
    collect: async (): Promise<Collected> => {
      const wrong = wrongFields(state.current);
      setComplaints(wrong);
      const [first] = wrong;
      if (first) fields.current.get(first)?.focus();
      if (first || !session.current) return { type: first ? "incomplete" : "failed" };
      const attempt = await begin();
      // Where the payment led elsewhere, the page says so already.
      if (!attempt) return { type: "canceled" };
      return submitted(session.current, orderIdOf(attempt), billing);
    },
  }));

  return (
    <div className="tender-card-form" ref={form}>
      <p className="tender-hidden" role="status">
        {complaints[0] && texts.wrong[complaints[0]]}
      </p>
      {CARD_FIELDS.map((type) => (
        <CardFieldPlace
          key={type}
          isWide={type === "number" || type === "name"}
          label={texts[type]}
          error={complaints.includes(type) ? texts.wrong[type] : undefined}
          place={(element) => {
            if (element) places.current.set(type, element);
          }}
        />
      ))}
    </div>
  );
});

/** Hands the card to PayPal, which asks for 3-D Secure in a window of its own. Nothing is charged by it. */
async function submitted(
  session: CardFieldsOneTimePaymentSession | null,
  orderId: string | undefined,
  billing: GatewayFieldsProps["billing"],
): Promise<Collected> {
  if (!session || orderId === undefined) return { type: "failed" };
  const billingAddress = billingAddressOf(billing);
  const { state } = await session.submit(orderId, billingAddress && { billingAddress });
  switch (state) {
    case "succeeded":
      return { type: "data", data: {} };
    case "canceled":
      return { type: "canceled" };
    case "failed":
      return { type: "failed" };
  }
}

type CardFieldPlaceProps = Readonly<{
  label: string;
  error: string | undefined;
  isWide: boolean;
  place: Ref<HTMLDivElement>;
}>;

function CardFieldPlace({ label, error, isWide, place }: CardFieldPlaceProps): ReactElement {
  return (
    <div className={isWide ? "tender-field tender-card-form__number" : "tender-field"}>
      {/* The frame has a label of its own for screen readers. */}
      <span className="tender-field__label" aria-hidden="true">
        {label}
      </span>
      <div ref={place} className="tender-field__box" />
      {error !== undefined && <p className="tender-field__error">{error}</p>}
    </div>
  );
}
