import { useMemo, useState } from 'react';
import { format, subDays } from 'date-fns';
import {
  Area,
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  ComposedChart,
  ResponsiveContainer,
  Tooltip as ChartTooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ArrowDownRight, ArrowUpRight, CalendarDays, Download, Package, Repeat, Users, Wallet } from 'lucide-react';
import { Badge } from '/components/ui/badge';
import { Button } from '/components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '/components/ui/card';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from '/components/ui/dialog';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '/components/ui/select';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '/components/ui/tabs';
import { Toaster } from '/components/ui/toaster';
import { Tooltip, TooltipContent, TooltipProvider, TooltipTrigger } from '/components/ui/tooltip';
import { useToast } from '/components/ui/use-toast';

const TODAY = new Date(2026, 4, 29);

const channels = [
  { name: 'Search', orders: 486 },
  { name: 'Newsletter', orders: 391 },
  { name: 'Direct', orders: 334 },
  { name: 'Partners', orders: 212 },
  { name: 'Social', orders: 158 },
];

const recentOrders = [
  { id: 'A-2041', customer: 'Mira Okafor', item: 'Walnut desk lamp', total: 148, state: 'Shipped' },
  { id: 'A-2040', customer: 'Jonas Weber', item: 'Linen throw, 2 pcs', total: 96, state: 'Packing' },
  { id: 'A-2039', customer: 'Aiko Tanaka', item: 'Stoneware set', total: 212, state: 'Shipped' },
  { id: 'A-2038', customer: 'Lucía Prado', item: 'Oak wall shelf', total: 74, state: 'Returned' },
];

function buildRevenue(days: number) {
  return Array.from({ length: days }, (_, index) => {
    const day = subDays(TODAY, days - 1 - index);
    const wave = Math.sin(index * 0.9) * 420 + Math.cos(index * 2.3) * 310;
    return {
      day: format(day, 'd MMM'),
      revenue: Math.round(4200 + index * (1400 / days) + wave),
      target: Math.round(4100 + index * (1500 / days)),
    };
  });
}

type StatProps = { icon: typeof Wallet; label: string; value: string; change: number; lessIsBetter?: boolean };

function Stat({ icon: Icon, label, value, change, lessIsBetter = false }: StatProps) {
  const isGood = lessIsBetter ? change <= 0 : change >= 0;
  const Arrow = change >= 0 ? ArrowUpRight : ArrowDownRight;
  return (
    <Card className="rounded-xl">
      <CardContent className="p-4">
        <div className="flex items-center justify-between text-gray-500 dark:text-gray-400">
          <span className="text-sm">{label}</span>
          <Icon className="h-4 w-4" />
        </div>
        <div className="mt-2 text-2xl font-semibold tracking-tight tabular-nums">{value}</div>
        <div className={`mt-1 flex items-center gap-1 text-xs font-medium ${isGood ? 'text-emerald-600 dark:text-emerald-400' : 'text-rose-600 dark:text-rose-400'}`}>
          <Arrow className="h-3.5 w-3.5" />
          {Math.abs(change)}% on last month
        </div>
      </CardContent>
    </Card>
  );
}

