import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
  type UniqueIdentifier,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ArrowDownMini, ArrowUpMini, DotsSix } from "@medusajs/icons";
import { clx, IconButton } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "../lib/use-texts";

type Props<Item> = Readonly<{
  /** What is in order, for those who do not see it. */
  label: string;
  items: readonly Item[];
  idOf: (item: Item) => string;
  nameOf: (item: Item) => string;
  onOrder: (items: Item[]) => void;
  children: (item: Item) => ReactNode;
  className?: string;
}>;

/** A list that is put in order by dragging, with the keyboard, or with two buttons in each row. */
export function SortableList<Item>(props: Props<Item>): ReactElement {
  const { label, items, idOf, nameOf, onOrder, children, className } = props;
  const { t } = useTexts();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map(idOf);
  const move = (from: number, to: number): void => {
    if (from !== to && from >= 0 && to >= 0 && to < items.length) onOrder(arrayMove([...items], from, to));
  };
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    if (over) move(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        announcements: useAnnouncements((id) => {
          const at = ids.indexOf(String(id));
          const item = items[at];
          return item === undefined ? undefined : { name: nameOf(item), place: at + 1, of: items.length };
        }),
        screenReaderInstructions: { draggable: t("options.drag_help") },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol aria-label={label} className={className}>
          {items.map((item, at) => (
            <SortableRow
              key={idOf(item)}
              id={idOf(item)}
              name={nameOf(item)}
              isFirst={at === 0}
              isLast={at === items.length - 1}
              onMove={(by) => move(at, at + by)}
            >
              {children(item)}
            </SortableRow>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

type RowProps = Readonly<{
  id: string;
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: 1 | -1) => void;
  children: ReactNode;
}>;

function SortableRow({ id, name, isFirst, isLast, onMove, children }: RowProps): ReactElement {
  const { t } = useTexts();
  const row = useSortable({ id, attributes: { roleDescription: t("options.draggable") } });
  const isAlone = isFirst && isLast;
  return (
    <li
      ref={row.setNodeRef}
      style={{ transform: CSS.Translate.toString(row.transform), transition: row.transition }}
      className={clx("bg-ui-bg-base flex items-start gap-x-2 px-6 py-3 last:rounded-b-lg", {
        "shadow-elevation-card-hover relative z-10": row.isDragging,
      })}
    >
      {!isAlone && (
        <button
          type="button"
          ref={row.setActivatorNodeRef}
          {...row.attributes}
          {...row.listeners}
          aria-label={t("options.drag", { name })}
          className="text-ui-fg-muted hover:text-ui-fg-base focus-visible:shadow-borders-focus mt-1 cursor-grab touch-none rounded p-1 outline-none"
        >
          <DotsSix />
        </button>
      )}
      <div className="min-w-0 flex-1">{children}</div>
      {!isAlone && (
        <div className="flex shrink-0 gap-x-1">
          <MoveButton label={t("options.move_up", { name })} off={isFirst} onPress={() => onMove(-1)}>
            <ArrowUpMini />
          </MoveButton>
          <MoveButton label={t("options.move_down", { name })} off={isLast} onPress={() => onMove(1)}>
            <ArrowDownMini />
          </MoveButton>
        </div>
      )}
    </li>
  );
}

/** At the list's end it does nothing but keeps the focus, so that whoever pressed it finds their place again. */
function MoveButton({
  label,
  off,
  onPress,
  children,
}: Readonly<{ label: string; off: boolean; onPress: () => void; children: ReactNode }>): ReactElement {
  return (
    <IconButton
      type="button"
      size="small"
      variant="transparent"
      aria-label={label}
      aria-disabled={off}
      className={clx({ "opacity-40": off })}
      onClick={off ? undefined : onPress}
    >
      {children}
    </IconButton>
  );
}

type Place = Readonly<{ name: string; place: number; of: number }>;

/** What is said while something is dragged. */
function useAnnouncements(placeOf: (id: UniqueIdentifier) => Place | undefined): Announcements {
  const { t } = useTexts();
  const say = (key: string, active: UniqueIdentifier, over: UniqueIdentifier | undefined) => {
    const dragged = placeOf(active);
    const target = placeOf(over ?? active);
    return dragged && target && t(key, { ...dragged, place: target.place });
  };
  return {
    onDragStart: ({ active }) => say("options.said_picked", active.id, undefined),
    // The first one comes at once, over its own place.
    onDragOver: ({ active, over }) =>
      say(over?.id === active.id ? "options.said_picked" : "options.said_over", active.id, over?.id),
    onDragEnd: ({ active, over }) => say("options.said_dropped", active.id, over?.id),
    onDragCancel: ({ active }) => say("options.said_canceled", active.id, undefined),
  };
}
