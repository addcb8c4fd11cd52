import { Button, Drawer, Input, Label, Text } from "@medusajs/ui";
import { useId, useState, type FormEvent, type ReactElement } from "react";
import type {
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
  AdminProviderMethod,
  AdminTitles,
  ProviderSettingBody,
} from "../../api/admin/tender/providers/contract";
import { DrawerHeader } from "../components/drawer-header";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { LabelledSwitch } from "./labelled-switch";
import { useNames } from "./use-names";
import { pathOf } from "./use-providers";

/** Languages that are asked for even where nothing was written yet: those of the hosted checkout. */
const ALWAYS = ["en", "ar"];

type Words = Readonly<{ title: string; description: string }>;
const NO_WORDS: Words = { title: "", description: "" };

function sameWords(one: Words, other: Words | undefined): boolean {
  return one.title === other?.title && one.description === other.description;
}

/** The operator's own words for a method, by language, and whether it stands apart. */
export function WordsDrawer({
  provider,
  method,
  onClose,
}: Readonly<{
  provider: AdminPaymentProvider;
  method: AdminProviderMethod;
  onClose: () => void;
}>): ReactElement {
  const { t } = useTexts();
  const { methodName, providerName } = useNames();
  const isForeign = provider.kind === "foreign";
  // As they were when it was opened: what others wrote since in another language is theirs.
  const [before] = useState(() => wordsOf(isForeign ? provider.titles : method.titles));
  const [words, setWords] = useState(before);
  const [apart, setApart] = useState(method.apart);
  const { mutate, isPending } = useChange<AdminPaymentProvidersResult, ProviderSettingBody>({
    onDone: onClose,
  });

  const save = (event: FormEvent): void => {
    event.preventDefault();
    const changed = Object.entries(words).filter(([locale, own]) => !sameWords(own, before[locale]));
    const titles = titlesFrom(Object.fromEntries(changed));
    const moved = apart === method.apart ? {} : { apart };
    mutate({
      path: pathOf(provider, "setting"),
      body: isForeign ? { titles } : { methods: { [method.id]: { titles, ...moved } } },
    });
  };

  const name = methodName(method.id, method);
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader
          title={<bdi>{name}</bdi>}
          hint={t("options.words_hint", { name: providerName(provider) })}
        />
        <form onSubmit={save} className="flex min-h-0 flex-1 flex-col">
          <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
            {!isForeign && (
              <div className="flex items-start justify-between gap-x-4">
                <div>
                  <Text size="small" weight="plus">
                    {t("options.apart")}
                  </Text>
                  <Text size="small" className="text-ui-fg-subtle">
                    {t("options.apart_hint")}
                  </Text>
                </div>
                <LabelledSwitch label={t("options.apart")} checked={apart} onChange={setApart} />
              </div>
            )}
            {Object.entries(words).map(([locale, own]) => (
              <LanguageFields
                key={locale}
                locale={locale}
                usual={name}
                words={own}
                onChange={(changed) => setWords({ ...words, [locale]: changed })}
              />
            ))}
            <AddLanguage
              known={Object.keys(words)}
              onAdd={(locale) => setWords({ ...words, [locale]: NO_WORDS })}
            />
          </Drawer.Body>
          <Drawer.Footer>
            <Drawer.Close asChild>
              <Button type="button" size="small" variant="secondary">
                {t("common.cancel")}
              </Button>
            </Drawer.Close>
            <Button type="submit" size="small" isLoading={isPending}>
              {t("common.save")}
            </Button>
          </Drawer.Footer>
        </form>
      </Drawer.Content>
    </Drawer>
  );
}

function LanguageFields({
  locale,
  usual,
  words,
  onChange,
}: Readonly<{
  locale: string;
  usual: string;
  words: Words;
  onChange: (words: Words) => void;
}>): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const language = useLanguageName()(locale);
  return (
    <fieldset className="flex flex-col gap-y-3">
      <legend className="txt-compact-small-plus pb-2">
        {language}{" "}
        <bdi dir="ltr" className="text-ui-fg-muted font-normal">
          {locale}
        </bdi>
      </legend>
      <div className="flex flex-col gap-y-1">
        <Label size="xsmall" htmlFor={`${id}-title`}>
          {t("options.words_title")}
        </Label>
        <Input
          id={`${id}-title`}
          dir="auto"
          lang={locale}
          maxLength={120}
          required={words.description !== ""}
          placeholder={usual}
          value={words.title}
          onChange={({ target }) => onChange({ ...words, title: target.value })}
        />
      </div>
      <div className="flex flex-col gap-y-1">
        <Label size="xsmall" htmlFor={`${id}-description`}>
          {t("options.words_description")}
        </Label>
        <Input
          id={`${id}-description`}
          dir="auto"
          lang={locale}
          maxLength={300}
          value={words.description}
          onChange={({ target }) => onChange({ ...words, description: target.value })}
        />
      </div>
    </fieldset>
  );
}

function AddLanguage({
  known,
  onAdd,
}: Readonly<{ known: readonly string[]; onAdd: (locale: string) => void }>): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState("");
  const locale = canonical(typed);
  const isNew = locale !== undefined && !known.includes(locale);
  const add = (): void => {
    if (!isNew) return;
    onAdd(locale);
    setTyped("");
  };
  return (
    <div className="flex flex-col gap-y-1">
      <Label size="xsmall" htmlFor={id}>
        {t("options.add_language")}
      </Label>
      <div className="flex gap-x-2">
        <Input
          id={id}
          dir="ltr"
          size="small"
          maxLength={35}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button type="button" size="small" variant="secondary" disabled={!isNew} onClick={add}>
          {t("options.add")}
        </Button>
      </div>
      <Text size="xsmall" className="text-ui-fg-subtle" id={`${id}-hint`}>
        {t("options.add_language_hint")}
      </Text>
    </div>
  );
}

/** A language's name in the operator's language; its code where the browser knows none. */
function useLanguageName(): (locale: string) => string {
  const { language } = useTexts();
  return (locale) => new Intl.DisplayNames([language.slice(0, 2)], { type: "language" }).of(locale) ?? locale;
}

function canonical(code: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(code.trim())[0];
  } catch {
    return undefined;
  }
}

function wordsOf(titles: AdminTitles): Readonly<Record<string, Words>> {
  return Object.fromEntries(
    [...new Set([...ALWAYS, ...Object.keys(titles)])].map((locale) => [
      locale,
      { title: titles[locale]?.title ?? "", description: titles[locale]?.description ?? "" },
    ]),
  );
}

/** A language without a title has none of its own any more. */
function titlesFrom(
  words: Readonly<Record<string, Words>>,
): Record<string, { title: string; description: string | null } | null> {
  return Object.fromEntries(
    Object.entries(words).map(([locale, { title, description }]) => [
      locale,
      title.trim() === "" ? null : { title, description: description.trim() || null },
    ]),
  );
}