export default function App() {
  const [range, setRange] = useState('14');
  const [exports, setExports] = useState(0);
  const { toast } = useToast();
  const revenue = useMemo(() => buildRevenue(Number(range)), [range]);
  const total = revenue.reduce((sum, point) => sum + point.revenue, 0);

  const exportReport = () => {
    setExports(exports + 1);
    toast({ title: 'Report exported', description: `${revenue.length} days of figures are on their way to your inbox.` });
  };

  return (
    <TooltipProvider delayDuration={100}>
      <div className="min-h-screen bg-gray-50 p-4 text-gray-950 sm:p-6 dark:bg-gray-900 dark:text-gray-50">
        <div className="mx-auto max-w-5xl space-y-4">
          <header className="flex flex-wrap items-center justify-between gap-3">
            <div>
              <h1 className="text-2xl font-semibold tracking-tight">Hearth &amp; Oak</h1>
              <p className="text-sm text-gray-500 dark:text-gray-400">Shop overview, {format(TODAY, 'EEEE d MMMM yyyy')}</p>
            </div>
            <div className="flex items-center gap-2">
              <Select value={range} onValueChange={setRange}>
                <SelectTrigger className="w-44" aria-label="Period">
                  <CalendarDays className="h-4 w-4 text-gray-500" />
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  <SelectItem value="7">Last 7 days</SelectItem>
                  <SelectItem value="14">Last 14 days</SelectItem>
                  <SelectItem value="30">Last 30 days</SelectItem>
                </SelectContent>
              </Select>
              <Tooltip>
                <TooltipTrigger asChild>
                  <Button data-testid="action" onClick={exportReport}>
                    <Download className="mr-2 h-4 w-4" />
                    {exports === 0 ? 'Export' : `Exported ${exports}×`}
                  </Button>
                </TooltipTrigger>
                <TooltipContent>Send this period as a spreadsheet</TooltipContent>
              </Tooltip>
            </div>
          </header>

          <section className="grid grid-cols-2 gap-3 md:grid-cols-4">
            <Stat icon={Wallet} label="Revenue" value={`€${total.toLocaleString('en-GB')}`} change={12.4} />
            <Stat icon={Package} label="Orders" value="1,581" change={8.1} />
            <Stat icon={Users} label="New customers" value="264" change={5.6} />
            <Stat icon={Repeat} label="Returns" value="2.3%" change={-0.4} lessIsBetter />
          </section>

          <section className="grid gap-4 md:grid-cols-5">
            <Card className="rounded-xl md:col-span-3">
              <CardHeader className="p-4 pb-2">
                <CardTitle className="text-base">Revenue</CardTitle>
                <CardDescription>Daily takings against the plan</CardDescription>
              </CardHeader>
              <CardContent className="p-2 pr-4" data-testid="line-chart">
                <ResponsiveContainer width="100%" height={230}>
                  <ComposedChart data={revenue} margin={{ top: 8, right: 4, left: 4, bottom: 0 }}>
                    <defs>
                      <linearGradient id="revenue-fill" x1="0" y1="0" x2="0" y2="1">
                        <stop offset="0%" stopColor="#6366f1" stopOpacity={0.28} />
                        <stop offset="100%" stopColor="#6366f1" stopOpacity={0} />
                      </linearGradient>
                    </defs>
                    <CartesianGrid strokeDasharray="3 3" stroke="#9ca3af" strokeOpacity={0.25} vertical={false} />
                    <XAxis dataKey="day" tickLine={false} axisLine={false} fontSize={11} stroke="#9ca3af" minTickGap={24} />
                    <YAxis tickLine={false} axisLine={false} fontSize={11} stroke="#9ca3af" width={40} tickFormatter={(value) => `${value / 1000}k`} />
                    <ChartTooltip contentStyle={{ borderRadius: 10, fontSize: 12, color: '#111827' }} />
                    <Area type="monotone" dataKey="revenue" stroke="none" fill="url(#revenue-fill)" tooltipType="none" />
                    <Line type="monotone" dataKey="target" name="Plan" stroke="#9ca3af" strokeDasharray="4 4" dot={false} />
                    <Line type="monotone" dataKey="revenue" name="Revenue" stroke="#6366f1" strokeWidth={2.5} dot={false} />
                  </ComposedChart>
                </ResponsiveContainer>
              </CardContent>
            </Card>

            <Card className="rounded-xl md:col-span-2">
              <CardHeader className="p-4 pb-2">
                <CardTitle className="text-base">Orders by channel</CardTitle>
                <CardDescription>Where customers came from</CardDescription>
              </CardHeader>
              <CardContent className="p-2 pr-4" data-testid="bar-chart">
                <ResponsiveContainer width="100%" height={230}>
                  <BarChart data={channels} layout="vertical" margin={{ top: 4, right: 8, left: 12, bottom: 0 }}>
                    <XAxis type="number" hide />
                    <YAxis type="category" dataKey="name" tickLine={false} axisLine={false} fontSize={12} stroke="#9ca3af" width={72} />
                    <ChartTooltip cursor={{ fill: '#9ca3af', fillOpacity: 0.12 }} contentStyle={{ borderRadius: 10, fontSize: 12, color: '#111827' }} />
                    <Bar dataKey="orders" name="Orders" fill="#10b981" radius={[4, 8, 8, 4]} barSize={20} />
                  </BarChart>
                </ResponsiveContainer>
              </CardContent>
            </Card>
          </section>

          <Tabs defaultValue="orders">
            <TabsList>
              <TabsTrigger value="orders">Recent orders</TabsTrigger>
              <TabsTrigger value="stock">Stock notes</TabsTrigger>
            </TabsList>
            <TabsContent value="orders">
              <Card className="divide-y divide-gray-100 rounded-xl dark:divide-gray-800">
                {recentOrders.map((order) => (
                  <Dialog key={order.id}>
                    <DialogTrigger asChild>
                      <button type="button" className="flex w-full items-center gap-3 px-4 py-3 text-left text-sm first:rounded-t-xl last:rounded-b-xl hover:bg-gray-50 dark:hover:bg-gray-900">
                        <span className="w-16 font-mono text-xs text-gray-500">{order.id}</span>
                        <span className="flex-1 truncate font-medium">{order.customer}</span>
                        <span className="hidden flex-1 truncate text-gray-500 sm:block">{order.item}</span>
                        <Badge variant={order.state === 'Returned' ? 'destructive' : 'secondary'}>{order.state}</Badge>
                        <span className="w-14 text-right tabular-nums">€{order.total}</span>
                      </button>
                    </DialogTrigger>
                    <DialogContent>
                      <DialogHeader>
                        <DialogTitle>Order {order.id}</DialogTitle>
                        <DialogDescription>
                          {order.customer} ordered “{order.item}” for €{order.total}. It is currently: {order.state.toLowerCase()}.
                        </DialogDescription>
                      </DialogHeader>
                      <DialogFooter>
                        <Button variant="outline" onClick={() => toast({ title: 'Receipt sent', description: `${order.customer} will have it in a minute.` })}>
                          Send receipt
                        </Button>
                      </DialogFooter>
                    </DialogContent>
                  </Dialog>
                ))}
              </Card>
            </TabsContent>
            <TabsContent value="stock">
              <Card className="rounded-xl p-4 text-sm text-gray-600 dark:text-gray-300">
                Walnut lamps are down to 14 pieces; the next delivery arrives on {format(subDays(TODAY, -6), 'd MMMM')}.
              </Card>
            </TabsContent>
          </Tabs>
        </div>
        <Toaster />
      </div>
    </TooltipProvider>
  );
}
