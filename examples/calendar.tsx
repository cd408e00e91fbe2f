import { useState } from 'react';
import { addDays, differenceInCalendarDays, format, isWeekend } from 'date-fns';
import type { DateRange } from 'react-day-picker';
import { BedDouble, Moon, Sparkles } from 'lucide-react';
import { Button } from '/components/ui/button';
import { Calendar } from '/components/ui/calendar';
import { Card, CardContent } from '/components/ui/card';
import { Label } from '/components/ui/label';
import { Switch } from '/components/ui/switch';

const START = new Date(2026, 5, 12);
const NIGHT_PRICE = 118;
const WEEKEND_PRICE = 146;
const booked = [new Date(2026, 5, 4), new Date(2026, 5, 5), new Date(2026, 5, 24), new Date(2026, 5, 25), new Date(2026, 5, 26)];

const calendarClassNames = {
  months: 'relative',
  month: 'space-y-4',
  month_caption: 'flex h-8 items-center justify-center',
  nav: 'absolute inset-x-0 top-0 flex h-8 items-center justify-between',
  button_previous: 'inline-flex h-8 w-8 items-center justify-center rounded-md border border-gray-200 hover:bg-gray-100 dark:border-gray-800 dark:hover:bg-gray-800',
  button_next: 'inline-flex h-8 w-8 items-center justify-center rounded-md border border-gray-200 hover:bg-gray-100 dark:border-gray-800 dark:hover:bg-gray-800',
  chevron: 'h-4 w-4 fill-current',
  month_grid: 'mx-auto border-collapse',
  weekday: 'h-9 w-11 text-xs font-medium text-gray-500',
  day: 'p-0.5 text-center text-sm',
  day_button: 'h-10 w-10 rounded-lg hover:bg-indigo-100 dark:hover:bg-indigo-900',
  today: 'font-semibold text-indigo-600 dark:text-indigo-300',
  outside: 'text-gray-300 dark:text-gray-700',
  disabled: 'text-gray-300 line-through dark:text-gray-700',
  range_start: '[&>button]:bg-indigo-600 [&>button]:text-white [&>button]:hover:bg-indigo-600',
  range_end: '[&>button]:bg-indigo-600 [&>button]:text-white [&>button]:hover:bg-indigo-600',
  range_middle: '[&>button]:bg-indigo-50 [&>button]:text-indigo-950 dark:[&>button]:bg-indigo-950 dark:[&>button]:text-indigo-100',
};

function priceOf(range: DateRange | undefined, breakfast: boolean) {
  if (!range?.from || !range.to) return { nights: 0, total: 0 };
  const nights = differenceInCalendarDays(range.to, range.from);
  let total = 0;
  for (let night = 0; night < nights; night++) {
    total += isWeekend(addDays(range.from, night)) ? WEEKEND_PRICE : NIGHT_PRICE;
  }
  return { nights, total: total + (breakfast ? nights * 18 : 0) };
}

export default function App() {
  const [range, setRange] = useState<DateRange | undefined>({ from: START, to: addDays(START, 4) });
  const [breakfast, setBreakfast] = useState(true);
  const [held, setHeld] = useState(false);
  const { nights, total } = priceOf(range, breakfast);

  return (
    <div className="flex min-h-screen items-center justify-center bg-gradient-to-br from-indigo-50 via-white to-rose-50 p-4 text-gray-950 dark:from-gray-950 dark:via-gray-900 dark:to-indigo-950 dark:text-gray-50">
      <Card className="w-full max-w-2xl overflow-hidden rounded-2xl shadow-xl">
        <CardContent className="grid gap-0 p-0 sm:grid-cols-[auto,1fr]">
          <div className="p-4">
            <Calendar
              mode="range"
              defaultMonth={START}
              weekStartsOn={1}
              selected={range}
              onSelect={(next: DateRange | undefined) => {
                setRange(next);
                setHeld(false);
              }}
              disabled={booked}
              classNames={calendarClassNames}
            />
          </div>
          <div className="flex flex-col justify-between gap-6 border-t border-gray-100 bg-gray-50/70 p-6 sm:border-l sm:border-t-0 dark:border-gray-800 dark:bg-gray-900/60">
            <div>
              <div className="flex items-center gap-2 text-sm text-gray-500">
                <BedDouble className="h-4 w-4" /> Attic room, sea view
              </div>
              <div className="mt-3 text-3xl font-semibold tracking-tight">€{total}</div>
              <p className="mt-1 flex items-center gap-1.5 text-sm text-gray-500">
                <Moon className="h-3.5 w-3.5" />
                {nights === 0 ? 'Choose your nights' : `${nights} ${nights === 1 ? 'night' : 'nights'}`}
              </p>
              {range?.from && range.to && (
                <p className="mt-4 text-sm">
                  {format(range.from, 'EEE d MMM')} → {format(range.to, 'EEE d MMM yyyy')}
                </p>
              )}
            </div>
            <div className="space-y-4">
              <div className="flex items-center justify-between">
                <Label htmlFor="breakfast">Breakfast, €18 a day</Label>
                <Switch id="breakfast" checked={breakfast} onCheckedChange={setBreakfast} />
              </div>
              <Button data-testid="action" className="w-full" disabled={nights === 0} onClick={() => setHeld(!held)}>
                <Sparkles className="mr-2 h-4 w-4" />
                {held ? 'Held for 24 hours' : 'Hold these dates'}
              </Button>
            </div>
          </div>
        </CardContent>
      </Card>
    </div>
  );
}
