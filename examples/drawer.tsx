import { useState } from 'react';
import { Minus, Plus, ShoppingBag } from 'lucide-react';
import { Button } from '/components/ui/button';
import { Drawer, DrawerClose, DrawerContent, DrawerDescription, DrawerFooter, DrawerHeader, DrawerTitle, DrawerTrigger } from '/components/ui/drawer';
import { Separator } from '/components/ui/separator';

const breads = [
  { name: 'Country sourdough', note: 'Wheat and rye, baked at 5 am', price: 5.4, tone: 'from-amber-200 to-amber-500' },
  { name: 'Seeded rye', note: 'Pumpkin, sunflower and linseed', price: 4.9, tone: 'from-orange-300 to-amber-800' },
  { name: 'Olive fougasse', note: 'With rosemary from the yard', price: 3.8, tone: 'from-lime-200 to-yellow-600' },
  { name: 'Cardamom buns', note: 'Box of four', price: 9.2, tone: 'from-yellow-100 to-orange-300' },
];

export default function App() {
  const [basket, setBasket] = useState<Record<string, number>>({ 'Country sourdough': 1 });
  const add = (name: string, amount: number) => setBasket({ ...basket, [name]: Math.max(0, (basket[name] ?? 0) + amount) });
  const count = Object.values(basket).reduce((sum, amount) => sum + amount, 0);
  const total = breads.reduce((sum, bread) => sum + bread.price * (basket[bread.name] ?? 0), 0);

  return (
    <div data-vaul-drawer-wrapper="" className="min-h-screen bg-orange-50 p-6 text-stone-900 dark:bg-stone-950 dark:text-stone-100">
      <div className="mx-auto max-w-xl">
        <header className="flex items-center justify-between">
          <div>
            <h1 className="text-2xl font-semibold tracking-tight">Corner Bakery</h1>
            <p className="text-sm text-stone-500">Order before 18:00, collect from 7:00</p>
          </div>
          <Drawer>
            <DrawerTrigger asChild>
              <Button data-testid="open-basket" variant="outline" className="rounded-full">
                <ShoppingBag className="mr-2 h-4 w-4" />
                {count}
                <span className="sr-only"> items, open basket</span>
              </Button>
            </DrawerTrigger>
            <DrawerContent>
              <div className="mx-auto w-full max-w-md">
                <DrawerHeader>
                  <DrawerTitle>Your basket</DrawerTitle>
                  <DrawerDescription>{count === 0 ? 'Nothing here yet.' : `${count} ${count === 1 ? 'piece' : 'pieces'}, ready tomorrow morning`}</DrawerDescription>
                </DrawerHeader>
                <div className="space-y-3 px-4">
                  {breads
                    .filter((bread) => basket[bread.name])
                    .map((bread) => (
                      <div key={bread.name} className="flex items-center gap-3">
                        <span className="flex-1">{bread.name}</span>
                        <Button variant="outline" size="icon" className="h-8 w-8 rounded-full" aria-label={`One ${bread.name} less`} onClick={() => add(bread.name, -1)}>
                          <Minus className="h-4 w-4" />
                        </Button>
                        <span className="w-6 text-center tabular-nums">{basket[bread.name]}</span>
                        <Button variant="outline" size="icon" className="h-8 w-8 rounded-full" aria-label={`One ${bread.name} more`} onClick={() => add(bread.name, 1)}>
                          <Plus className="h-4 w-4" />
                        </Button>
                      </div>
                    ))}
                  <Separator />
                  <div className="flex justify-between font-semibold">
                    <span>Total</span>
                    <span className="tabular-nums">€{total.toFixed(2)}</span>
                  </div>
                </div>
                <DrawerFooter>
                  <DrawerClose asChild>
                    <Button disabled={count === 0}>Reserve for tomorrow</Button>
                  </DrawerClose>
                </DrawerFooter>
              </div>
            </DrawerContent>
          </Drawer>
        </header>

        <ul className="mt-8 grid gap-4 sm:grid-cols-2">
          {breads.map((bread, index) => (
            <li key={bread.name} className="overflow-hidden rounded-2xl bg-white shadow-sm dark:bg-stone-900">
              <div className={`h-24 bg-gradient-to-br ${bread.tone}`} />
              <div className="p-4">
                <div className="flex items-baseline justify-between">
                  <span className="font-medium">{bread.name}</span>
                  <span className="text-sm tabular-nums text-stone-500">€{bread.price.toFixed(2)}</span>
                </div>
                <p className="text-sm text-stone-500">{bread.note}</p>
                <Button
                  data-testid={index === 0 ? 'action' : undefined}
                  variant="secondary"
                  className="mt-3 w-full"
                  onClick={() => add(bread.name, 1)}
                >
                  {basket[bread.name] ? `${basket[bread.name]} in basket` : 'Add to basket'}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
